import type { Panel } from '../../panel.ts';
import { demandBefore, meanKnown, shortSeason } from '../demand.ts';

/** Days before the origin whose mean is called the level. */
const LEVEL_DAYS = 28;

/** Parts of one series' forecast without drivers, each [horizon]. What they leave is the rest. */
export interface BaseParts {
  level: Float64Array;
  trend: Float64Array;
  week: Float64Array;
  year: Float64Array;
}

/**
 * Splits a forecast without drivers into level (mean of the last four weeks that were known), season of the year (the level times
 * what the season of each period is above that of these weeks), season of the week (means by weekday about the mean) and a trend
 * (the straight line through what is then left: how the forecast departs from the recent level).
 *
 * @param base means [horizon] of the series from `origin` on
 * @param season factor of each period against the last four weeks, [horizon]
 * O(horizon).
 */
export function splitBase(
  panel: Panel,
  origin: number,
  series: number,
  base: Float64Array,
  season: Float64Array,
): BaseParts {
  const span = Math.max(1, Math.round(LEVEL_DAYS / panel.periodDays));
  const recent = meanKnown(demandBefore(panel, origin, series, Math.max(panel.firstPeriod[series]!, origin - span)));
  const level = new Float64Array(base.length).fill(recent);
  const week = weekPart(base, shortSeason(panel));
  const year = season.map((factor) => recent * (factor - 1));
  const left = base.map((value, h) => value - level[h]! - week[h]! - year[h]!);
  return { level, trend: straightLine(left), week, year };
}

/** Means by place in the week less the overall mean, over whole weeks. */
function weekPart(base: Float64Array, season: number): Float64Array {
  const out = new Float64Array(base.length);
  const whole = base.length - (base.length % season);
  if (season < 2 || whole === 0) return out;
  const weeks = whole / season;
  const means = new Float64Array(season);
  for (let h = 0; h < whole; h++) means[h % season]! += base[h]! / weeks;
  const mean = means.reduce((sum, value) => sum + value, 0) / season;
  return out.map((_, h) => means[h % season]! - mean);
}

function straightLine(values: Float64Array): Float64Array {
  const n = values.length;
  const middle = (n - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, n);
  let slope = 0;
  let squares = 0;
  for (let h = 0; h < n; h++) {
    slope += (h - middle) * values[h]!;
    squares += (h - middle) ** 2;
  }
  return values.map((_, h) => mean + (squares > 0 ? (slope / squares) * (h - middle) : 0));
}
