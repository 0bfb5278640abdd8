import { errorFunction } from 'simple-statistics';

/** Probability that a standard normal is below `z`; absolute error under 2e-7. */
export function normalCdf(z: number): number {
  return 0.5 * (1 + errorFunction(z / Math.SQRT2));
}

/** Standard normal quantile. `normalQuantile(0.975)` is 1.95996. Acklam's rational approximation, error under 1.2e-9. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability between 0 and 1 is wanted, not ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    const top =
      ((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
        4.374664141464968) *
        q +
      2.938163982698783;
    const bottom =
      (((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1;
    return top / bottom;
  }
  const q = p - 0.5;
  const r = q * q;
  const top =
    (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
    q;
  const bottom =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1;
  return top / bottom;
}

/**
 * Student's t quantile by the Cornish-Fisher expansion (Abramowitz and Stegun 26.7.5); within 0.5 % from 4 degrees of
 * freedom on for the usual confidences. `studentQuantile(0.95, 10)` is 1.812.
 */
export function studentQuantile(p: number, degrees: number): number {
  const z = normalQuantile(p);
  const z2 = z * z;
  const g1 = (z * (z2 + 1)) / 4;
  const g2 = (z * ((5 * z2 + 16) * z2 + 3)) / 96;
  const g3 = (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384;
  const g4 = (z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945)) / 92160;
  return z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees;
}

/** Two-sided p-value of a t statistic, by Wallace's normal approximation. */
export function twoSidedP(t: number, degrees: number): number {
  const z = (Math.sqrt(degrees * Math.log1p((t * t) / degrees)) * (8 * degrees + 1)) / (8 * degrees + 3);
  return 2 * (1 - normalCdf(Math.abs(z)));
}

/**
 * Which of many tests to believe so that at most `rate` of those believed are expected to be false.
 *
 * @returns 1 for the believed, in the order given. O(n log n).
 * Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57.
 */
export function falseDiscoveryControl(pValues: ArrayLike<number>, rate: number): Uint8Array {
  const order = Array.from({ length: pValues.length }, (_, i) => i).sort((a, b) => pValues[a]! - pValues[b]! || a - b);
  let last = -1;
  order.forEach((test, rank) => {
    if (pValues[test]! <= (rate * (rank + 1)) / pValues.length) last = rank;
  });
  const believed = new Uint8Array(pValues.length);
  for (let rank = 0; rank <= last; rank++) believed[order[rank]!] = 1;
  return believed;
}
