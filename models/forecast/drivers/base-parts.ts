import type { Panel } from '../../panel.ts';
import { demandBefore, meanKnown, shortSeason } from '../demand.ts';

/** Days before the origin whose mean is called the level, and days smoothed over for the season of the year. */
const LEVEL_DAYS = 28;
const YEAR_DAYS = 364;
/** Units of no yearly season that are mixed into a series' own, so that a few sales make none. */
const YEAR_UNITS = 50;
const LARGEST_YEAR_FACTOR = 3;

/** Parts of one series' forecast without drivers, each [horizon]. What they leave is the rest. */
export interface BaseParts {
  level: Float64Array;
  trend: Float64Array;
  week: Float64Array;
  year: Float64Array;
}

/**
 * Splits a forecast without drivers into level (mean of the last four weeks that were known), season of the year (how last
 * year went on from these weeks, smoothed and drawn to none), season of the week (means by weekday about the mean) and a trend
 * (the straight line through what is then left: how the forecast departs from the recent level).
 *
 * @param base means [horizon] of the series from `origin` on
 * O(history + horizon).
 */
export function splitBase(panel: Panel, origin: number, series: number, base: Float64Array): BaseParts {
  const horizon = base.length;
  const demand = demandBefore(panel, origin, series);
  const span = Math.max(1, Math.round(LEVEL_DAYS / panel.periodDays));
  const recent = meanKnown(demand, demand.length - span);
  const level = new Float64Array(horizon).fill(recent);
  const week = weekPart(base, shortSeason(panel));
  const year = yearPart(demand, recent, horizon, span, Math.round(YEAR_DAYS / panel.periodDays));
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

function yearPart(demand: Float64Array, recent: number, horizon: number, span: number, year: number): Float64Array {
  const out = new Float64Array(horizon);
  const origin = demand.length - year;
  if (origin < span) return out;
  const sumOver = (from: number, to: number): { sum: number; days: number } => {
    let sum = 0;
    let days = 0;
    for (let t = Math.max(0, from); t < Math.min(demand.length, to); t++) {
      if (Number.isNaN(demand[t]!)) continue;
      sum += demand[t]!;
      days++;
    }
    return { sum, days };
  };
  const before = sumOver(origin - span, origin);
  if (before.days === 0) return out;
  const usual = (before.sum + YEAR_UNITS) / before.days;
  const half = Math.floor(span / 4);
  return out.map((_, h) => {
    const around = sumOver(origin + h - half, origin + h + half + 1);
    if (around.days === 0) return 0;
    const prior = (YEAR_UNITS * around.days) / before.days;
    const factor = (around.sum + prior) / around.days / usual;
    return recent * (Math.min(LARGEST_YEAR_FACTOR, factor) - 1);
  });
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
