/** Lanczos coefficients for g = 7, n = 9 (Godfrey 2001); relative error below 1e-14 for x > 0. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/**
 * Natural logarithm of the gamma function for x > 0. `gammaln(5)` is `Math.log(24)`. O(1).
 * Source: Lanczos (1964), SIAM J. Numer. Anal. 1.
 */
export function gammaln(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - gammaln(1 - x);
  const y = x - 1;
  let sum = LANCZOS[0]!;
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (y + i);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * Gauss's hypergeometric function 2F1(a, b; c; z) by its series, for 0 <= z < 1 and c not zero or a negative integer.
 *
 * `hyp2f1(1, 1, 2, 0.5)` is 2 ln 2. Cost grows as 1 / (1 - z); it stops when a term no longer counts, at most after
 * 100,000 terms, and is then an approximation.
 * Source: Abramowitz and Stegun 15.1.1.
 */
export function hyp2f1(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; k < 100_000; k++) {
    term *= (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    sum += term;
    if (Math.abs(term) <= 1e-14 * Math.abs(sum) && k > 2) break;
  }
  return sum;
}

/** 1 / (1 + exp(-x)), without overflow. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** log(p / (1 - p)), with p kept `edge` away from 0 and 1. `logit(0.5)` is 0. */
export function logit(p: number, edge = 1e-6): number {
  const q = Math.min(1 - edge, Math.max(edge, p));
  return Math.log(q / (1 - q));
}
