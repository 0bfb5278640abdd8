import { twoSidedP } from '../../numerics/distributions.ts';

/**
 * Whether two forecasts differ in loss by more than luck: the test of Diebold and Mariano (1995, Journal of Business and Economic
 * Statistics 13) with the correction for few periods of Harvey, Leybourne and Newbold (1997, International Journal of
 * Forecasting 13) and the weights of Bartlett, which keep the variance from being negative.
 *
 * @param differences loss of the one minus loss of the other, period by period
 * @param steps periods ahead that the forecasts reach: differences so far apart are taken to be independent
 * @returns two-sided p-value; 1 where there are too few periods to tell, NaN without any
 * O(periods x steps).
 * @example dieboldMariano(Float64Array.of(1, 2, -1, 3, 2, 0, 1, 2), 2) // 0.0139
 */
export function dieboldMariano(differences: Float64Array, steps: number): number {
  const n = differences.length;
  if (n === 0) return Number.NaN;
  const mean = differences.reduce((sum, d) => sum + d, 0) / n;
  let variance = 0;
  for (let lag = 0; lag < Math.min(steps, n); lag++) {
    let product = 0;
    for (let t = lag; t < n; t++) product += (differences[t]! - mean) * (differences[t - lag]! - mean);
    variance += ((lag === 0 ? 1 : 2) * (1 - lag / steps) * product) / n / n;
  }
  const correction = (n + 1 - 2 * steps + (steps * (steps - 1)) / n) / n;
  if (n < 2 || !(correction > 0)) return 1;
  if (!(variance > 0)) return mean === 0 ? 1 : 0;
  return twoSidedP((mean / Math.sqrt(variance)) * Math.sqrt(correction), n - 1);
}
