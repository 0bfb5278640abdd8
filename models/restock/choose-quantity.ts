import { costToGo, expectedToGo, highestLevel, type Outlook } from './look-ahead.ts';
import { lotSize } from './lot.ts';
import { expectedMissedBefore, type Requirement } from './net-requirement.ts';
import {
  allowedQuantities,
  cheapestQuantity,
  expectedCost,
  type RunOff,
  roundUp,
  type UnitCosts,
} from './order-quantity.ts';
import { sellableQuantity, wasteCost } from './perishable.ts';
import { LEVELS } from './scenarios.ts';
import { quantityForCycleService, quantityForFillRate } from './service-quantity.ts';
import type { SupplyTerms } from './supply-terms.ts';

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
  /** Stock on hand and under way, whenever it comes. */
  position: number;
  /** What later reviews are planned from. */
  outlook: Omit<Outlook, 'lotPeriods'>;
  /** Units to order at least, whatever they cost. */
  floor: number;
}

/** What is wanted, and what may be ordered of it. */
export interface Chosen {
  /** Units that the window asks for, without what is ordered for later; negative where stock is left over. */
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
 * The quantity of least expected cost. Where each review stands for itself, that is the newsvendor's with its run-off; where
 * orders interact (they cost money, come in large lots, or the goods expire or end), all later reviews count as well.
 */
function byCost(choice: Choice): Chosen {
  const { requirement, costs, run, terms, sellable, demandOf } = choice;
  const cost = (quantity: number): number => expectedCost(requirement, costs, run, quantity);
  // what does not sell in time is lost
  const base = Math.min(
    mostSellable(choice),
    cheapestQuantity(requirement, (q) => cost(q) + wasteCost(requirement, sellable, terms.unitCost, q)),
  );
  const smallest = Math.max(terms.packSize, terms.minOrderQuantity);
  if (sellable || terms.orderCost > 0 || smallest > Math.max(1, demandOf(1))) return byLookAhead(choice, base);
  const quantity = allowedQuantities(base, terms).reduce((best, each) => (cost(each) < cost(best) ? each : best));
  return { wanted: base, quantity };
}

/** Quantities compared in a first look; the best of them is then refined. */
const COMPARED = 48;

function byLookAhead(choice: Choice, base: number): Chosen {
  const { requirement, terms, outlook, costs, reviewDays, demandOf } = choice;
  // what is missed before the order arrives uses up none of it
  const position = choice.position + expectedMissedBefore(requirement);
  const lot = lotSize(demandOf, terms.orderCost, costs.holding, reviewDays);
  const view = { ...outlook, lotPeriods: lot.periods };
  const later = expectedToGo(view, costToGo(view));
  const most = Math.min(mostSellable(choice), Math.max(base, highestLevel(view) - position));
  // what is left when the product ends is counted by the last review
  const isEndCounted = terms.endsInDays <= terms.leadDays + terms.shelfLifeDays;
  const total = (quantity: number): number =>
    expectedCost(requirement, costs, NO_RUN_OFF, quantity) +
    (isEndCounted ? 0 : wasteCost(requirement, choice.sellable, terms.unitCost, quantity)) +
    (quantity > 0 ? terms.orderCost : 0) +
    later(position + quantity);
  const pack = terms.packSize;
  const first = Math.max(1, Math.round(roundUp(Math.max(1e-9, terms.minOrderQuantity), terms) / pack));
  const last = Math.max(first, Math.floor(most / pack + 1e-9));
  let stride = Math.max(1, Math.ceil((last - first) / COMPARED));
  let best = 0;
  let least = total(0);
  const look = (packs: number): void => {
    const cost = packs >= first && packs <= last ? total(packs * pack) : Infinity;
    if (cost < least - 1e-9) [best, least] = [packs, cost];
  };
  for (let packs = first; packs <= last; packs += stride) look(packs);
  while (best > 0 && stride > 1) {
    stride = Math.ceil(stride / 4);
    const middle = best;
    for (let i = -4; i <= 4; i++) look(middle + i * stride);
  }
  return { wanted: base, quantity: best * pack };
}

/** The quantity that meets the service level, with the lot that orders' cost makes worth while. */
function byService(choice: Choice): Chosen {
  const { requirement, terms, target, demandOf, reviewDays, method } = choice;
  const lot = lotSize(demandOf, terms.orderCost, terms.holdingEstimate * reviewDays, reviewDays);
  const wanted =
    method === 'fill_rate'
      ? quantityForFillRate(requirement, demandOf(0) + lot.extra, target)
      : quantityForCycleService(requirement, target);
  const most = mostSellable(choice);
  if (wanted <= 0) return { wanted, quantity: 0 };
  const full = Math.min(Math.ceil(wanted + lot.extra), most);
  const packs = roundUp(full, terms);
  const needed = Math.min(wanted, most);
  if (packs <= most) return { wanted: needed, quantity: packs };
  // fewer packs, or the one of which at least half is sold in time
  const fewer = allowedQuantities(full, terms).find((each) => each > 0 && each <= most);
  return { wanted: needed, quantity: fewer ?? (most >= packs / 2 ? packs : 0) };
}

/** Later reviews count what is left over. */
const NO_RUN_OFF: RunOff = {
  demand: new Float64Array(LEVELS).fill(Infinity),
  safety: new Float64Array(LEVELS),
};

/** No unit is ordered that is likelier to be thrown away than its cost allows; even odds where money is not known. */
function mostSellable({ requirement, sellable, terms }: Choice): number {
  if (!sellable) return Infinity;
  const ratio = terms.unitCost / (terms.unitCost + terms.shortageEstimate);
  return sellableQuantity(requirement, sellable, ratio > 0 && ratio < 1 ? ratio : 0.5);
}
