import { demandBefore, meanKnown, openOnly, shortSeason } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';
import { fillGaps } from '../gaps.ts';
import { etsMeans, fitEts } from './ets-fit.ts';

/** Periods used: two years of days or of weeks, so that the drift is that of today. */
const PERIODS = 728;
const ITERATIONS = 15;
const MIN_SEASONS = 3;
const LEVEL = { errors: 'additive', trend: 'none', season: 'none' } as const;

/**
 * Multiplicative seasonal indices by classical decomposition: the mean ratio to the centred moving average of one season,
 * scaled to mean 1. All ones where the season is not significant (90 % test on the autocorrelation at lag m) or a value is
 * not positive enough to divide by.
 */
export function seasonalIndices(y: Float64Array, m: number): Float64Array {
  const flat = new Float64Array(m).fill(1);
  if (m === 1 || y.length < MIN_SEASONS * m || !isSeasonal(y, m)) return flat;
  const sums = new Float64Array(m);
  const counts = new Float64Array(m);
  const half = m >> 1;
  for (let t = half; t + half < y.length; t++) {
    let trend = 0;
    for (let k = -half; k <= half; k++) trend += m % 2 === 0 && Math.abs(k) === half ? y[t + k]! / 2 : y[t + k]!;
    if (!(trend > 0)) continue;
    sums[t % m]! += (y[t]! * m) / trend;
    counts[t % m]!++;
  }
  const indices = sums.map((sum, k) => (counts[k]! > 0 ? sum / counts[k]! : 1));
  const mean = indices.reduce((sum, v) => sum + v, 0) / m;
  return indices.every((v) => v / mean > 1e-6) ? indices.map((v) => v / mean) : flat;
}

/** Bartlett's 90 % test of the autocorrelation at lag m, as in R's `thetaf`. */
function isSeasonal(y: Float64Array, m: number): boolean {
  const n = y.length;
  const mean = meanKnown(y);
  let variance = 0;
  for (const v of y) variance += (v - mean) ** 2;
  if (variance === 0) return false;
  const acf = (lag: number): number => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += (y[t]! - mean) * (y[t - lag]! - mean);
    return sum / variance;
  };
  let squares = 0;
  for (let lag = 1; lag < m; lag++) squares += acf(lag) ** 2;
  return Math.abs(acf(m)) / Math.sqrt((1 + 2 * squares) / n) > 1.6448536269514722;
}

/**
 * The theta method (Assimakopoulos and Nikolopoulos 2000) in the form of Hyndman and Billah (2003): simple exponential
 * smoothing of the deseasonalised series with half of its linear drift.
 *
 * @param y values, all known
 * @param out receives the means of the next `out.length` periods. O(n x 15)
 */
export function thetaMeans(y: Float64Array, m: number, out: Float64Array): void {
  const n = y.length;
  const indices = seasonalIndices(y, m);
  const flat = y.map((value, t) => value / indices[t % m]!);
  const fit = fitEts(flat, 1, LEVEL, ITERATIONS);
  etsMeans(fit, n, 1, out.length, out);
  const centre = (n - 1) / 2;
  let above = 0;
  let below = 0;
  for (let t = 0; t < n; t++) {
    above += (t - centre) * flat[t]!;
    below += (t - centre) ** 2;
  }
  const drift = below > 0 ? above / below / 2 : 0;
  const { alpha } = fit.parameters;
  const start = (1 - (1 - alpha) ** n) / alpha;
  for (let h = 0; h < out.length; h++) out[h] = (out[h]! + drift * (h + start)) * indices[(n + h) % m]!;
}

/** The theta method with a weekly season, on the last two years. */
export const theta: LocalForecaster = {
  name: 'theta',
  forecast(panel, origin, horizon, series, out) {
    const start = Math.max(panel.firstPeriod[series]!, origin - PERIODS);
    const m = shortSeason(panel);
    const demand = fillGaps(demandBefore(panel, origin, series, start), m);
    if (demand.length < 2 * m + 2) out.fill(meanKnown(demand), 0, horizon);
    else thetaMeans(demand, m, out);
    openOnly(panel, origin, series, out);
  },
};
