import { demandUntil } from './demand-curve.ts';
import { demandQuantile } from './demand-quantiles.ts';
import type { ServedStore } from './echelon.ts';
import type { Spread } from './spread.ts';
import type { SupplyTerms } from './supply-terms.ts';

/** A store of a warehouse, with what its safety stock costs and must reach. */
export interface ProtectedStore extends ServedStore {
  holdingPerUnitDay: number;
  /** Probability of no stock-out that is aimed at. */
  target: number;
  isCount: boolean;
}

/** Where the safety stock against the warehouse's own lead time lies, and what either place would cost. */
export interface Placement {
  at: 'warehouse' | 'stores';
  /** Money per day for all safety stock of the product in warehouse and stores. */
  warehouseCost: number;
  storesCost: number;
}

/**
 * Places the safety stock of a product in two levels (guaranteed service, Graves and Willems 2000). Either the warehouse
 * holds enough to serve its stores at once, pooled over all of them, and stores protect themselves for their own lead time
 * only; or it passes on what comes, and every store protects itself for both. The cost is concave in the time that the
 * warehouse promises, so that nothing between the two is cheaper (Simpson 1958).
 *
 * Where one of the holding costs is not known, all count as equal. O(stores x mean demand).
 * @param warehouseDays lead time plus review period of the warehouse
 * @param warehouseHolding cost of one unit there for one day
 */
export function placeSafetyStock(
  stores: readonly ProtectedStore[],
  warehouseDays: number,
  warehouseHolding: number,
): Placement {
  const isKnown = [warehouseHolding, ...stores.map(({ holdingPerUnitDay }) => holdingPerUnitDay)].every(
    (cost) => cost > 0,
  );
  let [variance, mean, target, near, far] = [0, 0, 0, 0, 0];
  for (const store of stores) {
    const days = store.leadDays + store.reviewDays;
    const own = demandUntil(store.curve, warehouseDays) * store.spread.bias;
    mean += own;
    variance += varianceOf(own, store.spread);
    target += own * store.target;
    const holding = isKnown ? store.holdingPerUnitDay : 1;
    near += holding * safetyOf(store, days);
    far += holding * safetyOf(store, days + warehouseDays);
  }
  if (!(mean > 0)) return { at: 'warehouse', warehouseCost: 0, storesCost: 0 };
  const isCount = stores.every((store) => store.isCount);
  const pooled = demandQuantile(mean, variance / mean, 0, target / mean, isCount) - mean;
  const warehouseCost = (isKnown ? warehouseHolding : 1) * Math.max(0, pooled) + near;
  return { at: far < warehouseCost ? 'stores' : 'warehouse', warehouseCost, storesCost: far };
}

/** Terms of a store that protects itself for its warehouse's lead time too; keeping stock costs no more than before. */
export function selfProtected(terms: SupplyTerms, days: number): SupplyTerms {
  const reviewDays = terms.reviewDays + days;
  const share = terms.reviewDays / reviewDays;
  return {
    ...terms,
    reviewDays,
    holdingPerUnitDay: terms.holdingPerUnitDay * share,
    holdingEstimate: terms.holdingEstimate * share,
  };
}

const varianceOf = (mean: number, { dispersion, levelVariance }: Spread): number =>
  dispersion * mean + levelVariance * mean * mean;

/** Units above the mean that the store's target asks for over so many days. */
function safetyOf({ curve, spread, target, isCount }: ProtectedStore, days: number): number {
  const mean = demandUntil(curve, days) * spread.bias;
  return Math.max(0, demandQuantile(mean, spread.dispersion, spread.levelVariance, target, isCount) - mean);
}
