import type { HierarchyLevel } from '../hierarchy.ts';

/** Which series add up to which node; what a level is, without its labels. */
export type Grouping = Pick<HierarchyLevel, 'nodeOf' | 'labels'>;

/**
 * The sums of a hierarchy as a sparse matrix. Nodes are numbered from the series (0 to series - 1) on, then level after
 * level. Every series is in exactly one node of each level, so a column has one entry per level.
 */
export interface SumMatrix {
  series: number;
  /** Nodes above the series. */
  upper: number;
  /** Number of the first node of each level, counted from 0 above the series. */
  start: number[];
  levels: readonly Grouping[];
}

/** Lays out the nodes of the levels given. O(levels). */
export function sumMatrix(series: number, levels: readonly Grouping[]): SumMatrix {
  const start: number[] = [];
  let upper = 0;
  for (const { labels } of levels) {
    start.push(upper);
    upper += labels.length;
  }
  return { series, upper, start, levels };
}

/** Sums values of the series into the upper nodes: `out` [upper]. O(series x levels). */
export function sumUp({ start, levels, series }: SumMatrix, bottom: Float64Array, out: Float64Array): void {
  out.fill(0);
  levels.forEach(({ nodeOf }, level) => {
    const from = start[level]!;
    for (let s = 0; s < series; s++) out[from + nodeOf[s]!]! += bottom[s]!;
  });
}

/** The transpose: for each series the sum over the nodes that it is part of, added to `out` [series]. O(series x levels). */
export function spreadDown({ start, levels, series }: SumMatrix, upper: Float64Array, out: Float64Array): void {
  levels.forEach(({ nodeOf }, level) => {
    const from = start[level]!;
    for (let s = 0; s < series; s++) out[s]! += upper[from + nodeOf[s]!]!;
  });
}

/** Number of series in each node, the series themselves (1 each) first, [series + upper]. */
export function seriesInNodes(sums: SumMatrix): Float64Array {
  const counts = new Float64Array(sums.series + sums.upper).fill(1);
  sumUp(sums, counts.subarray(0, sums.series), counts.subarray(sums.series));
  return counts;
}
