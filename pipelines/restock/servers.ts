import type { DemandCurve } from '../../models/restock/demand-curve.ts';
import { isKnown, type RestockPair } from './read-pairs.ts';

/** Which location serves which, product by product. */
export interface Servers {
  /** Stores with a forecast, by the warehouse that serves them. */
  storesOf: ReadonlyMap<RestockPair, readonly RestockPair[]>;
  serverOf: ReadonlyMap<RestockPair, RestockPair>;
}

export function serversOf(pairs: readonly RestockPair[], curves: readonly DemandCurve[]): Servers {
  const keyOf = (location: number, product: string): string => `${location}/${product}`;
  const byKey = new Map(pairs.map((pair) => [keyOf(pair.location, pair.product), pair]));
  const storesOf = new Map<RestockPair, RestockPair[]>();
  const serverOf = new Map<RestockPair, RestockPair>();
  for (const pair of pairs) {
    const server = isKnown(pair.warehouse) ? byKey.get(keyOf(pair.warehouse, pair.product)) : undefined;
    if (!server) continue;
    serverOf.set(pair, server);
    if (!curves[pair.series]) continue;
    const stores = storesOf.get(server) ?? [];
    stores.push(pair);
    storesOf.set(server, stores);
  }
  return { storesOf, serverOf };
}
