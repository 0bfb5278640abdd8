import { normalQuantile } from '../numerics/distributions.ts';
import { leastQuantity, type Requirement } from './net-requirement.ts';
import { COURSES, LEVELS } from './scenarios.ts';

/** What one unit too few or too many costs over one review period. */
export interface UnitCosts {
  shortage: number;
  /** Holding one unit for one review period. */
  holding: number;
}

/** How fast stock that is not needed sells off, in each level of demand. */
export interface RunOff {
  /** Mean demand of one review period after the window, [level]. */
  demand: Float64Array;
  /** Stock that is wanted at the window's end anyway, [level]. */
  safety: Float64Array;
}

/** Least demand per review period that stock is taken to run off with, as a share of a unit. */
const LEAST_RUN_OFF = 0.02;

/** Probability of no stock-out at which one more unit costs as much to hold as it saves. */
export function criticalRatio({ shortage, holding }: UnitCosts): number {
  return Math.min(0.999, shortage / (shortage + holding));
}

/**
 * Run-off of each level: demand goes on at the level's rate, and the safety stock is the normal one for the chance part.
 *
 * @param windowDemand mean of the whole window
 * @param reviewDemand mean of one review period after it
 */
export function runOff(
  windowDemand: number,
  reviewDemand: number,
  dispersion: number,
  levels: Float64Array,
  probability: number,
): RunOff {
  const z = Math.max(0, normalQuantile(probability));
  return {
    demand: levels.map((level) => Math.max(LEAST_RUN_OFF, reviewDemand * level)),
    safety: levels.map((level) => z * Math.sqrt(dispersion * windowDemand * level)),
  };
}

/**
 * Expected cost of a quantity: shortage and holding of the review period after its arrival, and holding of what is then
 * more than anybody wants until it has sold off. In a level with demand `d` per period and safety stock `t`, an excess `x`
 * sells off in `(x - t) / d` periods and costs `holding * (x - t)^2 / (2 d)` on the way: that is why an uncertain level
 * asks for less than the plain newsvendor quantile.
 */
export function expectedCost({ net }: Requirement, costs: UnitCosts, run: RunOff, quantity: number): number {
  let sum = 0;
  for (let k = 0; k < net.length; k++) {
    const left = quantity - net[k]!;
    if (left < 0) {
      sum -= costs.shortage * left;
      continue;
    }
    const level = Math.floor(k / COURSES) % LEVELS;
    const excess = Math.max(0, left - run.safety[level]!);
    sum += costs.holding * (left + (excess * excess) / (2 * run.demand[level]!));
  }
  return sum / net.length;
}

/** The whole quantity of least cost, which may be negative (stock that should not be there). @param cost convex */
export function cheapestQuantity(requirement: Requirement, cost: (quantity: number) => number): number {
  return leastQuantity(requirement, (quantity) => !(cost(quantity + 1) < cost(quantity)));
}

/** How a quantity may be ordered. */
export interface OrderRule {
  packSize: number;
  minOrderQuantity: number;
}

/** Next quantity upwards that may be ordered: whole packs, not under the minimum; 0 for nothing. */
export function roundUp(quantity: number, { packSize, minOrderQuantity }: OrderRule): number {
  if (quantity <= 0) return 0;
  return Math.ceil(Math.max(quantity, minOrderQuantity) / packSize - 1e-9) * packSize;
}

/** The quantities that may be ordered around the one wanted: nothing, the whole packs below, and those above. */
export function allowedQuantities(wanted: number, rule: OrderRule): number[] {
  if (wanted <= 0) return [0];
  const up = roundUp(wanted, rule);
  const down = Math.floor(wanted / rule.packSize) * rule.packSize;
  return down > 0 && down >= rule.minOrderQuantity && down < up ? [0, down, up] : [0, up];
}
