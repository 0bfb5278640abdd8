import { chooseQuantity } from './choose-quantity.ts';
import { type DemandCurve, daysToSell, demandUntil } from './demand-curve.ts';
import { demandQuantile } from './demand-quantiles.ts';
import { marginalCost } from './marginal-cost.ts';
import {
  expectedLeftover,
  expectedMissedBefore,
  expectedShortage,
  netRequirement,
  stockoutProbability,
} from './net-requirement.ts';
import { lastOrderDay } from './order-by.ts';
import { criticalRatio, runOff } from './order-quantity.ts';
import { endCurve, expectedWaste } from './perishable.ts';
import { demandScenarios, MAX_BLOCKS } from './scenarios.ts';
import { type Spread, withLeadTimeRisk } from './spread.ts';
import type { SupplyTerms } from './supply-terms.ts';
import { type Arrival, protectionWindow } from './window.ts';

/** One product at one location, in the morning of the as-of day. */
export interface Situation {
  curve: DemandCurve;
  spread: Spread;
  /** Whether demand comes in whole units. */
  isCount: boolean;
  /** Units that can be sold; not negative. */
  onHand: number;
  /** Ascending by day. */
  arrivals: readonly Arrival[];
  terms: SupplyTerms;
  /** Days of delivery that goods spend on the way after they were received (warehouse to store); 0 for a store. */
  onwardDays: number;
  /** Order at least up to the mean demand of so many days; 0 for no such floor. */
  floorDays: number;
}

export interface Plan {
  /** What to order now, as whole packs; 0 for nothing. */
  quantity: number;
  /** Position (on hand and due in the window) that the window asks for. */
  orderUpTo: number;
  /** Units due within the window. */
  inbound: number;
  windowDays: number;
  windowDemand: number;
  /** Probability of no stock-out in the window that is aimed at; with `fill_rate` the share of demand to serve. */
  target: number;
  /** `cost` where shortage and holding costs decide, else what the service level is a share of: cycles or demand. */
  method: 'cost' | 'service' | 'fill_rate';
  /** Days until stock and deliveries of the window are sold; Infinity without demand. */
  coverDays: number;
  /** Probability that demand is missed before what is ordered at the next chance could come, if nothing is ordered now. */
  stockoutProbability: number;
  /** The same with the order. */
  stockoutProbabilityAfter: number;
  /** Probability that demand is missed between the order's arrival and the next one's, with the order. */
  stockoutAfterArrival: number;
  /** Probability that demand is missed before an order placed now arrives. */
  stockoutBeforeArrival: number;
  /** Expected units saved from being missed by the order. */
  unitsSaved: number;
  /** Expected units missed before an order placed now arrives. */
  unitsMissedBefore: number;
  /** Expected units of the order that nobody takes before they expire or the product ends. */
  unitsWasted: number;
  /** Money the order saves: shortage avoided less holding added, waste and the order's cost; NaN where a cost is not known. */
  value: number;
  /** Last day on which ordering still meets the target, as days after the as-of day; Infinity where none is needed. */
  orderByDay: number;
  /** Expected cost of another quantity, for decisions over many pairs: see `marginalCost`. */
  costOf: (quantity: number) => number;
  /** What another quantity would bring. */
  outcomeOf: (quantity: number) => OrderOutcome;
}

/** What depends on the quantity ordered, as in `Plan`. */
export type OrderOutcome = Pick<
  Plan,
  'quantity' | 'stockoutProbabilityAfter' | 'stockoutAfterArrival' | 'unitsSaved' | 'unitsWasted' | 'value'
>;

/** Probability of no stock-out that the terms ask for: by cost where both costs are given, else the service level. */
export function targetOf({ shortagePerUnit, holdingPerUnitDay, reviewDays, serviceLevel }: SupplyTerms): number {
  const costs = { shortage: shortagePerUnit, holding: holdingPerUnitDay * Math.max(1, reviewDays) };
  return costs.shortage > 0 && costs.holding > 0 ? criticalRatio(costs) : serviceLevel;
}

/** Works out the order of one product at one location. O(scenarios x blocks). */
export function planOrder(situation: Situation): Plan {
  const { terms, isCount, onHand } = situation;
  const curve = endCurve(situation.curve, terms.endsInDays);
  const leadDays = terms.leadDays + situation.onwardDays;
  const reviewDays = Math.max(1, terms.reviewDays);
  const lastSaleDay = Math.min(terms.leadDays + terms.shelfLifeDays, terms.endsInDays);
  const isPerishable = lastSaleDay < Infinity;
  // goods that expire before the next delivery serve until they do
  const servedDays = Math.max(1, Math.min(reviewDays, terms.shelfLifeDays - situation.onwardDays));
  const window = protectionWindow(curve, situation.arrivals, leadDays, servedDays, MAX_BLOCKS - (isPerishable ? 1 : 0));
  const spread = withLeadTimeRisk(situation.spread, terms.leadSdDays, window.days);
  const afterwards = isPerishable ? Math.max(0, demandUntil(curve, lastSaleDay) - demandUntil(curve, window.days)) : 0;
  const scenarios = demandScenarios([...window.blockMeans, ...(isPerishable ? [afterwards] : [])], spread, isCount);
  const sellable = isPerishable ? scenarios.demand.pop() : undefined;
  const requirement = netRequirement(window, scenarios, onHand);
  const windowDemand = demandUntil(curve, window.days) * spread.bias;
  const inbound = window.arrivals.reduce((sum, quantity) => sum + quantity, 0);
  const position = onHand + inbound;

  const heldDays = Math.max(1, Math.min(reviewDays, lastSaleDay - leadDays));
  const costs = { shortage: terms.shortagePerUnit, holding: terms.holdingPerUnitDay * heldDays };
  const isByCost = costs.shortage > 0 && costs.holding > 0;
  const method = isByCost ? 'cost' : terms.serviceKind === 'fill_rate' ? 'fill_rate' : 'service';
  const target = isByCost ? criticalRatio(costs) : terms.serviceLevel;
  const demandOf = (period: number): number =>
    (demandUntil(curve, leadDays + (period + 1) * reviewDays) - demandUntil(curve, leadDays + period * reviewDays)) *
    spread.bias;
  const run = runOff(windowDemand, sellable ? Infinity : demandOf(1), spread.dispersion, scenarios.levels, target);
  const floor = demandUntil(curve, situation.floorDays) * spread.bias - position;
  const { wanted, quantity } =
    windowDemand > 0
      ? chooseQuantity({
          requirement,
          terms,
          method,
          target,
          costs,
          run,
          reviewDays,
          demandOf,
          sellable,
          floor,
          position: situation.arrivals.reduce((sum, arrival) => sum + arrival.quantity, onHand),
          outlook: {
            ...{ curve, spread, isCount, leadDays, reviewDays, rule: terms, ...costs },
            ...{ orderCost: terms.orderCost, unitCost: terms.unitCost },
            ...{ endsInDays: terms.endsInDays, shelfLifeDays: terms.shelfLifeDays },
          },
        })
      : { wanted: -position, quantity: 0 };

  const outcomeOf = (ordered: number): OrderOutcome => {
    const unitsSaved = expectedShortage(requirement, 0) - expectedShortage(requirement, ordered);
    const added = expectedLeftover(requirement, ordered) - expectedLeftover(requirement, 0);
    const unitsWasted = sellable ? expectedWaste(requirement, sellable, ordered) : 0;
    const spent = added * heldDays * (terms.holdingEstimate || 0) + unitsWasted * (terms.unitCost || 0);
    return {
      quantity: ordered,
      stockoutProbabilityAfter: stockoutProbability(requirement, ordered),
      stockoutAfterArrival: share(requirement.net, ordered),
      unitsSaved,
      unitsWasted,
      value: ordered > 0 ? unitsSaved * terms.shortageEstimate - spent - terms.orderCost : 0,
    };
  };
  const sure = method === 'fill_rate' ? Math.min(0.999, Math.max(0.5, 1 - share(requirement.net, wanted))) : target;
  const quantileUntil = (days: number): number =>
    demandQuantile(demandUntil(curve, days) * spread.bias, spread.dispersion, spread.levelVariance, sure, isCount);
  return {
    ...outcomeOf(quantity),
    orderUpTo: Math.max(0, position + wanted),
    inbound,
    windowDays: window.days,
    windowDemand,
    target,
    method,
    coverDays: daysToSell(curve, position / spread.bias),
    stockoutProbability: stockoutProbability(requirement, 0),
    stockoutBeforeArrival: share(requirement.missedBefore, 0),
    unitsMissedBefore: expectedMissedBefore(requirement),
    orderByDay: lastOrderDay(quantileUntil, onHand, situation.arrivals, leadDays, reviewDays, quantity > 0),
    costOf: marginalCost(requirement, costs, run, terms, sure, sellable),
    outcomeOf,
  };
}

const share = (values: Float64Array, above: number): number =>
  values.reduce((sum, value) => sum + (value > above ? 1 : 0), 0) / values.length;
