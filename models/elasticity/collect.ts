import { falseDiscoveryControl, normalQuantile, studentQuantile, twoSidedP } from '../numerics/distributions.ts';
import { type AdviceInput, adviceReason, type ElasticityReason } from './advice.ts';
import { LEAST_BLOCKS, LEAST_ROWS, type ProductEstimate } from './estimate-product.ts';
import { type Pooled, poolPartially } from './partial-pooling.ts';

/** Products whose prices are tried as cross prices for each product: the best sellers of its category. */
export function crossCandidates(category: readonly string[], units: ArrayLike<number>, most: number): number[][] {
  const members = new Map<string, number[]>();
  category.forEach((name, product) => {
    members.set(name, [...(members.get(name) ?? []), product]);
  });
  const best = new Map<string, number[]>();
  for (const [name, products] of members) {
    best.set(name, [...products].sort((a, b) => units[b]! - units[a]! || a - b).slice(0, most));
  }
  return category.map((name, product) => best.get(name)!.filter((other) => other !== product));
}

/**
 * Cross prices that stand up to testing all pairs at once, per product.
 *
 * @param rate share of the pairs chosen that may be chance
 */
export function significantCross(estimates: readonly ProductEstimate[], rate: number): number[][] {
  const tests = estimates.flatMap((own, at) => own.cross.map((cross) => ({ at, cross })));
  const p = tests.map(({ cross }) => twoSidedP(cross.estimate / cross.standardError, cross.degrees));
  const believed = falseDiscoveryControl(p, rate);
  const chosen: number[][] = estimates.map(() => []);
  tests.forEach(({ at, cross }, i) => {
    if (believed[i]) chosen[at]!.push(cross.product);
  });
  return chosen;
}

export interface PublishedElasticity extends Pooled {
  reason: ElasticityReason;
}

/** Own elasticities of all products, pooled within their category and gated. */
export function poolAndGate(
  estimates: readonly ProductEstimate[],
  category: readonly string[],
  limits: { confidence: number; maxIntervalWidth: number },
): PublishedElasticity[] {
  const published = new Array<PublishedElasticity>(estimates.length);
  const tail = (1 + limits.confidence) / 2;
  const members = [...new Set(category)].map((name) => estimates.map((_, i) => i).filter((i) => category[i] === name));
  const groups = members.map((group) => ({
    estimates: group.map((i) => estimates[i]!.estimate),
    errors: group.map((i) => normalError(estimates[i]!, tail)),
  }));
  poolPartially(groups, limits.confidence).forEach((pooled, group) => {
    members[group]!.forEach((i, k) => {
      const own = estimates[i]!;
      const input: AdviceInput = {
        ...pooled[k]!,
        ownEstimate: own.estimate,
        holdoutGainPct: own.holdoutGainPct,
        hasRows: own.rows >= LEAST_ROWS && own.blocks >= LEAST_BLOCKS,
      };
      published[i] = { ...pooled[k]!, reason: adviceReason(input, limits) };
    });
  });
  return published;
}

/** The standard error that gives a normal interval the width of the t interval. */
function normalError({ standardError, degrees }: { standardError: number; degrees: number }, tail: number): number {
  return (standardError * studentQuantile(tail, degrees)) / normalQuantile(tail);
}

/** Interval of a cross elasticity; it is not pooled. */
export function crossInterval(
  cross: { estimate: number; standardError: number; degrees: number },
  confidence: number,
): { lo: number; hi: number } {
  const half = cross.standardError * studentQuantile((1 + confidence) / 2, cross.degrees);
  return { lo: cross.estimate - half, hi: cross.estimate + half };
}
