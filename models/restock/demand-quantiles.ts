import { normalQuantile } from '../numerics/distributions.ts';

/** Larger means are counted in steps of a fiftieth of the mean: finer than any decision needs. */
const LATTICE_MEAN = 50;
const MAX_STEPS = 20_000;

/**
 * Quantiles of a demand with the given mean and variance `dispersion * mean`: negative binomial, Poisson where the
 * dispersion is 1 or less, gamma where the scatter is small against a large mean. Sums of independent demands of one
 * dispersion are again of this family.
 *
 * `demandQuantiles(2, 1, [0.5, 0.95], out)` gives 2 and 5 (R: `qpois(c(.5, .95), 2)`).
 *
 * @param probabilities each in (0, 1)
 * @param isCount whether demand comes in whole units
 * @param out receives one value per probability
 * O(mean + n log mean), with the mean capped at 50 lattice steps.
 */
export function demandQuantiles(
  mean: number,
  dispersion: number,
  probabilities: Float64Array,
  isCount: boolean,
  out: Float64Array,
): void {
  if (!(mean > 1e-9)) {
    out.fill(0);
    return;
  }
  const step = isCount && mean <= LATTICE_MEAN ? 1 : mean / LATTICE_MEAN;
  const scatter = dispersion / step;
  if (step !== 1 && scatter < 1) {
    gammaQuantiles(mean, dispersion, probabilities, out);
    if (isCount) for (let i = 0; i < out.length; i++) out[i] = Math.round(out[i]!);
    return;
  }
  const table = cumulative(mean / step, Math.max(1, scatter));
  for (let i = 0; i < out.length; i++) {
    const value = firstAtLeast(table, probabilities[i]!) * step;
    out[i] = isCount ? Math.round(value) : value;
  }
}

/** One quantile of a demand with a level that is itself uncertain: negative binomial with the whole variance. */
export function demandQuantile(
  mean: number,
  dispersion: number,
  levelVariance: number,
  probability: number,
  isCount: boolean,
): number {
  const out = new Float64Array(1);
  demandQuantiles(mean, dispersion + levelVariance * mean, Float64Array.of(probability), isCount, out);
  return out[0]!;
}

/** Wilson and Hilferty (1931): the cube root of a gamma is nearly normal. Used for shapes above 50 only. */
function gammaQuantiles(mean: number, dispersion: number, probabilities: Float64Array, out: Float64Array): void {
  const ninth = dispersion / (9 * mean);
  for (let i = 0; i < out.length; i++) {
    const root = 1 - ninth + normalQuantile(probabilities[i]!) * Math.sqrt(ninth);
    out[i] = mean * root * root * root;
  }
}

/** Cumulative probabilities of 0, 1, 2, ... by the ratio of neighbours. */
function cumulative(mean: number, dispersion: number): number[] {
  const isPoisson = dispersion < 1 + 1e-6;
  const share = isPoisson ? 0 : 1 - 1 / dispersion;
  const size = isPoisson ? 0 : mean / (dispersion - 1);
  let probability = isPoisson ? Math.exp(-mean) : (1 / dispersion) ** size;
  let total = probability;
  const table = [total];
  for (let k = 0; total < 0.99999 && k < MAX_STEPS; k++) {
    probability *= isPoisson ? mean / (k + 1) : ((k + size) / (k + 1)) * share;
    total += probability;
    table.push(total);
  }
  return table;
}

function firstAtLeast(table: readonly number[], probability: number): number {
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table[middle]! < probability) low = middle + 1;
    else high = middle;
  }
  return low;
}
