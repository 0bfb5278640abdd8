import { policyOf, type StockPolicyName } from './policies.ts';
import { costOf } from './tally.ts';

/** What a policy came to, with its best setting. */
export interface PolicyOutcome {
  policy: StockPolicyName;
  /** The setting that cost least, such as `1.5 lots`; empty where there is one only. */
  setting: string;
  /** `TALLIES`, [stretch]. */
  sums: Float64Array[];
}

/** One outcome per policy: of several settings the one that cost least over all stretches, known with hindsight. */
export function bestVariants(variants: readonly string[], sums: readonly Float64Array[][]): PolicyOutcome[] {
  const best = new Map<StockPolicyName, PolicyOutcome & { cost: number }>();
  variants.forEach((variant, v) => {
    const policy = policyOf(variant);
    const cost = sums[v]!.reduce((total, own) => total + costOf(own), 0);
    if (cost < (best.get(policy)?.cost ?? Number.POSITIVE_INFINITY))
      best.set(policy, { policy, setting: variant.slice(policy.length + 1), sums: sums[v]!, cost });
  });
  return [...best.values()].map(({ policy, setting, sums: own }) => ({ policy, setting, sums: own }));
}
