import type { Panel } from '../panel.ts';

export const LEVELS = ['product', 'category', 'location', 'region', 'total'] as const;
export type Level = (typeof LEVELS)[number];

/** The nodes of one level above the series. */
export interface HierarchyLevel {
  level: Level;
  labels: string[];
  /** Node of each series. */
  nodeOf: Int32Array;
}

/** Means are whole multiples of this, so that sums in double precision are exact in any order. */
const STEP = 2 ** -10;

/** The nearest multiple of 2^-10: `exact(0.1)` is 0.099609375. */
export const exact = (value: number): number => Math.round(value / STEP) * STEP;

/** The levels of the hierarchy; labels in alphabetical order, `total` for the top. */
export function hierarchyOf(panel: Panel): HierarchyLevel[] {
  const { products, locations, productOf, locationOf } = panel;
  const labelOf: Record<Level, (s: number) => string> = {
    product: (s) => products.ids[productOf[s]!]!,
    category: (s) => products.category[productOf[s]!]!,
    location: (s) => locations.ids[locationOf[s]!]!,
    region: (s) => locations.region[locationOf[s]!]!,
    total: () => 'total',
  };
  return LEVELS.map((level) => {
    const names = Array.from({ length: panel.seriesCount }, (_, s) => labelOf[level](s));
    const labels = [...new Set(names)].sort();
    const index = new Map(labels.map((label, i) => [label, i]));
    return { level, labels, nodeOf: Int32Array.from(names, (name) => index.get(name)!) };
  });
}

/** The levels that add series up, each grouping once: of two that group alike the first is kept. O(series x levels). */
export function distinctLevels(levels: readonly HierarchyLevel[]): HierarchyLevel[] {
  const seen = new Set<string>();
  return levels.filter(({ labels, nodeOf }) => {
    const order = new Map<number, number>();
    for (const node of nodeOf) if (!order.has(node)) order.set(node, order.size);
    const grouping = nodeOf.map((node) => order.get(node)!).join();
    if (labels.length === nodeOf.length || seen.has(grouping)) return false;
    seen.add(grouping);
    return true;
  });
}

/**
 * Sums the means of the series into the nodes of a level, exactly (means must be multiples of 2^-10).
 *
 * @param mean [series][horizon]
 * @returns [node][horizon]
 */
export function sumMeans(mean: Float64Array, horizon: number, { labels, nodeOf }: HierarchyLevel): Float64Array {
  const sums = new Float64Array(labels.length * horizon);
  nodeOf.forEach((node, s) => {
    for (let h = 0; h < horizon; h++) sums[node * horizon + h]! += mean[s * horizon + h]!;
  });
  return sums;
}
