import { nelderMead } from '../numerics/nelder-mead.ts';
import { gammaln, hyp2f1 } from './special-functions.ts';

/**
 * What the model sees of each customer: `frequency` repeat purchases, `recency` time from the first to the last
 * purchase, `age` time from the first purchase to now. One unit of time throughout (here days or weeks).
 */
export interface PurchaseHistories {
  frequency: ArrayLike<number>;
  recency: ArrayLike<number>;
  age: ArrayLike<number>;
}

/**
 * Purchases while active are Poisson with a rate that is Gamma(r, alpha) over customers; after each one the customer
 * leaves with a probability that is Beta(a, b) over customers.
 */
export interface BgNbd {
  r: number;
  alpha: number;
  a: number;
  b: number;
  logLikelihood: number;
}

/** A rate of one purchase in a hundred lifetimes and up bounds the search: beyond it the likelihood is flat. */
const MAX_LOG = 12;

/**
 * Fits by maximum likelihood on log parameters. Customers: n; each step costs O(n) plus one gamma function per
 * distinct frequency.
 *
 * @returns parameters in the histories' unit of time; undefined with fewer than 10 customers or no repeat purchase
 * Source: Fader, Hardie and Lee (2005), Marketing Science 24(2), equation 6. On CDNOW: r 0.243, alpha 4.414, a 0.793,
 * b 2.426 (weeks).
 */
export function fitBgNbd(histories: PurchaseHistories): BgNbd | undefined {
  const { frequency, recency, age } = histories;
  const n = frequency.length;
  let repeats = 0;
  let meanAge = 0;
  for (let i = 0; i < n; i++) {
    repeats += frequency[i]!;
    meanAge += age[i]! / n;
  }
  if (n < 10 || repeats === 0 || !(meanAge > 0)) return undefined;
  const distinct = [...new Set(Array.from(frequency))].sort((x, y) => x - y);
  const slot = Int32Array.from(frequency, (x) => distinct.indexOf(x));
  const terms = new Float64Array(distinct.length);
  const leaving = new Float64Array(distinct.length);
  const minusLogLikelihood = (logs: Float64Array): number => {
    for (const value of logs) if (Math.abs(value) > MAX_LOG) return Infinity;
    const [r, alpha, a, b] = Array.from(logs, Math.exp) as [number, number, number, number];
    const ofRate = r * Math.log(alpha) - gammaln(r) + gammaln(a + b) - gammaln(b);
    distinct.forEach((x, k) => {
      terms[k] = ofRate + gammaln(r + x) + gammaln(b + x) - gammaln(a + b + x);
      leaving[k] = x > 0 ? Math.log(a) - Math.log(b + x - 1) : -Infinity;
    });
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const k = slot[i]!;
      const x = frequency[i]!;
      const stays = -(r + x) * Math.log(alpha + age[i]!);
      const left = x > 0 ? leaving[k]! - (r + x) * Math.log(alpha + recency[i]!) : -Infinity;
      const most = Math.max(stays, left);
      sum += terms[k]! + most + Math.log1p(Math.exp(-Math.abs(stays - left)));
    }
    return -sum / n;
  };
  const rate = Math.max(repeats / n / meanAge, 1e-6);
  const start = [Math.log(0.5), Math.log(0.5 / rate), 0, Math.log(3)];
  const { point, value } = nelderMead(minusLogLikelihood, start);
  const [r, alpha, a, b] = Array.from(point, Math.exp) as [number, number, number, number];
  return { r, alpha, a, b, logLikelihood: -value * n };
}

/** Probability that a customer is still active now. 1 for one who bought once: the model has them leave after a repeat. */
export function probabilityAlive(model: BgNbd, frequency: number, recency: number, age: number): number {
  if (frequency === 0) return 1;
  const { r, alpha, a, b } = model;
  const odds = (r + frequency) * Math.log((alpha + age) / (alpha + recency)) + Math.log(a / (b + frequency - 1));
  return 1 / (1 + Math.exp(odds));
}

/** Probability that a customer who is active now buys nothing for `time`: (alpha + T) / (alpha + T + t) to the r + x. */
export function probabilitySilent(model: BgNbd, frequency: number, age: number, time: number): number {
  const { r, alpha } = model;
  return Math.exp(-(r + frequency) * Math.log((alpha + age + time) / (alpha + age)));
}

/** Purchases per unit of time of a customer who is active now, given what was seen. */
export function activeRate(model: BgNbd, frequency: number, age: number): number {
  return (model.r + frequency) / (model.alpha + age);
}

/**
 * Expected purchases in the next `time`, leaving included. Equation 10 of the paper after Euler's transformation of the
 * hypergeometric function, which keeps frequent customers from overflowing.
 */
export function expectedPurchases(model: BgNbd, frequency: number, recency: number, age: number, time: number): number {
  if (time <= 0) return 0;
  const { r, alpha, b } = model;
  const a = Math.abs(model.a - 1) < 1e-6 ? 1 + 1e-6 : model.a;
  let c = a + b + frequency - 1;
  if (c < 1e-9 && Math.abs(c - Math.round(c)) < 1e-9) c += 1e-7;
  const z = time / (alpha + age + time);
  const kept = Math.exp((a - 1) * Math.log1p(-z)) * hyp2f1(a + b - 1 - r, a - 1, c, z);
  const whenAlive = (c / (a - 1)) * (1 - kept);
  return Math.max(0, whenAlive) * probabilityAlive(model, frequency, recency, age);
}
