import { type Lot, lotOf, lotSize } from './lot.ts';
import type { Requirement } from './net-requirement.ts';
import {
  allowedQuantities,
  cheapestQuantity,
  expectedCost,
  type RunOff,
  roundUp,
  type UnitCosts,
} from './order-quantity.ts';
import { expectedWaste, sellableQuantity } from './perishable.ts';
import type { SupplyTerms } from './plan.ts';
import { quantityForCycleService, quantityForFillRate } from './service-quantity.ts';

/** What a quantity is chosen from. */
export interface Choice {
  requirement: Requirement;
  terms: SupplyTerms;
  /** `cost` where shortage and holding costs decide; else what the service level is a share of. */
  method: 'cost' | 'service' | 'fill_rate';
  /** Probability, or share of demand, that is aimed at. */
  target: number;
  costs: UnitCosts;
  run: RunOff;
  reviewDays: number;
  /** Mean demand of the review period that the order serves first (0), and of the ones after it. */
  demandOf: (period: number) => number;
  /** Demand that what is left at the window's end can still meet in time, [scenario]; absent where goods keep. */
  sellable: Float64Array | undefined;
  /** Units to order at least, whatever they cost. */
  floor: number;
}

/** What is wanted, and what may be ordered of it. */
export interface Chosen {
  /** Units that the target asks for; negative where stock is left over. */
  wanted: number;
  quantity: number;
}

/** The order's quantity: by cost or by service, in lots where orders cost money, and no more than sells in time. */
export function chooseQuantity(choice: Choice): Chosen {
  const chosen = choice.method === 'cost' ? byCost(choice) : byService(choice);
  const { floor, terms } = choice;
  if (floor <= chosen.wanted) return chosen;
  const wanted = Math.ceil(Math.min(floor, mostSellable(choice)));
  return wanted > chosen.wanted ? { wanted, quantity: roundUp(wanted, terms) } : chosen;
}

/**
 * The quantity of least cost per review period. Not ordering costs what the coming period then costs; an order costs its
 * lot's share per period. So an order is placed when waiting costs more than the best mean (the stopping rule of the optimal
 * (s, S), Zheng 1991), and a lot covers what orders' cost, packs and minimum make worth while.
 */
function byCost(choice: Choice): Chosen {
  const { requirement, costs, run, terms, sellable, demandOf, reviewDays } = choice;
  const unitCost = terms.unitCost || 0;
  const waste = (quantity: number): number =>
    sellable && quantity > 0 ? unitCost * expectedWaste(requirement, sellable, quantity) : 0;
  const cost = (quantity: number): number => expectedCost(requirement, costs, run, quantity) + waste(quantity);
  const base = sellable
    ? Math.min(mostSellable(choice), cheapestPerishable(choice, cost))
    : cheapestQuantity(requirement, costs, run);
  const lot = sellable ? NO_LOT : lotSize(demandOf, terms.orderCost, costs.holding, reviewDays);
  const wanted = base + lot.extra;
  const atBase = cost(base);
  const perPeriod = (quantity: number): number => {
    if (quantity <= 0) return cost(0);
    if (sellable || quantity - base < demandOf(1)) return cost(quantity) + terms.orderCost;
    return atBase + lotOf(quantity - base, demandOf, terms.orderCost, costs.holding, reviewDays).costPerPeriod;
  };
  const quantity = allowedQuantities(base > 0 ? wanted : base, terms).reduce((best, each) =>
    perPeriod(each) < perPeriod(best) ? each : best,
  );
  return { wanted: base > 0 ? Math.ceil(wanted) : base, quantity };
}

/** The quantity that meets the service level, with the lot that orders' cost makes worth while. */
function byService(choice: Choice): Chosen {
  const { requirement, terms, target, demandOf, reviewDays, method, sellable } = choice;
  const lot = sellable ? NO_LOT : lotSize(demandOf, terms.orderCost, terms.holdingEstimate * reviewDays, reviewDays);
  const wanted =
    method === 'fill_rate'
      ? quantityForFillRate(requirement, demandOf(0) + lot.extra, target)
      : quantityForCycleService(requirement, target);
  const most = mostSellable(choice);
  if (wanted <= 0) return { wanted, quantity: 0 };
  const full = Math.min(Math.ceil(wanted + lot.extra), most);
  const packs = roundUp(full, terms);
  if (packs <= most) return { wanted: full, quantity: packs };
  // fewer packs, or the one of which at least half is sold in time
  const fewer = allowedQuantities(full, terms).find((each) => each > 0 && each <= most);
  return { wanted: full, quantity: fewer ?? (most >= packs / 2 ? packs : 0) };
}

const NO_LOT: Lot = { periods: 1, extra: 0, costPerPeriod: 0 };

/** The cheapest quantity where what does not sell in time is lost; the cost is convex. */
function cheapestPerishable({ requirement }: Choice, cost: (quantity: number) => number): number {
  let low = Math.floor(requirement.net.reduce((least, need) => Math.min(least, need), Infinity));
  let high = Math.ceil(requirement.net.reduce((most, need) => Math.max(most, need), -Infinity));
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (cost(middle + 1) < cost(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** No unit is ordered that is likelier to be thrown away than its cost allows; even odds where money is not known. */
function mostSellable({ requirement, sellable, terms }: Choice): number {
  if (!sellable) return Infinity;
  const ratio = terms.unitCost / (terms.unitCost + terms.shortageEstimate);
  return sellableQuantity(requirement, sellable, ratio > 0 && ratio < 1 ? ratio : 0.5);
}
