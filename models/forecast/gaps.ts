import { meanKnown } from './demand.ts';

/**
 * Unknown periods filled so that seasons stay in place: the mean of the nearest known values of the same phase before and
 * after, one of them where the other is missing, else the mean of all. Reads nothing beyond the values given.
 *
 * @param y NaN where unknown
 * @example fillGaps(Float64Array.of(1, 5, NaN, 7, 3, 9), 2) // [1, 5, 2, 7, 3, 9]
 */
export function fillGaps(y: Float64Array, m: number): Float64Array {
  const n = y.length;
  const out = Float64Array.from(y);
  const before = new Float64Array(m).fill(Number.NaN);
  for (let t = 0; t < n; t++) {
    if (Number.isNaN(y[t]!)) out[t] = before[t % m]!;
    else before[t % m] = y[t]!;
  }
  const after = new Float64Array(m).fill(Number.NaN);
  const mean = meanKnown(y);
  for (let t = n - 1; t >= 0; t--) {
    if (!Number.isNaN(y[t]!)) {
      after[t % m] = y[t]!;
      continue;
    }
    const following = after[t % m]!;
    if (Number.isNaN(out[t]!)) out[t] = Number.isNaN(following) ? mean : following;
    else if (!Number.isNaN(following)) out[t] = (out[t]! + following) / 2;
  }
  return out;
}
