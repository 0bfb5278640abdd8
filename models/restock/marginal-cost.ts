import { expectedLeftover, expectedShortage, type Requirement } from './net-requirement.ts';
import { expectedCost, type RunOff, type UnitCosts } from './order-quantity.ts';
import { wasteCost } from './perishable.ts';
import type { SupplyTerms } from './supply-terms.ts';

/**
 * Expected cost of any quantity until the next chance to order, without the order's own cost: convex, in money. It is what
 * decisions over many pairs at once compare.
 *
 * Where holding and shortage cost are given they are counted as for a single order. Otherwise a unit short is worth what
 * makes the service target the cheapest: `holding * sure / (1 - sure)`; where not even holding is known, money is
 * counted in units held for one review period, so that only lines of one kind can be compared.
 * @param sure probability of no stock-out that is aimed at
 * @param sellable demand after the window that what is left can still meet in time, [scenario]; absent where goods keep
 * O(scenarios) per quantity.
 */
export function marginalCost(
  requirement: Requirement,
  given: UnitCosts,
  run: RunOff,
  terms: SupplyTerms,
  sure: number,
  sellable?: Float64Array,
): (quantity: number) => number {
  // the closure outlives the plan: it keeps what it needs only
  const net = { net: requirement.net, missedBefore: EMPTY };
  const wasted = (quantity: number): number => wasteCost(net, sellable, terms.unitCost, quantity);
  if (given.shortage > 0 && given.holding > 0) {
    return (quantity) => expectedCost(net, given, run, quantity) + wasted(quantity);
  }
  const holding = terms.holdingEstimate > 0 ? terms.holdingEstimate * Math.max(1, terms.reviewDays) : 1;
  const shortage = (holding * sure) / (1 - sure);
  return (quantity) =>
    holding * expectedLeftover(net, quantity) + shortage * expectedShortage(net, quantity) + wasted(quantity);
}

const EMPTY = new Float64Array(0);
