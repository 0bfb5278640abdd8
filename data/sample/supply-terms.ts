import type { Random } from '../random.ts';
import type { Product } from './assortment.ts';
import { between, gamma, pick } from './distributions.ts';
import type { Market } from './market.ts';

/** Terms of supply of a product at one location: a store is served by its warehouse, a warehouse by the supplier. */
export interface SupplyTerms {
  leadTimeDays: number;
  leadTimeSdDays: number;
  reviewPeriodDays: number;
  orderCostCents: number;
}

/** Yearly cost of keeping stock, as a share of its cost: capital, room and shrinkage. */
const HOLDING_RATE_PER_YEAR = 0.22;
/** A customer who finds the shelf empty costs the margin and this share of it in good will. */
const GOODWILL = 0.25;

/** Terms by location, stores first and then warehouses. */
export function makeSupplyTerms(market: Market, random: Random): SupplyTerms[] {
  const reviewPeriodDays = pick(random, [1, 2, 3]);
  const leadTimeDays = Math.round(between(random, 8, 32));
  const leadTimeSdDays = Math.round(10 * leadTimeDays * between(random, 0.12, 0.35)) / 10;
  return [
    ...market.stores.map(() => ({ leadTimeDays: 2, leadTimeSdDays: 0.7, reviewPeriodDays, orderCostCents: 200 })),
    ...market.warehouses.map(({ region }) => ({
      leadTimeDays: leadTimeDays + 3 * region,
      leadTimeSdDays,
      reviewPeriodDays: 7,
      orderCostCents: 4500,
    })),
  ];
}

/** A lead time in whole days, at least 1: gamma with the mean and standard deviation of the terms. */
export function drawLeadTime(terms: SupplyTerms, random: Random): number {
  const variance = terms.leadTimeSdDays ** 2;
  return Math.max(1, Math.round(gamma(random, terms.leadTimeDays ** 2 / variance, variance / terms.leadTimeDays)));
}

/** Money per unit and day for keeping it. */
export function holdingCost({ unitCostCents }: Product): number {
  return (unitCostCents / 100) * (HOLDING_RATE_PER_YEAR / 365);
}

/** Money lost with one unit that could not be sold. */
export function shortageCost({ listCents, unitCostCents }: Product): number {
  return ((listCents - unitCostCents) / 100) * (1 + GOODWILL);
}
