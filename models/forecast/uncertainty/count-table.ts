/** Probability left over at which a table ends, and its longest length. */
const REST = 1e-7;
const LONGEST = 4000;
const scratch = new Float64Array(LONGEST + 1);

/**
 * Cumulative probabilities of 0, 1, 2, ... of a count with the given mean and variance `dispersion * mean`: negative
 * binomial, Poisson at a dispersion of 1 (or below, which is taken as 1).
 *
 * @example countTable(2, 1).slice(0, 3) // [0.1353, 0.4060, 0.6767], R: ppois(0:2, 2)
 * O(mean + dispersion).
 */
export function countTable(mean: number, dispersion: number): Float64Array {
  const isPoisson = dispersion < 1 + 1e-6;
  const share = isPoisson ? 0 : 1 - 1 / dispersion;
  const size = isPoisson ? 0 : mean / (dispersion - 1);
  let probability = isPoisson ? Math.exp(-mean) : Math.exp(-size * Math.log(dispersion));
  let total = probability;
  scratch[0] = total;
  let length = 1;
  for (let k = 0; 1 - total > REST && k < LONGEST; k++) {
    probability *= isPoisson ? mean / (k + 1) : ((k + size) / (k + 1)) * share;
    total += probability;
    scratch[length++] = total;
  }
  return scratch.slice(0, length);
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
