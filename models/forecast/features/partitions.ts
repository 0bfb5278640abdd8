import type { Panel } from '../../panel.ts';

/** Series grouped by something they share, and what the groups sold. */
export interface Partition {
  name: 'product' | 'category' | 'department' | 'location' | 'region' | 'total';
  count: number;
  /** Group of each series. */
  of: Int32Array;
  /** Sales without weekday and effects, summed over the group, [group][periods]; NaN where not fed yet. */
  adjusted: Float64Array;
}

/** Smaller groups than this on average lend each other nothing that the total does not. */
const SMALLEST_GROUP = 2;

/**
 * The ways in which the series of a panel can be added up, each once: a way that groups as another one does, or that leaves
 * nearly every series alone, is left out. The total is always there.
 */
export function partitionsOf(panel: Panel): Partition[] {
  const { productOf, locationOf, products, locations, seriesCount, periods } = panel;
  const keys: [Partition['name'], (s: number) => string | number][] = [
    ['total', () => 0],
    ['product', (s) => productOf[s]!],
    ['category', (s) => products.category[productOf[s]!]!],
    ['department', (s) => products.department[productOf[s]!]!],
    ['location', (s) => locationOf[s]!],
    ['region', (s) => locations.region[locationOf[s]!]!],
  ];
  const seen = new Set<string>();
  const partitions: Partition[] = [];
  for (const [name, keyOf] of keys) {
    const index = new Map<string | number, number>();
    const of = Int32Array.from({ length: seriesCount }, (_, s) => {
      const key = keyOf(s);
      if (!index.has(key)) index.set(key, index.size);
      return index.get(key)!;
    });
    const signature = of.join();
    if (seen.has(signature) || (name !== 'total' && seriesCount < SMALLEST_GROUP * index.size)) continue;
    seen.add(signature);
    partitions.push({
      name,
      count: index.size,
      of,
      adjusted: new Float64Array(index.size * periods).fill(Number.NaN),
    });
  }
  return partitions;
}
