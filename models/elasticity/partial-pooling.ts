import { normalCdf } from './distributions.ts';

export interface Pooled {
  estimate: number;
  lo: number;
  hi: number;
  standardDeviation: number;
}

/**
 * Scale of the half-normal prior on how far products of a category differ. Published own-price elasticities have a
 * standard deviation of 2.2 across all studies and categories (Bijmolt, van Heerde and Pieters 2005, 1,851 estimates);
 * within a category it is a fraction of that.
 */
const SPREAD_SCALE = 1;
const SPREAD_STEP = 0.02;
const SPREAD_MAX = 4;

/**
 * Partial pooling of noisy estimates: each is drawn towards the mean of all, the more the noisier it is. How far the
 * true values differ is not fixed at one estimate but integrated over, so that intervals stay honest for few estimates
 * and where that spread looks like zero by chance.
 *
 * @param estimates one per member; NaN for a member without one, which gets the group's mean and its full spread
 * @param errors standard error of each
 * @param confidence of the intervals, such as 0.9
 * @returns one per member, all NaN where no member has an estimate
 * @remarks O(200 x members); quantiles by bisection. Normal model with a flat prior on the mean, a half-normal one on
 *   the spread: Gelman et al., Bayesian Data Analysis, section 5.4.
 */
export function poolPartially(estimates: ArrayLike<number>, errors: ArrayLike<number>, confidence: number): Pooled[] {
  const known: number[] = [];
  for (let i = 0; i < estimates.length; i++) if (Number.isFinite(estimates[i]) && errors[i]! > 0) known.push(i);
  const nothing = { estimate: Number.NaN, lo: Number.NaN, hi: Number.NaN, standardDeviation: Number.NaN };
  if (known.length === 0) return Array.from(estimates as ArrayLike<number>, () => nothing);
  const spreads = spreadPosterior(known, estimates, errors);
  const isKnown = new Set(known);
  return Array.from(estimates as ArrayLike<number>, (own, i) => {
    const mean: number[] = [];
    const deviation: number[] = [];
    for (const { spread, centre, centreVariance } of spreads) {
      const error2 = errors[i]! ** 2;
      const trust = isKnown.has(i) ? spread ** 2 / (spread ** 2 + error2) : 0;
      mean.push(trust > 0 ? trust * own + (1 - trust) * centre : centre);
      const within = isKnown.has(i) ? trust * error2 : spread ** 2;
      deviation.push(Math.sqrt(within + (1 - trust) ** 2 * centreVariance));
    }
    return summary(spreads, mean, deviation, confidence);
  });
}

interface SpreadPoint {
  spread: number;
  probability: number;
  /** Mean of all members given the spread, and its variance. */
  centre: number;
  centreVariance: number;
}

function spreadPosterior(known: number[], estimates: ArrayLike<number>, errors: ArrayLike<number>): SpreadPoint[] {
  const points: SpreadPoint[] = [];
  const logDensity: number[] = [];
  for (let spread = SPREAD_STEP / 2; spread < SPREAD_MAX; spread += SPREAD_STEP) {
    let precision = 0;
    let weighted = 0;
    for (const i of known) {
      const weight = 1 / (errors[i]! ** 2 + spread ** 2);
      precision += weight;
      weighted += weight * estimates[i]!;
    }
    const centre = weighted / precision;
    let log = -0.5 * Math.log(precision) - 0.5 * (spread / SPREAD_SCALE) ** 2;
    for (const i of known) {
      const variance = errors[i]! ** 2 + spread ** 2;
      log -= 0.5 * (Math.log(variance) + (estimates[i]! - centre) ** 2 / variance);
    }
    points.push({ spread, probability: 0, centre, centreVariance: 1 / precision });
    logDensity.push(log);
  }
  const top = Math.max(...logDensity);
  let sum = 0;
  points.forEach((point, i) => {
    point.probability = Math.exp(logDensity[i]! - top);
    sum += point.probability;
  });
  for (const point of points) point.probability /= sum;
  return points.filter((point) => point.probability > 1e-9);
}

function summary(points: SpreadPoint[], mean: number[], deviation: number[], confidence: number): Pooled {
  let first = 0;
  let second = 0;
  points.forEach(({ probability }, k) => {
    first += probability * mean[k]!;
    second += probability * (deviation[k]! ** 2 + mean[k]! ** 2);
  });
  const quantile = (p: number): number => {
    let low = Math.min(...mean.map((m, k) => m - 8 * deviation[k]!));
    let high = Math.max(...mean.map((m, k) => m + 8 * deviation[k]!));
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      let below = 0;
      for (let k = 0; k < points.length; k++) {
        below += points[k]!.probability * normalCdf((middle - mean[k]!) / deviation[k]!);
      }
      if (below < p) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return {
    estimate: first,
    lo: quantile((1 - confidence) / 2),
    hi: quantile((1 + confidence) / 2),
    standardDeviation: Math.sqrt(Math.max(0, second - first * first)),
  };
}
