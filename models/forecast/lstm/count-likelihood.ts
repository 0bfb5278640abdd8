/**
 * Slopes of the negative log-likelihood of a negative binomial of variance mean + dispersion x mean^2, by the logs of mean and
 * dispersion. The kernel's `countSlope` computes the same; this is the second engine's.
 *
 * @param y counts; fractions are allowed
 * @returns slopes by log mean and by log dispersion
 */
export function countSlopes(
  y: Float32Array,
  mean: Float32Array,
  dispersion: ArrayLike<number>,
): [byMean: Float32Array, byDispersion: Float32Array] {
  const byMean = new Float32Array(y.length);
  const byDispersion = new Float32Array(y.length);
  for (let i = 0; i < y.length; i++) {
    const size = 1 / dispersion[i]!;
    const over = (mean[i]! - y[i]!) / (size + mean[i]!);
    byMean[i] = size * over;
    byDispersion[i] = size * (digamma(y[i]! + size) - digamma(size) + Math.log(size / (size + mean[i]!)) + over);
  }
  return [byMean, byDispersion];
}

/** Derivative of the log of the gamma function for x > 0: recurrence up to 6, then Abramowitz and Stegun 6.3.18. */
export function digamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < 6; at++) shift -= 1 / at;
  const r = 1 / (at * at);
  return shift + Math.log(at) - 0.5 / at - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r / 240)));
}
