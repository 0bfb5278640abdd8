import { demandBefore, knownOf, openOnly } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';

/** Smoothing of the size and of the probability of a demand; small, as for slow movers in Teunter et al. */
const ALPHA = 0.1;
const BETA = 0.05;

/**
 * The method of Teunter, Syntetos and Babai (2011): the probability of a demand is updated in every period, so the forecast
 * of an item that stops selling fades out.
 *
 * @param demand units per period, all known
 * @returns expected units per period. O(n)
 */
export function tsbRate(demand: Float64Array, alpha = ALPHA, beta = BETA): number {
  let probability = -1;
  let size = 0;
  let first = 0;
  for (let t = 0; t < demand.length; t++) {
    const value = demand[t]!;
    if (probability < 0) {
      if (!(value > 0)) continue;
      first = t;
      size = value;
      probability = 1 / (first + 1);
    } else if (value > 0) {
      size += alpha * (value - size);
      probability += beta * (1 - probability);
    } else probability -= beta * probability;
  }
  return probability > 0 ? probability * size : 0;
}

/** TSB on the open, in-stock periods. */
export const tsb: LocalForecaster = {
  name: 'tsb',
  forecast(panel, origin, horizon, series, out) {
    out.fill(tsbRate(knownOf(demandBefore(panel, origin, series))), 0, horizon);
    openOnly(panel, origin, series, out);
  },
};
