import { type OrderRule, roundUp } from '../order-quantity.ts';
import type { OrderLine, Use } from './order-line.ts';

/** Quantities that one line is offered at most: finer steps than a fiftieth of the largest change no decision. */
const MAX_QUANTITIES = 50;
/** What keeps a quantity that is preferred for other reasons than its cost from being given up for nothing, money per unit. */
const PREFERENCE = 1e-6;

/** How one pair may be ordered and what each quantity costs. */
export interface LineFacts {
  /** Expected cost of ordering so many units, without the order's own cost; convex. */
  costOf: (quantity: number) => number;
  rule: OrderRule;
  /** Cost of ordering anything at all. */
  orderCost: number;
  /** Units ordered without any limit, as the plan has them. */
  preferred: number;
  /** Most units worth considering. */
  most: number;
  uses: readonly Use[];
}

/**
 * A pair as a choice among quantities: nothing, then whole packs from the least order to `most`. Where the plan prefers
 * more or less than the cheapest quantity (a service level, a surge), the steps in between count as worth nothing: they are
 * the first to go when a limit binds, and never worse than nothing. O(quantities x cost of `costOf`).
 */
export function lineOfPlan({ costOf, rule, orderCost, preferred, most, uses }: LineFacts): OrderLine {
  const pack = rule.packSize;
  const first = Math.round(roundUp(Math.max(1e-9, rule.minOrderQuantity), rule) / pack);
  const wanted = Math.round(preferred / pack);
  const last = Math.max(wanted, first, Math.floor(most / pack));
  const step = Math.max(1, Math.ceil((last - first) / (MAX_QUANTITIES - 2)));
  const packs = new Set([0]);
  for (let count = first; count <= last; count += step) packs.add(count);
  packs.add(wanted);
  const quantities = Float64Array.from(packs)
    .sort()
    .map((count) => count * pack);
  const costs = quantities.map((quantity) => costOf(quantity) + (quantity > 0 ? orderCost : 0));
  const at = quantities.indexOf(wanted * pack);
  for (let j = at - 1; j >= 0; j--) {
    costs[j] = Math.max(costs[j]!, costs[j + 1]! + PREFERENCE * (quantities[j + 1]! - quantities[j]!));
  }
  for (let j = at + 1; j < costs.length; j++) {
    costs[j] = Math.max(costs[j]!, costs[j - 1]! + PREFERENCE * (quantities[j]! - quantities[j - 1]!));
  }
  return { quantities, costs, preferred: at, uses };
}
