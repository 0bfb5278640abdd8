import { demandBefore, knownOf, openOnly } from './demand.ts';
import type { LocalForecaster } from './forecaster.ts';

/** Smoothing constant usual for intermittent demand (Syntetos and Boylan 2005 use 0.05 to 0.2). */
const ALPHA = 0.1;

/**
 * Croston's method with the Syntetos-Boylan correction: demand size over interval between demands, both smoothed, times
 * 1 - alpha / 2. Croston 1972; Syntetos and Boylan 2005.
 *
 * @param demand units per period, all known
 * @returns expected units per period; 0 where nothing was ever sold. `crostonSba([0, 4, 0, 4])` is 1.9. O(n)
 */
export function crostonSba(demand: Float64Array, alpha = ALPHA): number {
  let size = 0;
  let interval = 0;
  let since = 1;
  for (const value of demand) {
    if (value > 0) {
      if (interval === 0) {
        size = value;
        interval = since;
      } else {
        size += alpha * (value - size);
        interval += alpha * (since - interval);
      }
      since = 1;
    } else since++;
  }
  return interval > 0 ? (1 - alpha / 2) * (size / interval) : 0;
}

/** Croston/SBA on the open, in-stock periods. */
export const croston: LocalForecaster = {
  name: 'croston_sba',
  forecast(panel, origin, horizon, series, out) {
    out.fill(crostonSba(knownOf(demandBefore(panel, origin, series))), 0, horizon);
    openOnly(panel, origin, series, out);
  },
};
