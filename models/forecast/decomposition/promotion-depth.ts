import type { Panel } from '../../panel.ts';
import type { Groups } from './groups.ts';

/** How much more a deeper promotion sells than one of usual depth, as learned so far. */
export interface PromotionDepth {
  /** Factor of the discount in period `t`; 1 at the usual discount of the group's promotions. */
  factor(s: number, t: number): number;
  /** Takes in what a promotion multiplied sales by, beside the factor `lift` that was expected. */
  learn(s: number, t: number, seen: number, lift: number, weight: number): void;
}

/** Information that stands against what is seen: for all groups that depth does nothing, for each that it does what it does for all. */
const PRIOR_INFORMATION = 4;
/** Elasticities are held within these. */
const LEAST_ELASTICITY = -1;
const LARGEST_ELASTICITY = 5;
/** Deeper discounts count as this one. */
const DEEPEST = 0.9;

/**
 * The elasticity of promoted sales to the price that a discount leaves, of each group drawn to that of all: a Poisson regression on the
 * log of the price, one scoring step for each promotion that is seen, which suits counts with zeros (recursive estimation of
 * generalised linear models; Fahrmeir 1992, Journal of the American Statistical Association 87). O(1) for each period.
 */
export function createPromotionDepth({ discount, periods, horizon }: Panel, groups: Groups): PromotionDepth {
  const width = periods + horizon;
  const all = groups.count;
  const elasticity = new Float64Array(groups.count + 1);
  const information = new Float64Array(groups.count + 1).fill(PRIOR_INFORMATION);
  const depthSum = new Float64Array(groups.count);
  const promotions = new Float64Array(groups.count);

  const depthAt = (s: number, t: number): number => -Math.log(1 - Math.min(DEEPEST, discount[s * width + t] ?? 0));
  const beyondUsual = (s: number, t: number): number => {
    const g = groups.of[s]!;
    return promotions[g]! > 0 ? depthAt(s, t) - depthSum[g]! / promotions[g]! : 0;
  };

  return {
    factor(s, t) {
      const own = elasticity[all]! + elasticity[groups.of[s]!]!;
      return Math.exp(Math.max(LEAST_ELASTICITY, Math.min(LARGEST_ELASTICITY, own)) * beyondUsual(s, t));
    },
    learn(s, t, seen, lift, weight) {
      const g = groups.of[s]!;
      const depth = beyondUsual(s, t);
      for (const k of [all, g]) {
        information[k]! += weight * lift * depth * depth;
        elasticity[k]! += (weight * depth * (seen - lift)) / information[k]!;
      }
      depthSum[g]! += depthAt(s, t);
      promotions[g]!++;
    },
  };
}
