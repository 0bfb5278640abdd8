import type { Feature } from '../features/feature.ts';
import { allocateTable, type FeatureTable, finite } from '../features/table.ts';
import type { Vantage } from '../features/vantage.ts';

/** Periods of a window that its features are the mean of, at most, evenly spread. */
const MOST_TARGETS = 4;

/** Columns beside those of the registry. */
const OWN = ['window_periods', 'anchor', 'anchor_over_level'] as const;

/** Windows to learn from or to forecast, one row each. */
export interface WindowRows {
  table: FeatureTable;
  /** Units that the ratio 1 stands for. */
  anchor: Float64Array;
}

/** Rows for so many windows. */
export function allocateWindows(features: readonly Feature[], capacity: number): WindowRows {
  const table = allocateTable(features, capacity);
  for (const name of OWN) table.columns.push({ name, kind: 'numeric', values: new Float32Array(capacity) });
  return { table, anchor: new Float64Array(capacity) };
}

/**
 * Appends one row for each window that begins where `at` stands, which must be above a level of 0. Features of a period are
 * taken as their mean over the window, categories from its middle.
 *
 * @param lengths periods of the windows
 * @param anchors expected units of each period ahead
 * O(windows x features).
 */
export function appendWindows(
  rows: WindowRows,
  features: readonly Feature[],
  at: Vantage,
  lengths: readonly number[],
  anchors: Float64Array,
): void {
  const { table } = rows;
  const from = table.rows;
  features.forEach((feature, f) => {
    const { values } = table.columns[f]!;
    if (feature.scope === 'origin') values.fill(finite(feature.value(at)), from, from + lengths.length);
    else {
      lengths.forEach((length, i) => {
        values[from + i] = valueOver(feature, at, length);
      });
    }
  });
  lengths.forEach((length, i) => {
    let sum = 0;
    for (let h = 0; h < length; h++) sum += anchors[h]!;
    rows.anchor[from + i] = sum;
    const own = [length, Math.log(sum / length), Math.log(sum / length / at.level)];
    own.forEach((value, k) => {
      table.columns[features.length + k]!.values[from + i] = finite(value);
    });
  });
  table.rows = from + lengths.length;
}

function valueOver(feature: Feature, at: Vantage, length: number): number {
  if (feature.kind === 'categorical') {
    at.target = at.origin + (length >> 1);
    return finite(feature.value(at));
  }
  const targets = Math.min(MOST_TARGETS, length);
  let sum = 0;
  let known = 0;
  for (let k = 0; k < targets; k++) {
    at.target = at.origin + Math.floor(((k + 0.5) * length) / targets);
    const value = feature.value(at);
    if (!Number.isFinite(value)) continue;
    sum += value;
    known++;
  }
  return known > 0 ? sum / known : Number.NaN;
}
