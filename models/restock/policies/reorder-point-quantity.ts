import { normalQuantile } from '../../numerics/distributions.ts';
import { type DiscreteDemand, meanDemand } from './discrete-demand.ts';
import { economicOrderQuantity, type LotCosts, lotWithBackorders } from './economic-order-quantity.ts';
import { lossTable, standardNormalLoss, standardNormalSecondLoss } from './loss.ts';

/** (R, Q) at continuous review: when the position falls to `reorderPoint`, order `quantity`. */
export interface ReorderQuantity {
  reorderPoint: number;
  quantity: number;
}

/** Costs and demand of such a system. Rates are per unit of time; what waits costs `shortage` per unit and unit of time. */
export interface LotSystem extends LotCosts {
  shortage: number;
}

/** Mean and standard deviation of normal demand over the lead time. */
export interface LeadTimeDemand {
  mean: number;
  sd: number;
}

/**
 * Long-run cost per unit of time with normal demand over the lead time.
 *
 * For example 5.1 of Snyder and Shen (2019), a year of 1,300 +- 150 and a lead time of a month, (126, 318) costs 78.12.
 */
export function reorderQuantityCost(
  { reorderPoint, quantity }: ReorderQuantity,
  { orderCost, holding, shortage, demandRate }: LotSystem,
  { mean, sd }: LeadTimeDemand,
): number {
  const owed = (level: number): number => sd * sd * standardNormalSecondLoss((level - mean) / sd);
  const waiting = (owed(reorderPoint) - owed(reorderPoint + quantity)) / quantity;
  const held = reorderPoint - mean + quantity / 2 + waiting;
  return (orderCost * demandRate) / quantity + holding * held + shortage * waiting;
}

/** The best reorder point for a quantity: the one at which `reorderPoint` and `reorderPoint + quantity` cost the same. */
export function reorderPointFor(quantity: number, { holding, shortage }: LotSystem, lead: LeadTimeDemand): number {
  const cost = levelCost(holding, shortage, lead);
  let low = lead.mean - 12 * lead.sd - quantity;
  let high = lead.mean + 12 * lead.sd;
  for (let i = 0; i < 200 && high - low > 1e-10 * (1 + Math.abs(high)); i++) {
    const middle = (low + high) / 2;
    if (cost(middle) > cost(middle + quantity)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The best (R, Q) for normal demand over the lead time: the quantity at which the cost of the reorder point equals the
 * cost of the whole, found by bisection (Zheng 1992, Management Science 38(1)).
 */
export function exactReorderQuantity(system: LotSystem, lead: LeadTimeDemand): ReorderQuantity & { cost: number } {
  const cost = levelCost(system.holding, system.shortage, lead);
  const at = (quantity: number) => {
    const reorderPoint = reorderPointFor(quantity, system, lead);
    return { reorderPoint, quantity, cost: reorderQuantityCost({ reorderPoint, quantity }, system, lead) };
  };
  let low = lotWithBackorders(system, system.shortage).quantity;
  let high = low;
  while (cost(at(high).reorderPoint) < at(high).cost) high *= 2;
  for (let i = 0; i < 100 && high - low > 1e-9 * high; i++) {
    const middle = (low + high) / 2;
    const { reorderPoint, cost: whole } = at(middle);
    if (cost(reorderPoint) < whole) low = middle;
    else high = middle;
  }
  return at((low + high) / 2);
}

/**
 * The best (R, Q) in whole units for demand that comes unit by unit, such as Poisson.
 *
 * `exactUnitReorderQuantity({ orderCost: 100, holding: 20, shortage: 150, demandRate: 1.5 }, poissonDemand(3))` is (3, 5)
 * at 107.92 (Snyder and Shen 2019, example 5.8).
 *
 * @param lead demand over the lead time
 * O(quantity). Federgruen and Zheng (1992), Operations Research 40(4).
 */
export function exactUnitReorderQuantity(
  { orderCost, holding, shortage, demandRate }: LotSystem,
  lead: DiscreteDemand,
): ReorderQuantity & { cost: number } {
  const loss = lossTable(lead);
  const mean = meanDemand(lead);
  const cost = (level: number): number => {
    const waiting = level < 0 ? mean - level : level < loss.length ? loss[level]! : 0;
    return holding * (level - mean + waiting) + shortage * waiting;
  };
  let best = 0;
  while (cost(best + 1) < cost(best)) best++;
  let reorderPoint = best - 1;
  let quantity = 1;
  let sum = orderCost * demandRate + cost(best);
  for (;;) {
    const next = Math.min(cost(reorderPoint), cost(reorderPoint + quantity + 1));
    if (next >= sum / quantity) return { reorderPoint, quantity, cost: sum / quantity };
    if (cost(reorderPoint) <= cost(reorderPoint + quantity + 1)) reorderPoint--;
    quantity++;
    sum += next;
  }
}

/**
 * The usual short cut: the economic order quantity, and a reorder point that covers lead-time demand with the critical
 * ratio. `(190.3, 304.0)` for example 5.1 of Snyder and Shen (2019, example 5.5).
 */
export function lotWithSafetyStock(system: LotSystem, { mean, sd }: LeadTimeDemand): ReorderQuantity {
  const ratio = system.shortage / (system.shortage + system.holding);
  return {
    reorderPoint: mean + normalQuantile(ratio) * sd,
    quantity: economicOrderQuantity(system).quantity,
  };
}

/** The lot with planned backorders, and the best reorder point for it: never more than 11.8 % above the best cost. */
export function lotWithBestPoint(system: LotSystem, lead: LeadTimeDemand): ReorderQuantity {
  const { quantity } = lotWithBackorders(system, system.shortage);
  return { reorderPoint: reorderPointFor(quantity, system, lead), quantity };
}

function levelCost(holding: number, shortage: number, { mean, sd }: LeadTimeDemand): (level: number) => number {
  return (level) => {
    const waiting = sd * standardNormalLoss((level - mean) / sd);
    return holding * (level - mean + waiting) + shortage * waiting;
  };
}
