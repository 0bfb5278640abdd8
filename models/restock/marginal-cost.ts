import { expectedLeftover, expectedShortage, type Requirement } from './net-requirement.ts';
import { expectedCost, type RunOff, type UnitCosts } from './order-quantity.ts';
import type { SupplyTerms } from './plan.ts';

/**
 * Expected cost of any quantity until the next chance to order, without the order's own cost: convex, in money. It is what
 * decisions over many pairs at once compare.
 *
 * Where holding and shortage cost are given they are counted as for a single order. Otherwise a unit short is worth what
 * makes the service target the cheapest: `holding * target / (1 - target)`; where not even holding is known, money is
 * counted in units held for one review period, so that only lines of one kind can be compared.
 * O(scenarios) per quantity.
 */
export function marginalCost(
  requirement: Requirement,
  given: UnitCosts,
  run: RunOff,
  terms: SupplyTerms,
  target: number,
): (quantity: number) => number {
  // the closure outlives the plan: it keeps what it needs only
  const net = { net: requirement.net, missedBefore: EMPTY };
  if (given.shortage > 0 && given.holding > 0) return (quantity) => expectedCost(net, given, run, quantity);
  const holding = terms.holdingEstimate > 0 ? terms.holdingEstimate * Math.max(1, terms.reviewDays) : 1;
  const shortage = (holding * target) / (1 - target);
  return (quantity) => holding * expectedLeftover(net, quantity) + shortage * expectedShortage(net, quantity);
}

const EMPTY = new Float64Array(0);
