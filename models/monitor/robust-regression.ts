import { solvePositiveDefinite } from '../churn/design-matrix.ts';

/** Beyond so many standard deviations a residual counts linearly: 95 % efficient under normal errors. */
const HUBER_LIMIT = 1.345;
/** Median absolute deviation to standard deviation of a normal variable. */
const MAD_TO_SD = 1.4826;

/** Median of the finite values; NaN where there are none. O(n log n). */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Spread around zero by the median of the absolute values, as a standard deviation. */
export function robustSpread(values: ArrayLike<number>): number {
  return MAD_TO_SD * median(Array.from(values, Math.abs));
}

/**
 * Linear regression by Huber's M-estimator, so that single odd days do not bend it.
 *
 * @param rows design, one array per observation, an intercept included
 * @param y observations; those that are not finite are left out
 * @returns coefficients. Cost: O(n x width^2) times 20 steps.
 * Source: Huber (1981), Robust Statistics; the same as R's `MASS::rlm` with its defaults.
 */
export function huberRegression(rows: readonly Float64Array[], y: ArrayLike<number>): Float64Array {
  const width = rows[0]?.length ?? 0;
  const used = rows.map((_, i) => i).filter((i) => Number.isFinite(y[i]!));
  let beta = new Float64Array(width);
  let weights = new Float64Array(used.length).fill(1);
  for (let step = 0; step < 20; step++) {
    const a = new Float64Array(width * width);
    const b = new Float64Array(width);
    used.forEach((i, k) => {
      const row = rows[i]!;
      for (let j = 0; j < width; j++) {
        const weighted = weights[k]! * row[j]!;
        b[j]! += weighted * y[i]!;
        for (let l = 0; l <= j; l++) a[j * width + l]! += weighted * row[l]!;
      }
    });
    // as good as no penalty, but a column that is all zero stays at zero
    for (let j = 0; j < width; j++) a[j * width + j]! += 1e-8;
    beta = new Float64Array(solvePositiveDefinite(a, b));
    const residuals = used.map((i) => y[i]! - dot(rows[i]!, beta));
    const spread = Math.max(robustSpread(residuals), 1e-9);
    weights = Float64Array.from(residuals, (residual) =>
      Math.min(1, (HUBER_LIMIT * spread) / Math.max(Math.abs(residual), 1e-12)),
    );
  }
  return beta;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
