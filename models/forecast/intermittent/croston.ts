import { demandBefore, knownOf, openOnly } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';

/** Smoothing constant usual for intermittent demand (Syntetos and Boylan 2005 use 0.05 to 0.2). */
const ALPHA = 0.1;

/**
 * Croston's method: demand size over interval between demands, both smoothed. Its mean is too high by about alpha / 2.
 * Croston 1972.
 *
 * @param demand units per period, all known
 * @returns expected units per period; 0 where nothing was ever sold. `crostonRate([0, 4, 0, 4])` is 2. O(n)
 */
export function crostonRate(demand: Float64Array, alpha = ALPHA): number {
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
  return interval > 0 ? size / interval : 0;
}

/** Croston's rate with the correction of Syntetos and Boylan (2005), times 1 - alpha / 2. `crostonSba([0, 4, 0, 4])` is 1.9. */
export function crostonSba(demand: Float64Array, alpha = ALPHA): number {
  return (1 - alpha / 2) * crostonRate(demand, alpha);
}

/** Croston/SBA on the open, in-stock periods. */
export const croston: LocalForecaster = {
  name: 'croston_sba',
  forecast(panel, origin, horizon, series, out) {
    out.fill(crostonSba(knownOf(demandBefore(panel, origin, series))), 0, horizon);
    openOnly(panel, origin, series, out);
  },
};
