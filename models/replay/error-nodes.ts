import { serverDays } from '../restock/echelon.ts';
import type { SummedSeries } from '../restock/fit-spread.ts';
import { type StockProduct, servedBy } from './stock-product.ts';

/** Every series over lead time plus review period of its location: what its own orders must last. */
export function seriesNodes(products: readonly StockProduct[], seriesCount: number): SummedSeries[] {
  const nodes: SummedSeries[] = Array.from({ length: seriesCount }, (_, s) => ({ series: [s], periods: 1 }));
  for (const { locations } of products) {
    for (const { series, terms } of locations)
      if (series >= 0) nodes[series]!.periods = Math.max(1, Math.round(terms.leadDays + terms.reviewDays));
  }
  return nodes;
}

/** A location that serves others: all that it serves together, until its next delivery has reached their shelves. */
export interface ServerNode extends SummedSeries {
  pair: number;
}

export function serverNodes(products: readonly StockProduct[]): ServerNode[] {
  return products.flatMap((product) =>
    product.locations.flatMap(({ pair, terms, series }, l) => {
      const served = servedBy(product, l).map((store) => product.locations[store]!);
      if (served.length === 0) return [];
      const all = [...served.map((store) => store.series), series].filter((s) => s >= 0);
      return [
        {
          pair,
          series: all,
          periods: Math.round(
            serverDays(
              terms,
              served.map((store) => store.terms),
            ),
          ),
        },
      ];
    }),
  );
}
