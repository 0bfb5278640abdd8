import { normalCdf } from '../numerics/distributions.ts';

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

/** Noisy estimates of one group; NaN for a member without one, which gets the group's mean and its full spread. */
export interface PoolingGroup {
  estimates: ArrayLike<number>;
  /** Standard error of each. */
  errors: ArrayLike<number>;
}

/**
 * Partial pooling of noisy estimates: each is drawn towards the mean of its group, the more the noisier it is. How far
 * the true values of a group differ is taken to be alike in all groups, because one group of ten tells it too badly; it
 * is not fixed at one estimate but integrated over, so that intervals stay honest for few estimates and where the
 * spread looks like zero by chance.
 *
 * @param confidence of the intervals, such as 0.9
 * @returns one per member of each group, all NaN in a group where no member has an estimate
 * @remarks O(200 x members); quantiles by bisection. Normal model with a flat prior on each group's mean, a half-normal
 *   one on the spread: Gelman et al., Bayesian Data Analysis, section 5.4.
 * @example
 * poolPartially([{ estimates: [-1, -3], errors: [0.1, 2] }], 0.9)[0][1].estimate // about -1.6: the noisy one moves
 */
export function poolPartially(groups: readonly PoolingGroup[], confidence: number): Pooled[][] {
  const spreads = spreadPosterior(groups);
  return groups.map((group) => {
    if (knownOf(group).length === 0) return Array.from(group.estimates, () => NOTHING);
    const centres = spreads.map(({ spread }) => centreOf(group, spread));
    return Array.from(group.estimates, (own, i) => {
      const mean: number[] = [];
      const deviation: number[] = [];
      spreads.forEach(({ spread }, k) => {
        const { centre, precision } = centres[k]!;
        const error2 = group.errors[i]! ** 2;
        const isKnown = Number.isFinite(own) && error2 > 0;
        const trust = isKnown ? spread ** 2 / (spread ** 2 + error2) : 0;
        mean.push(isKnown ? trust * own + (1 - trust) * centre : centre);
        const within = isKnown ? trust * error2 : spread ** 2;
        deviation.push(Math.sqrt(within + (1 - trust) ** 2 / precision));
      });
      return summary(spreads, mean, deviation, confidence);
    });
  });
}

const NOTHING: Pooled = { estimate: Number.NaN, lo: Number.NaN, hi: Number.NaN, standardDeviation: Number.NaN };

const knownOf = ({ estimates, errors }: PoolingGroup): number[] =>
  Array.from(estimates, (_, i) => i).filter((i) => Number.isFinite(estimates[i]) && errors[i]! > 0);

/** Mean of a group's members given how far they differ, and its precision. */
function centreOf(group: PoolingGroup, spread: number): { centre: number; precision: number } {
  let precision = 0;
  let weighted = 0;
  for (const i of knownOf(group)) {
    const weight = 1 / (group.errors[i]! ** 2 + spread ** 2);
    precision += weight;
    weighted += weight * group.estimates[i]!;
  }
  return { centre: weighted / precision, precision };
}

interface SpreadPoint {
  spread: number;
  probability: number;
}

function spreadPosterior(groups: readonly PoolingGroup[]): SpreadPoint[] {
  const points: SpreadPoint[] = [];
  const logDensity: number[] = [];
  for (let spread = SPREAD_STEP / 2; spread < SPREAD_MAX; spread += SPREAD_STEP) {
    let log = -0.5 * (spread / SPREAD_SCALE) ** 2;
    for (const group of groups) {
      const known = knownOf(group);
      if (known.length === 0) continue;
      const { centre, precision } = centreOf(group, spread);
      log -= 0.5 * Math.log(precision);
      for (const i of known) {
        const variance = group.errors[i]! ** 2 + spread ** 2;
        log -= 0.5 * (Math.log(variance) + (group.estimates[i]! - centre) ** 2 / variance);
      }
    }
    points.push({ spread, probability: 0 });
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
