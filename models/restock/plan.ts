import { type DemandCurve, daysToSell, demandUntil } from './demand-curve.ts';
import { demandQuantile } from './demand-quantiles.ts';
import { marginalCost } from './marginal-cost.ts';
import { expectedLeftover, expectedShortage, netRequirement, stockoutProbability } from './net-requirement.ts';
import { lastOrderDay } from './order-by.ts';
import {
  allowedQuantities,
  cheapestQuantity,
  criticalRatio,
  expectedCost,
  type OrderRule,
  quantityForService,
  roundUp,
  runOff,
} from './order-quantity.ts';
import { demandScenarios } from './scenarios.ts';
import { type Spread, withLeadTimeRisk } from './spread.ts';
import { type Arrival, protectionWindow } from './window.ts';

/** Terms on which one product reaches one location. Money that is not known is NaN, but for the order's cost. */
export interface SupplyTerms extends OrderRule {
  leadDays: number;
  leadSdDays: number;
  reviewDays: number;
  orderCost: number;
  /** Costs that were given for the purpose; together they decide instead of the service level. */
  holdingPerUnitDay: number;
  shortagePerUnit: number;
  /** The same, or an estimate where they were not given: what the value at stake is counted in. */
  holdingEstimate: number;
  shortageEstimate: number;
  serviceLevel: number;
}

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
  /** Probability of no stock-out in the window that is aimed at. */
  target: number;
  /** `cost` where shortage and holding costs decide, `service` where the service level does. */
  method: 'cost' | 'service';
  /** Days until stock and deliveries of the window are sold; Infinity without demand. */
  coverDays: number;
  /** Probability that demand is missed before the next delivery could come, if nothing is ordered now. */
  stockoutProbability: number;
  /** The same with the order. */
  stockoutProbabilityAfter: number;
  /** Probability that demand is missed before an order placed now arrives. */
  stockoutBeforeArrival: number;
  /** Expected units saved from being missed by the order. */
  unitsSaved: number;
  /** Expected units missed before an order placed now arrives. */
  unitsMissedBefore: number;
  /** Money the order saves: shortage avoided less holding added and the order's cost; NaN where a cost is not known. */
  value: number;
  /** Last day on which ordering still meets the target, as days after the as-of day; Infinity where none is needed. */
  orderByDay: number;
  /** Expected cost of another quantity, for decisions over many pairs: see `marginalCost`. */
  costOf: (quantity: number) => number;
  /** What another quantity would bring. */
  outcomeOf: (quantity: number) => OrderOutcome;
}

/** What depends on the quantity ordered, as in `Plan`. */
export type OrderOutcome = Pick<Plan, 'quantity' | 'stockoutProbabilityAfter' | 'unitsSaved' | 'value'>;

/** Works out the order of one product at one location. O(scenarios x blocks). */
export function planOrder(situation: Situation): Plan {
  const { curve, terms, isCount, onHand } = situation;
  const leadDays = terms.leadDays + situation.onwardDays;
  const reviewDays = Math.max(1, terms.reviewDays);
  const window = protectionWindow(curve, situation.arrivals, leadDays, reviewDays);
  const spread = withLeadTimeRisk(situation.spread, terms.leadSdDays, window.days);
  const scenarios = demandScenarios(window.blockMeans, spread, isCount);
  const requirement = netRequirement(window, scenarios, onHand);
  const windowDemand = demandUntil(curve, window.days) * spread.bias;
  const inbound = window.arrivals.reduce((sum, quantity) => sum + quantity, 0);
  const position = onHand + inbound;

  const costs = { shortage: terms.shortagePerUnit, holding: terms.holdingPerUnitDay * reviewDays };
  const isByCost = costs.shortage > 0 && costs.holding > 0;
  const target = isByCost ? criticalRatio(costs) : terms.serviceLevel;
  const reviewDemand = (demandUntil(curve, window.days + reviewDays) - demandUntil(curve, window.days)) * spread.bias;
  const run = runOff(windowDemand, reviewDemand, spread.dispersion, scenarios.levels, target);
  const cost = (quantity: number): number => expectedCost(requirement, costs, run, quantity);

  let wanted = 0;
  let quantity = 0;
  if (windowDemand > 0) {
    wanted = isByCost ? cheapestQuantity(requirement, costs, run) : quantityForService(requirement, target);
    if (isByCost) {
      const order = (candidate: number): number => cost(candidate) + (candidate > 0 ? terms.orderCost : 0);
      quantity = allowedQuantities(wanted, terms).reduce((best, each) => (order(each) < order(best) ? each : best));
    } else {
      quantity = roundUp(wanted, terms);
    }
    const floor = demandUntil(curve, situation.floorDays) * spread.bias - position;
    if (floor > wanted) {
      wanted = Math.ceil(floor);
      quantity = roundUp(wanted, terms);
    }
  } else {
    wanted = -position;
  }

  const outcomeOf = (ordered: number): OrderOutcome => {
    const unitsSaved = expectedShortage(requirement, 0) - expectedShortage(requirement, ordered);
    const added = expectedLeftover(requirement, ordered) - expectedLeftover(requirement, 0);
    const holding = added * reviewDays * (terms.holdingEstimate || 0);
    return {
      quantity: ordered,
      stockoutProbabilityAfter: stockoutProbability(requirement, ordered),
      unitsSaved,
      value: ordered > 0 ? unitsSaved * terms.shortageEstimate - holding - terms.orderCost : 0,
    };
  };
  const quantileUntil = (days: number): number =>
    demandQuantile(demandUntil(curve, days) * spread.bias, spread.dispersion, spread.levelVariance, target, isCount);
  return {
    ...outcomeOf(quantity),
    orderUpTo: Math.max(0, position + wanted),
    inbound,
    windowDays: window.days,
    windowDemand,
    target,
    method: isByCost ? 'cost' : 'service',
    coverDays: daysToSell(curve, position / spread.bias),
    stockoutProbability: stockoutProbability(requirement, 0),
    stockoutBeforeArrival: share(requirement.missedBefore),
    unitsMissedBefore: mean(requirement.missedBefore),
    orderByDay: lastOrderDay(quantileUntil, onHand, situation.arrivals, leadDays, reviewDays, quantity > 0),
    costOf: marginalCost(requirement, costs, run, terms, target),
    outcomeOf,
  };
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const share = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) / values.length;
