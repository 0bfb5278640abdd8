import { demandBefore, knownOf, openOnly } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';

/** Range of the smoothing constant, as usual for intermittent demand and as statsforecast has it. */
const LOWEST = 0.1;
const HIGHEST = 0.3;
const SECTIONS = 24;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Simple exponential smoothing from the first value; the last level and the squared one-step errors. */
function smoothed(x: Float64Array, alpha: number): { level: number; squares: number } {
  let level = x[0]!;
  let squares = 0;
  for (let t = 1; t < x.length; t++) {
    squares += (x[t]! - level) ** 2;
    level += alpha * (x[t]! - level);
  }
  return { level, squares };
}

/** Level with the smoothing constant of least squares within its range, by golden section. */
function bestLevel(x: Float64Array): number {
  let [low, high] = [LOWEST, HIGHEST];
  for (let i = 0; i < SECTIONS; i++) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    if (smoothed(x, left).squares <= smoothed(x, right).squares) high = right;
    else low = left;
  }
  return smoothed(x, (low + high) / 2).level;
}

/** Mean periods between demands, rounded, the first counted from the start; 0 where nothing was sold. */
export function meanInterval(demand: Float64Array): number {
  let count = 0;
  let last = 0;
  for (let t = 0; t < demand.length; t++) {
    if (!(demand[t]! > 0)) continue;
    count++;
    last = t + 1;
  }
  return count > 0 ? Math.max(1, Math.round(last / count)) : 0;
}

/** Rate per period from buckets of `size` periods, counted back from the last; the rest at the start is left out. O(24 n). */
export function bucketRate(demand: Float64Array, size: number): number {
  const buckets = Math.floor(demand.length / size);
  if (buckets === 0) return 0;
  const sums = new Float64Array(buckets);
  const skipped = demand.length - buckets * size;
  for (let t = skipped; t < demand.length; t++) sums[Math.floor((t - skipped) / size)]! += demand[t]!;
  return bestLevel(sums) / size;
}

/**
 * Aggregate-disaggregate approach to intermittent demand (Nikolopoulos et al. 2011): demand summed over buckets of the mean
 * interval, smoothed, spread evenly again.
 *
 * @param demand units per period, all known
 * @returns expected units per period, 0 where nothing was sold. O(24 n)
 */
export function adidaRate(demand: Float64Array): number {
  const size = meanInterval(demand);
  return size > 0 ? bucketRate(demand, size) : 0;
}

/** ADIDA on the open, in-stock periods. */
export const adida: LocalForecaster = {
  name: 'adida',
  forecast(panel, origin, horizon, series, out) {
    out.fill(adidaRate(knownOf(demandBefore(panel, origin, series))), 0, horizon);
    openOnly(panel, origin, series, out);
  },
};
