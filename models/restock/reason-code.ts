import type { Plan } from './plan.ts';

/**
 * Why a row says what it says. With an order: `STOCKED_OUT` nothing on the shelf; `SURGE` demand is about to rise manifold;
 * `STOCKOUT_AHEAD` stock may run out before the delivery; `BELOW_TARGET` stock is under the target.
 * Without: `COVERED`, `NO_DEMAND` forecast zero, `STOCK_UNKNOWN` never counted, `NO_FORECAST` never sold,
 * `NOT_WORTH_ORDERING` the order would cost more than it saves, `HELD_BACK` a limit over all orders leaves nothing for it,
 * `TRANSFER_COVERS` a neighbour's stock takes the order's place.
 */
export type RestockCode =
  | 'STOCKED_OUT'
  | 'SURGE'
  | 'STOCKOUT_AHEAD'
  | 'BELOW_TARGET'
  | 'COVERED'
  | 'NO_DEMAND'
  | 'STOCK_UNKNOWN'
  | 'NO_FORECAST'
  | 'NOT_WORTH_ORDERING'
  | 'HELD_BACK'
  | 'TRANSFER_COVERS';

/** What is known of a pair besides its plan. */
export interface PairFacts {
  isCounted: boolean;
  hasForecast: boolean;
  isSurge: boolean;
  onHand: number;
}

export function restockCode(plan: Plan, { isCounted, hasForecast, isSurge, onHand }: PairFacts): RestockCode {
  if (!hasForecast) return 'NO_FORECAST';
  if (!isCounted) return 'STOCK_UNKNOWN';
  if (plan.quantity > 0) {
    if (onHand <= 0) return 'STOCKED_OUT';
    if (isSurge) return 'SURGE';
    return plan.stockoutBeforeArrival > 1 - plan.target ? 'STOCKOUT_AHEAD' : 'BELOW_TARGET';
  }
  if (!(plan.windowDemand > 0)) return 'NO_DEMAND';
  return plan.orderUpTo > onHand + plan.inbound ? 'NOT_WORTH_ORDERING' : 'COVERED';
}
