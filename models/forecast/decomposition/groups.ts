import type { Panel } from '../../panel.ts';

/** Series that are alike and lend each other what one alone cannot show. */
export interface Groups {
  count: number;
  /** Group of each series. */
  of: Int32Array;
  /** Number of series in each group. */
  sizes: Int32Array;
}

/** Fewer series than this on average and a product is too small a group. */
const SMALLEST_GROUP = 4;

/** Groups by product where products are sold at several locations, else by category and department. */
export function groupSeries(panel: Panel): Groups {
  const { products, productOf, seriesCount } = panel;
  const byProduct = seriesCount >= SMALLEST_GROUP * products.ids.length;
  const index = new Map<string, number>();
  const of = Int32Array.from(productOf, (product) => {
    const key = byProduct
      ? String(product)
      : JSON.stringify([products.category[product], products.department[product]]);
    if (!index.has(key)) index.set(key, index.size);
    return index.get(key)!;
  });
  const sizes = new Int32Array(index.size);
  for (const g of of) sizes[g]! += 1;
  return { count: index.size, of, sizes };
}
