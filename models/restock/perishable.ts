import type { DemandCurve } from './demand-curve.ts';
import type { Requirement } from './net-requirement.ts';

/** The same demand, ending with the day `days` after the as-of morning. */
export function endCurve(curve: DemandCurve, days: number): DemandCurve {
  if (!(days < Infinity)) return curve;
  const { cumulative, periodDays } = curve;
  const last = Math.max(0, days) / periodDays;
  const periods = Math.max(cumulative.length - 1, Math.ceil(last));
  const ended = new Float64Array(periods + 1);
  for (let h = 1; h <= periods; h++) {
    const share = Math.min(1, Math.max(0, last - (h - 1)));
    const mean = h < cumulative.length ? cumulative[h]! - cumulative[h - 1]! : curve.ratePerDay * periodDays;
    ended[h] = ended[h - 1]! + mean * share;
  }
  return { cumulative: ended, periodDays, ratePerDay: 0 };
}

/**
 * Mean number of units of an order that nobody takes before they expire or the product ends. Older stock is sold first.
 *
 * @param sellable demand between the window's end and the last day on which a unit of this order can be sold, [scenario]
 */
export function expectedWaste({ net }: Requirement, sellable: Float64Array, quantity: number): number {
  let sum = 0;
  for (let k = 0; k < net.length; k++) {
    const left = quantity - net[k]! - sellable[k]!;
    if (left > 0) sum += Math.min(quantity, left);
  }
  return sum / net.length;
}

/** Money thrown away with an order on average; 0 where goods keep (no `sellable`) or nothing is known of their cost. */
export function wasteCost(
  requirement: Requirement,
  sellable: Float64Array | undefined,
  unitCost: number,
  quantity: number,
): number {
  return sellable && quantity > 0 ? (unitCost || 0) * expectedWaste(requirement, sellable, quantity) : 0;
}

/** The most whole units of which the last is still sold in time with the probability; 0 where not even one is. */
export function sellableQuantity({ net }: Requirement, sellable: Float64Array, probability: number): number {
  const taken = net.map((need, k) => need + sellable[k]!).sort();
  const at = Math.min(taken.length - 1, Math.floor((1 - probability) * taken.length));
  return Math.max(0, Math.floor(taken[at]! + 1e-9));
}
