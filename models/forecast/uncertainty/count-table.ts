/** Probability left over at which a table ends, and its longest length. */
const REST = 1e-7;
const LONGEST = 4000;
const scratch = new Float64Array(LONGEST + 1);

/**
 * Fills `scratch` with the cumulative probabilities of 0, 1, 2, ... until one reaches `until`, the table ends, or `most` of them
 * are there.
 *
 * @returns how many
 */
function fill(mean: number, dispersion: number, until: number, most: number): number {
  const isPoisson = dispersion < 1 + 1e-6;
  const share = isPoisson ? 0 : 1 - 1 / dispersion;
  const size = isPoisson ? 0 : mean / (dispersion - 1);
  let probability = isPoisson ? Math.exp(-mean) : Math.exp(-size * Math.log(dispersion));
  let total = probability;
  scratch[0] = total;
  let length = 1;
  for (let k = 0; length < most && total < until && 1 - total > REST && k < LONGEST; k++) {
    probability *= isPoisson ? mean / (k + 1) : ((k + size) / (k + 1)) * share;
    total += probability;
    scratch[length++] = total;
  }
  return length;
}

/**
 * Cumulative probabilities of 0, 1, 2, ... of a count with the given mean and variance `dispersion * mean`: negative
 * binomial, Poisson at a dispersion of 1 (or below, which is taken as 1).
 *
 * @param until probability at which the table may end
 * @example countTable(2, 1).slice(0, 3) // [0.1353, 0.4060, 0.6767], R: ppois(0:2, 2)
 * O(mean + dispersion).
 */
export function countTable(mean: number, dispersion: number, until = 1): Float64Array {
  return scratch.slice(0, fill(mean, dispersion, until, LONGEST + 1));
}

/**
 * Where a value falls among the probabilities of a count: evenly over its own probability.
 *
 * @param within where among the same values, 0 to 1
 * O(value).
 */
export function placeOfCount(mean: number, dispersion: number, value: number, within: number): number {
  const k = Math.max(0, Math.round(value));
  const last = fill(mean, dispersion, 1, k + 1) - 1;
  const above = scratch[Math.min(k, last)]!;
  const below = k === 0 ? 0 : scratch[Math.min(k - 1, last)]!;
  return below + within * (above - below);
}

/** First count whose cumulative probability reaches `p`; the last of the table beyond it. O(log length). */
export function countAt(table: Float64Array, p: number): number {
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table[middle]! < p) low = middle + 1;
    else high = middle;
  }
  return low;
}
