/** Rounds of the projected gradient, and the largest move of a weight at which it stops. */
const MAX_ROUNDS = 300;
const TOLERANCE = 1e-4;

/**
 * Projects a vector onto the simplex (no part negative, sum 1), in place. Michelot (1986), Journal of Optimization Theory
 * and Applications 50. O(n^2) at worst, O(n) as a rule.
 *
 * @example projectToSimplex(Float64Array.of(1, 0.5, -1)) // [0.75, 0.25, 0]
 */
export function projectToSimplex(x: Float64Array): Float64Array {
  const n = x.length;
  let threshold = Number.NEGATIVE_INFINITY;
  for (let active = -1; ; ) {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < n; i++) {
      if (x[i]! <= threshold) continue;
      sum += x[i]!;
      count++;
    }
    if (count === active || count === 0) break;
    active = count;
    threshold = (sum - 1) / count;
  }
  for (let i = 0; i < n; i++) x[i] = Math.max(0, x[i]! - threshold);
  return x;
}

/**
 * The weights, not negative and of sum 1, that make `w' Q w` smallest, by accelerated projected gradient (Beck and Teboulle
 * 2009, SIAM Journal on Imaging Sciences 2).
 *
 * @param q symmetric, positive semidefinite, row-major n x n
 * @param start where to begin; equal weights if left out
 * @returns n weights. O(rounds n^2)
 * @example simplexMinimum(Float64Array.of(1, 0, 0, 3), 2) // [0.75, 0.25]
 */
export function simplexMinimum(q: Float64Array, n: number, start?: Float64Array): Float64Array {
  let weights = start ? Float64Array.from(start) : new Float64Array(n).fill(1 / n);
  const ahead = Float64Array.from(weights);
  let next = new Float64Array(n);
  let norm = 0;
  for (let a = 0; a < n; a++) {
    let row = 0;
    for (let b = 0; b < n; b++) row += Math.abs(q[a * n + b]!);
    norm = Math.max(norm, row);
  }
  if (!(norm > 0) || !Number.isFinite(norm)) return weights;
  let momentum = 1;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (let a = 0; a < n; a++) {
      let gradient = 0;
      for (let b = 0; b < n; b++) gradient += q[a * n + b]! * ahead[b]!;
      next[a] = ahead[a]! - gradient / norm;
    }
    projectToSimplex(next);
    const faster = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    let moved = 0;
    let uphill = 0;
    for (let a = 0; a < n; a++) {
      const step = next[a]! - weights[a]!;
      moved = Math.max(moved, Math.abs(step));
      uphill += (ahead[a]! - next[a]!) * step;
    }
    const push = uphill > 0 ? 0 : (momentum - 1) / faster;
    for (let a = 0; a < n; a++) ahead[a] = next[a]! + push * (next[a]! - weights[a]!);
    momentum = uphill > 0 ? 1 : faster;
    [weights, next] = [next, weights];
    if (moved < TOLERANCE) break;
  }
  return weights;
}
