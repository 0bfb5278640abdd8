import { expectedShortage, leastQuantity, type Requirement } from './net-requirement.ts';

/** What a service level is a share of: cycles without a miss (type 1), or demand served from the shelf (type 2). */
export const SERVICE_KINDS = ['cycle_service', 'fill_rate'] as const;
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/**
 * The whole quantity with which demand after the order's arrival is met with a probability nearest to the one wanted; may
 * be negative. The least quantity that reaches it would give more than was asked wherever a unit more or less changes the
 * probability much: with two units a window and 90 % wanted, 95 %.
 *
 * O(scenarios x log scenarios).
 */
export function quantityForCycleService({ net }: Requirement, probability: number): number {
  const sorted = Float64Array.from(net).sort();
  const enough = Math.ceil(sorted[Math.min(sorted.length - 1, Math.ceil(probability * sorted.length) - 1)]!);
  const metWith = (quantity: number): number => net.reduce((met, need) => met + (need <= quantity ? 1 : 0), 0);
  const over = metWith(enough) - probability * net.length;
  const under = probability * net.length - metWith(enough - 1);
  return under < over ? enough - 1 : enough;
}

/**
 * The whole quantity with which the share of demand served is nearest to the one wanted; may be negative.
 *
 * @param demand mean demand that the misses are a share of: of the time from this delivery to the next
 * O(scenarios x log units).
 */
export function quantityForFillRate(requirement: Requirement, demand: number, fillRate: number): number {
  const allowed = (1 - fillRate) * demand;
  const low = leastQuantity(requirement, (quantity) => !(expectedShortage(requirement, quantity) > allowed));
  const over = allowed - expectedShortage(requirement, low);
  const under = expectedShortage(requirement, low - 1) - allowed;
  return under < over ? low - 1 : low;
}
