import type { Feature } from '../features/feature.ts';
import { allocateTable, appendRows, type FeatureTable } from '../features/table.ts';
import type { Vantage } from '../features/vantage.ts';
import { ANCHORS, type Anchor, anchorsOf } from './anchors.ts';

/** Rows of features, and what belongs to each. */
export interface Rows {
  table: FeatureTable;
  /** Units sold; NaN where not known. */
  sold: Float32Array;
  /** Units that the ratio 1 stands for. */
  anchor: Record<Anchor, Float32Array>;
}

export function allocateRows(features: readonly Feature[], capacity: number): Rows {
  const column = (): Float32Array => new Float32Array(capacity);
  return {
    table: allocateTable(features, capacity),
    sold: column(),
    anchor: Object.fromEntries(ANCHORS.map((name) => [name, column()])) as Rows['anchor'],
  };
}

/**
 * Appends one row for each target as seen from where `at` stands, which must be above a level of 0.
 *
 * @param cutoff sales of this period and later ones are not read
 */
export function appendTargets(
  rows: Rows,
  features: readonly Feature[],
  at: Vantage,
  targets: readonly number[],
  cutoff: number,
): void {
  const { panel, timeline } = at;
  targets.forEach((target, i) => {
    const row = rows.table.rows + i;
    at.target = target;
    const isKnown = target < cutoff && target < panel.periods && timeline.isKnown(at.series, target);
    rows.sold[row] = isKnown ? Math.max(0, panel.quantity[at.series * panel.periods + target]!) : Number.NaN;
    const anchors = anchorsOf(at);
    for (const name of ANCHORS) rows.anchor[name][row] = anchors[name];
  });
  appendRows(rows.table, features, at, targets);
}
