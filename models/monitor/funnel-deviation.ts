import { weekdayOf } from '../../data/day.ts';
import { dot, huberRegression, median, robustSpread } from './robust-regression.ts';

export interface FunnelOptions {
  /** Fraction below the expected day from which a drop counts. */
  drop: number;
  /** Latest days that are judged. */
  days: number;
}

/** One judged day of one stage and segment. */
export interface FunnelDeviation {
  /** Index of the day in the series. */
  t: number;
  value: number;
  expected: number;
  /** value / expected - 1 */
  deviation: number;
  /** The deviation in standard deviations of this series' own days; low is bad. */
  score: number;
  alert: boolean;
}

/** Drops this many standard deviations deep are not chance: about 1 in 30,000 days. */
const SIGNIFICANT = -4;
/** The level is the median of residuals of four weeks that ended two weeks ago, so that a fresh drop is not taken in. */
const LEVEL_FROM = 42;
const LEVEL_TO = 14;
const MIN_DAYS = 70;
const WEEK = 7;

/**
 * Days of a stage against what weekday, yearly season, trend, events and its recent level make of them.
 *
 * A day raises an alert where it lies at least `drop` below expectation and more than 4 standard deviations deep, or the week that
 * ends with it does. Days without a count are left out.
 * @param visitors per day from `startDay` on; NaN where not counted
 * @param isEvent 1 on days with an event, like `visitors`
 * @returns the latest `days`; empty with fewer than 70 days before them
 * Cost: O(days) times the 14 columns squared.
 */
export function funnelDeviations(
  visitors: ArrayLike<number>,
  isEvent: ArrayLike<number>,
  startDay: number,
  options: FunnelOptions,
): FunnelDeviation[] {
  const n = visitors.length;
  const judgedFrom = n - options.days;
  if (judgedFrom < MIN_DAYS) return [];
  const rows = Array.from({ length: n }, (_, t) => designRow(startDay + t, t, n, isEvent[t]!, judgedFrom));
  const logs = Float64Array.from({ length: n }, (_, t) => Math.log(visitors[t]! + 0.5));
  const beta = huberRegression(rows.slice(0, judgedFrom), logs.subarray(0, judgedFrom));
  const residual = logs.map((log, t) => log - dot(rows[t]!, beta));
  const level = residual.map((_, t) => {
    const recent = median(residual.subarray(Math.max(0, t - LEVEL_FROM), Math.max(0, t - LEVEL_TO)));
    return Number.isNaN(recent) ? 0 : recent;
  });
  const surprise = residual.map((value, t) => value - level[t]!);
  const week = surprise.map((_, t) => meanOf(surprise, Math.max(0, t - WEEK + 1), t));
  const known = (values: Float64Array): Float64Array => values.subarray(LEVEL_FROM, judgedFrom);
  const spread = Math.max(robustSpread(known(surprise)), 1e-6);
  const weekSpread = Math.max(robustSpread(known(week)), 1e-6);
  const judged: FunnelDeviation[] = [];
  for (let t = judgedFrom; t < n; t++) {
    if (!Number.isFinite(surprise[t]!)) continue;
    const expected = Math.exp(dot(rows[t]!, beta) + level[t]!);
    // chance alone spreads a small count more than its history may show
    const score = surprise[t]! / Math.max(spread, 1 / Math.sqrt(expected));
    const deviation = Math.expm1(surprise[t]!);
    const weekScore = week[t]! / Math.max(weekSpread, 1 / Math.sqrt(WEEK * expected));
    const isDeepDay = deviation <= -options.drop && score <= SIGNIFICANT;
    const isDeepWeek =
      deviation <= -options.drop / 2 && Math.expm1(week[t]!) <= -options.drop && weekScore <= SIGNIFICANT;
    judged.push({ t, value: visitors[t]!, expected, deviation, score, alert: isDeepDay || isDeepWeek });
  }
  return judged;
}

/** Intercept, weekday, trend, event, and the year's first two waves where more than a year is known. */
function designRow(day: number, t: number, n: number, isEvent: number, known: number): Float64Array {
  const row = new Float64Array(13);
  row[0] = 1;
  const weekday = weekdayOf(day);
  if (weekday > 0) row[weekday] = 1;
  row[7] = t / n;
  row[8] = isEvent;
  if (known > 400) {
    const angle = (2 * Math.PI * day) / 365.25;
    row.set([Math.sin(angle), Math.cos(angle), Math.sin(2 * angle), Math.cos(2 * angle)], 9);
  }
  return row;
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let [sum, count] = [0, 0];
  for (let i = from; i <= to; i++) {
    if (!Number.isFinite(values[i]!)) continue;
    sum += values[i]!;
    count++;
  }
  return sum / count;
}
