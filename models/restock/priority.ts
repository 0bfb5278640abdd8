/** What the order of work orders depends on. */
export interface Ranked {
  quantity: number;
  isSurge: boolean;
  isWarehouse: boolean;
  /** Forecast demand of the location's region. */
  regionDemand: number;
  /** NaN where not known. */
  value: number;
  orderByDay: number;
}

/**
 * Rank of each entry from 1, in the order given. First what is ordered before what is not, orders that cost more than they
 * save after all others; then surges; then warehouses,
 * those of the regions with the highest demand first (for surges in stores the region counts as well); then the money at
 * stake, then the day to order by. Ties keep the order given. O(n log n).
 */
export function rankOrders(entries: readonly Ranked[]): Int32Array {
  const region = (e: Ranked): number => (e.isSurge || e.isWarehouse ? e.regionDemand : 0);
  const keys = entries.map((e) => [
    e.quantity > 0 ? (e.value < 0 ? 1 : 2) : 0,
    e.isSurge ? 1 : 0,
    e.isWarehouse ? 1 : 0,
    region(e),
    Number.isNaN(e.value) ? 0 : e.value,
    -Math.min(e.orderByDay, 1e6),
  ]);
  const order = entries.map((_, i) => i);
  order.sort((a, b) => {
    for (let k = 0; k < keys[a]!.length; k++) {
      if (keys[a]![k]! !== keys[b]![k]!) return keys[b]![k]! - keys[a]![k]!;
    }
    return a - b;
  });
  const rank = new Int32Array(entries.length);
  order.forEach((entry, place) => {
    rank[entry] = place + 1;
  });
  return rank;
}
