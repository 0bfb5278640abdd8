/** How many review periods an order covers at least cost. */
export interface Lot {
  periods: number;
  /** Units beyond what the first period needs. */
  extra: number;
  /** Order's cost and holding of the extra, per period covered. */
  costPerPeriod: number;
}

/** Longest time that an order may cover: nobody trusts a forecast farther. */
const LONGEST_DAYS = 365;

/**
 * Lot size where an order costs money: periods are added as long as the mean cost per period falls (Silver and Meal 1973).
 * With a steady demand this is the economic order quantity in whole review periods.
 *
 * @param demandOf mean demand of the so many-th review period after the first, from 1
 * @param holding cost of keeping a unit for one review period; where it is not known, an order covers one period
 * O(periods).
 */
export function lotSize(
  demandOf: (period: number) => number,
  orderCost: number,
  holding: number,
  reviewDays: number,
): Lot {
  let lot: Lot = { periods: 1, extra: 0, costPerPeriod: orderCost };
  if (!(orderCost > 0 && holding > 0)) return lot;
  let held = 0;
  let extra = 0;
  for (let periods = 2; periods * reviewDays <= LONGEST_DAYS; periods++) {
    const demand = demandOf(periods - 1);
    held += holding * demand * (periods - 1);
    extra += demand;
    const costPerPeriod = (orderCost + held) / periods;
    if (costPerPeriod > lot.costPerPeriod) break;
    lot = { periods, extra, costPerPeriod };
  }
  return lot;
}
