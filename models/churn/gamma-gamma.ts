import { nelderMead } from '../numerics/nelder-mead.ts';
import { gammaln } from './special-functions.ts';

/** Spend per purchase is Gamma(p, v) within a customer, and the scale v is Gamma(q, gamma) over customers. */
export interface GammaGamma {
  p: number;
  q: number;
  gamma: number;
}

/**
 * Fits spend per purchase by maximum likelihood on log parameters. O(n) per step.
 *
 * @param purchases number of purchases behind each mean; customers with none, or a mean of zero or less, are left out
 * @param meanValue mean value of them, in money
 * @returns undefined with fewer than 10 customers, or where the fitted mean over customers is not finite (q <= 1)
 * Source: Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value. On CDNOW: 6.25, 3.74, 15.44.
 */
export function fitGammaGamma(purchases: ArrayLike<number>, meanValue: ArrayLike<number>): GammaGamma | undefined {
  const counts: number[] = [];
  const means: number[] = [];
  for (let i = 0; i < purchases.length; i++) {
    if (purchases[i]! > 0 && meanValue[i]! > 0) {
      counts.push(purchases[i]!);
      means.push(meanValue[i]!);
    }
  }
  const n = counts.length;
  if (n < 10) return undefined;
  // in units of the mean, so that the search starts near its end whatever the currency
  const scale = means.reduce((sum, value) => sum + value, 0) / n;
  const z = means.map((value) => value / scale);
  const minusLogLikelihood = (logs: Float64Array): number => {
    for (const value of logs) if (Math.abs(value) > 10) return Infinity;
    const [p, q, gamma] = Array.from(logs, Math.exp) as [number, number, number];
    const ofSpread = q * Math.log(gamma) - gammaln(q);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const px = p * counts[i]!;
      sum +=
        ofSpread +
        gammaln(px + q) -
        gammaln(px) +
        (px - 1) * Math.log(z[i]!) +
        px * Math.log(counts[i]!) -
        (px + q) * Math.log(counts[i]! * z[i]! + gamma);
    }
    return -sum / n;
  };
  const { point } = nelderMead(minusLogLikelihood, [Math.log(2), Math.log(3), 0]);
  const [p, q, gamma] = Array.from(point, Math.exp) as [number, number, number];
  return q > 1.02 ? { p, q, gamma: gamma * scale } : undefined;
}

/**
 * Expected value of a customer's next purchase: the customer's own mean, drawn towards the mean of all the more the
 * fewer purchases it rests on. Without purchases, the mean of all.
 */
export function expectedValue(model: GammaGamma, purchases: number, meanValue: number): number {
  const { p, q, gamma } = model;
  const seen = purchases > 0 && meanValue > 0 ? purchases : 0;
  return (p * (gamma + seen * (seen > 0 ? meanValue : 0))) / (p * seen + q - 1);
}
