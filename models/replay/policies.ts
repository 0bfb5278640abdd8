import { LeadtimeError } from '../../errors.ts';
import { economicPolicy } from './economic-policy.ts';
import { foresightPolicy } from './foresight-policy.ts';
import type { ProductKnowledge } from './knowledge.ts';
import { meanPolicy, minMaxPolicy, zSigmaPolicy } from './simple-policies.ts';
import type { StockProduct } from './stock-product.ts';
import type { StockPolicy, StockWorld } from './stock-world.ts';

/** Policies by their published names. `company` is what happened; it is not played. */
export const STOCK_POLICIES = [
  'economic',
  'company',
  'min_max',
  'recent_mean',
  'z_sigma',
  'perfect_foresight',
] as const;
export type StockPolicyName = (typeof STOCK_POLICIES)[number];

/** The rule that the others are compared with. */
export const BASELINE_POLICY: StockPolicyName = 'recent_mean';

/** Safety factors that are tried for `z_sigma`, each with lots and without; the best is chosen with hindsight. */
const Z = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12];

/** What is played for a policy: itself, or all of its settings. */
export function variantsOf(name: StockPolicyName): string[] {
  if (name === 'company') return [];
  if (name !== 'z_sigma') return [name];
  return Z.flatMap((z) => [`z_sigma ${z} levels`, `z_sigma ${z} lots`]);
}

/** The policy that a played name belongs to. */
export function policyOf(variant: string): StockPolicyName {
  return variant.split(' ')[0] as StockPolicyName;
}

/** Makes a policy for one product by its played name. */
export function stockPolicy(
  variant: string,
  product: StockProduct,
  knowledge: ProductKnowledge,
  world: StockWorld,
  days: number,
): StockPolicy {
  const [name, z, kind] = variant.split(' ') as [StockPolicyName, string, string];
  if (name === 'economic') return economicPolicy(product, knowledge);
  if (name === 'min_max') return minMaxPolicy(product, knowledge);
  if (name === 'recent_mean') return meanPolicy(product, knowledge);
  if (name === 'z_sigma') return zSigmaPolicy(product, knowledge, Number(z), kind === 'lots');
  if (name === 'perfect_foresight') return foresightPolicy(product, world, days);
  throw unknownPolicy(variant);
}

/** @throws LeadtimeError `POLICY_UNKNOWN` */
export function parsePolicies(names: readonly string[]): StockPolicyName[] {
  const unknown = names.find((name) => !STOCK_POLICIES.includes(name as StockPolicyName));
  if (unknown !== undefined) throw unknownPolicy(unknown);
  return STOCK_POLICIES.filter((name) => names.length === 0 || names.includes(name));
}

function unknownPolicy(value: string): LeadtimeError {
  return new LeadtimeError(
    'POLICY_UNKNOWN',
    `There is no policy "${value}".`,
    `The policies are ${STOCK_POLICIES.join(', ')}.`,
    { value },
  );
}
