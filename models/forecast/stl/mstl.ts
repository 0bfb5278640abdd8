import { demandBefore, meanKnown, openOnly, shortSeason } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';
import { fillGaps } from '../gaps.ts';
import { etsMeans, fitBestEts } from '../smoothing/ets-fit.ts';
import { formsFor } from '../smoothing/ets-form.ts';
import { stl, stlWindows } from './stl.ts';

/** Three years of days or ten of weeks. */
const DAYS = 1095;
const WEEKS = 520;
const YEAR = { daily: 365, weekly: 52 };
const TRENDS = ['none', 'damped'] as const;
const ITERATIONS = 12;
const PASSES = 2;

export interface MstlParts {
  /** One for each period. */
  seasons: Float64Array[];
  trend: Float64Array;
  remainder: Float64Array;
}

/**
 * Decomposition by several seasons: STL for each in turn on the series less the others, twice (Bandara, Hyndman and Bergmeir
 * 2021), with the windows of R's `mstl`: 11 for the shortest season, 4 more for each longer one.
 *
 * @param y all known, at least two of the longest season
 * @param periods of the seasons, ascending
 */
export function mstl(y: Float64Array, periods: readonly number[]): MstlParts {
  const n = y.length;
  const seasons = periods.map(() => new Float64Array(n));
  let rest = Float64Array.from(y);
  let trend = new Float64Array(n);
  for (let pass = 0; pass < (periods.length > 1 ? PASSES : 1); pass++) {
    periods.forEach((m, i) => {
      const plus = rest.map((v, t) => v + seasons[i]![t]!);
      const parts = stl(plus, m, stlWindows(m, 11 + 4 * i));
      seasons[i] = Float64Array.from(parts.season);
      trend = Float64Array.from(parts.trend);
      rest = plus.map((v, t) => v - parts.season[t]!);
    });
  }
  return { seasons, trend, remainder: rest.map((v, t) => v - trend[t]!) };
}

/** Each season repeats its last cycle; what is left is smoothed exponentially without a season (R's `stlf`). */
export function mstlMeans(y: Float64Array, periods: readonly number[], out: Float64Array): void {
  const { seasons } = mstl(y, periods);
  const rest = y.map((v, t) => seasons.reduce((sum, season) => sum - season[t]!, v));
  const fit = fitBestEts(
    rest,
    1,
    formsFor(
      1,
      rest.every((v) => v > 0),
      TRENDS,
    ),
    ITERATIONS,
  );
  if (fit) etsMeans(fit, y.length, 1, out.length, out);
  seasons.forEach((season, i) => {
    const m = periods[i]!;
    for (let h = 0; h < out.length; h++) out[h]! += season[y.length - m + (h % m)]!;
  });
}

/** MSTL with a weekly season and, from two years on, a yearly one. O(300 n) or so per series. */
export const mstlEts: LocalForecaster = {
  name: 'mstl_ets',
  forecast(panel, origin, horizon, series, out) {
    const most = panel.frequency === 'daily' ? DAYS : WEEKS;
    const start = Math.max(panel.firstPeriod[series]!, origin - most);
    const demand = demandBefore(panel, origin, series, start);
    const filled = fillGaps(demand, shortSeason(panel));
    const periods = [shortSeason(panel), YEAR[panel.frequency]].filter((m) => m > 1 && filled.length >= 2 * m + 2);
    if (filled.length < 10) out.fill(meanKnown(demand), 0, horizon);
    else mstlMeans(filled, periods, out.subarray(0, horizon));
    openOnly(panel, origin, series, out);
  },
};
