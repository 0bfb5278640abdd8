import type { Feature } from './feature.ts';
import type { Vantage } from './vantage.ts';

/** Values of features, a column each; missing ones are NaN. */
export interface FeatureTable {
  rows: number;
  columns: { name: string; kind: 'numeric' | 'categorical'; values: Float32Array }[];
}

/** An empty table for `capacity` rows. */
export function allocateTable(features: readonly Feature[], capacity: number): FeatureTable {
  return {
    rows: 0,
    columns: features.map(({ name, kind }) => ({ name, kind, values: new Float32Array(capacity) })),
  };
}

/**
 * Appends one row for each target, as seen from where `at` stands. O(features) and what they look at; features of the origin
 * are computed once for all targets.
 *
 * @param targets periods to forecast, from the origin on
 */
export function appendRows(
  table: FeatureTable,
  features: readonly Feature[],
  at: Vantage,
  targets: ArrayLike<number>,
): void {
  const from = table.rows;
  const to = from + targets.length;
  features.forEach((feature, f) => {
    const { values } = table.columns[f]!;
    if (feature.scope === 'origin') {
      values.fill(finite(feature.value(at)), from, to);
      return;
    }
    for (let i = 0; i < targets.length; i++) {
      at.target = targets[i]!;
      values[from + i] = finite(feature.value(at));
    }
  });
  table.rows = to;
}

/** The first rows as a table of their own; columns are views. */
export function filledTable({ rows, columns }: FeatureTable): FeatureTable {
  return { rows, columns: columns.map((column) => ({ ...column, values: column.values.subarray(0, rows) })) };
}

/** A value as tables hold it: NaN where it is not finite. */
export const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);
