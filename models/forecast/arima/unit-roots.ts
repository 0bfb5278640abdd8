import { stl, stlWindows } from '../stl/stl.ts';
import { difference } from './order.ts';

/** Critical value of the KPSS test around a level at 5 % (Kwiatkowski et al. 1992, table 1). */
const KPSS_CRITICAL = 0.463;
/** Strength of season from which R's `nsdiffs` takes a seasonal difference (tuned by its authors on the M3 data). */
const STRONG_SEASON = 0.64;
/** Seasonal window of R's `mstl`. */
const SEASON_WINDOW = 11;

/**
 * KPSS statistic of stationarity around a level with Bartlett weights up to lag 3 sqrt(n) / 13, as R's `ndiffs` takes it.
 *
 * @param y all known
 * @returns the statistic, 0 for a constant. O(n^1.5)
 */
export function kpss(y: Float64Array): number {
  const n = y.length;
  let mean = 0;
  for (const v of y) mean += v / n;
  const rounding = n * (1e-12 * mean) ** 2;
  const e = y.map((v) => v - mean);
  const lags = Math.trunc((3 * Math.sqrt(n)) / 13);
  let variance = 0;
  for (const v of e) variance += v * v;
  for (let lag = 1; lag <= lags; lag++) {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += e[t]! * e[t - lag]!;
    variance += 2 * (1 - lag / (lags + 1)) * sum;
  }
  let running = 0;
  let squares = 0;
  for (const v of e) {
    running += v;
    squares += running * running;
  }
  return variance > rounding ? squares / (n * variance) : 0;
}

/** Strength of season, 1 - var(remainder) / var(season + remainder) of an STL, held within 0 and 1 (Wang et al. 2006). */
export function seasonalStrength(y: Float64Array, m: number): number {
  if (m < 2 || y.length < 2 * m + 1) return 0;
  const { season, remainder } = stl(y, m, stlWindows(m, SEASON_WINDOW));
  const variance = (values: Float64Array): number => {
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    return values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  };
  const both = variance(season.map((v, t) => v + remainder[t]!));
  return both > 0 ? Math.max(0, Math.min(1, 1 - variance(remainder) / both)) : 0;
}

/** Differences that a series needs: one at the season where it is strong, then up to `most` until KPSS finds it level. */
export function differencesOf(y: Float64Array, m: number, most = 2): { d: number; seasonalD: number } {
  const seasonalD = seasonalStrength(y, m) > STRONG_SEASON ? 1 : 0;
  let d = 0;
  let w = difference(y, { d: 0, seasonalD, m });
  while (d < most && w.length > 3 && kpss(w) > KPSS_CRITICAL) {
    d++;
    w = difference(w, { d: 1, seasonalD: 0, m });
  }
  return { d, seasonalD };
}
