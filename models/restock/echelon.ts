import type { DemandCurve } from './demand-curve.ts';
import { demandUntil } from './demand-curve.ts';
import type { Spread } from './spread.ts';
import type { SupplyTerms } from './supply-terms.ts';

/** A store as its warehouse sees it, for one product. */
export interface ServedStore {
  curve: DemandCurve;
  spread: Spread;
  /** On hand and under way to the store. */
  position: number;
  leadDays: number;
  reviewDays: number;
}

/** All stores of a warehouse as one demand. */
export interface Echelon {
  curve: DemandCurve;
  spread: Spread;
  /** Stock in the stores that the coming window can use. */
  storePosition: number;
  /** Days from the warehouse's door until a store can order again and is served, demand-weighted. */
  onwardDays: number;
}

/** Lead and review time of a location. */
type Cycle = Pick<SupplyTerms, 'leadDays' | 'reviewDays'>;

/** Days from an order of a warehouse until its next delivery has reached the stores it serves, of which there is one at least. */
export function serverDays(server: Cycle, stores: readonly Cycle[]): number {
  const onward = stores.reduce((sum, { leadDays, reviewDays }) => sum + leadDays + reviewDays, 0) / stores.length;
  return server.leadDays + server.reviewDays + onward;
}

/**
 * Sums the stores that a warehouse serves: the warehouse must cover their demand until its own next delivery has reached
 * them, and what they hold counts as if it lay in the warehouse (echelon stock, Clark and Scarf 1960). A store's stock is
 * counted up to its own mean demand of the window only: what it has beyond serves no other store.
 *
 * Chance adds up over stores; their levels are taken as independent, so the sum is steadier than each store. Stores that rise and
 * fall together are less steady than that: what backtests missed in sums over them is better, where it was measured.
 * @param warehouseDays lead time plus review period of the warehouse
 * @param isPooled whether stock in the warehouse can go to any store; where stores hold it themselves, chances of stores do
 *   not even out
 */
export function echelonOf(stores: readonly ServedStore[], warehouseDays: number, isPooled = true): Echelon {
  const periods = Math.max(1, ...stores.map(({ curve }) => curve.cumulative.length));
  const cumulative = new Float64Array(periods);
  let [rate, total, dispersion, level, bias, onward] = [0, 0, 0, 0, 0, 0];
  for (const { curve, spread, leadDays, reviewDays } of stores) {
    for (let h = 0; h < periods; h++) cumulative[h]! += demandUntil(curve, h * curve.periodDays);
    rate += curve.ratePerDay;
    const mean = demandUntil(curve, warehouseDays);
    total += mean;
    dispersion += isPooled ? spread.dispersion * mean : Math.sqrt(spread.dispersion * mean);
    level += isPooled ? spread.levelVariance * mean * mean : Math.sqrt(spread.levelVariance) * mean;
    bias += spread.bias * mean;
    onward += (leadDays + reviewDays) * mean;
  }
  if (!isPooled) [dispersion, level] = [dispersion ** 2, level ** 2];
  const onwardDays = total > 0 ? Math.round(onward / total) : 0;
  const days = warehouseDays + onwardDays;
  const storePosition = stores.reduce(
    (sum, { curve, spread, position }) => sum + Math.min(position, demandUntil(curve, days) * spread.bias),
    0,
  );
  return {
    curve: { cumulative, periodDays: stores[0]?.curve.periodDays ?? 1, ratePerDay: rate },
    spread:
      total > 0
        ? { dispersion: dispersion / total, levelVariance: level / (total * total), bias: bias / total }
        : { dispersion: 1, levelVariance: 0, bias: 1 },
    storePosition: Math.floor(storePosition),
    onwardDays,
  };
}
