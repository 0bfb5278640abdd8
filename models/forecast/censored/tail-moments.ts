import { countTable } from '../uncertainty/count-table.ts';

/** Above this mean a count is as good as a gamma, whose tail is had from steps of a hundredth of the mean. */
const LARGE_MEAN = 200;

/**
 * Mean and mean square of a count given that it is at least `least`: negative binomial with the given mean and variance
 * `dispersion * mean`, Poisson at 1.
 *
 * @example tailMoments(2, 1, 3).mean // 3.6743, R: sum(3:60 * dpois(3:60, 2)) / sum(dpois(3:60, 2))
 * O(mean + dispersion), at most some hundred steps.
 */
export function tailMoments(mean: number, dispersion: number, least: number): { mean: number; square: number } {
  const variance = Math.max(1, dispersion) * mean;
  if (!(least > 0)) return { mean, square: variance + mean * mean };
  if (!(mean > 0)) return { mean: least, square: least * least };
  const step = mean > LARGE_MEAN ? mean / LARGE_MEAN : 1;
  const table = countTable(mean / step, Math.max(1, Math.max(1, dispersion) / step));
  const first = Math.max(1, Math.ceil(least / step));
  let weight = 0;
  let sum = 0;
  let squares = 0;
  for (let k = first; k < table.length; k++) {
    const p = table[k]! - table[k - 1]!;
    const value = Math.max(least, k * step);
    weight += p;
    sum += p * value;
    squares += p * value * value;
  }
  if (!(weight > 1e-9)) return { mean: least, square: least * least };
  return { mean: sum / weight, square: squares / weight };
}
