import { demandBefore, knownOf, openOnly } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';
import { bucketRate, meanInterval } from './adida.ts';

/** Larger buckets than a quarter of days tell nothing that smaller ones do not. */
const LARGEST_BUCKET = 91;

/**
 * Intermittent multiple aggregation prediction algorithm (Petropoulos and Kourentzes 2015): the mean of the smoothed rates over
 * buckets of one period to the mean interval between demands.
 *
 * @param demand units per period, all known
 * @returns expected units per period, 0 where nothing was sold. O(24 n log interval)
 */
export function imapaRate(demand: Float64Array): number {
  const largest = Math.min(LARGEST_BUCKET, demand.length, meanInterval(demand));
  let sum = 0;
  for (let size = 1; size <= largest; size++) sum += bucketRate(demand, size);
  return largest > 0 ? sum / largest : 0;
}

/** iMAPA on the open, in-stock periods. */
export const imapa: LocalForecaster = {
  name: 'imapa',
  forecast(panel, origin, horizon, series, out) {
    out.fill(imapaRate(knownOf(demandBefore(panel, origin, series))), 0, horizon);
    openOnly(panel, origin, series, out);
  },
};
