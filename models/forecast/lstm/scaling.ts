import type { WindowShape, Windows } from './window-shape.ts';

/** How many of the last fixed columns and of the last columns ahead are in units of their own. */
export interface ScaledColumns {
  fixed: number;
  ahead: number;
}

/** Mean and standard deviation of each of these columns over the windows to learn from; a spread of 0 for a constant. */
export interface Scale {
  mean: number[];
  spread: number[];
}
export type Scaling = Record<keyof ScaledColumns, Scale>;

/** Standard deviations from the mean beyond which a value is cut. */
const FARTHEST = 3;
/** What a standard deviation becomes. */
const STEP = 0.5;

interface Columns {
  values: Float32Array;
  rows: number;
  width: number;
  count: number;
}

const columnsOf = (
  { count, fixed, ahead }: Windows,
  { horizon, staticWidth, aheadWidth }: WindowShape,
  scaled: ScaledColumns,
): Record<keyof ScaledColumns, Columns> => ({
  fixed: { values: fixed, rows: count, width: staticWidth, count: scaled.fixed },
  ahead: { values: ahead, rows: count * horizon, width: aheadWidth, count: scaled.ahead },
});

/** Learns the scaling of windows that are not scaled yet. O(windows x columns). */
export function learnScaling(windows: Windows, shape: WindowShape, scaled: ScaledColumns): Scaling {
  const { fixed, ahead } = columnsOf(windows, shape, scaled);
  return { fixed: scaleOf(fixed), ahead: scaleOf(ahead) };
}

/** Brings the columns to the order of one, in place; a value that is not known becomes the mean. */
export function scaleWindows(windows: Windows, shape: WindowShape, scaling: Scaling): void {
  const scaled = { fixed: scaling.fixed.mean.length, ahead: scaling.ahead.mean.length };
  const { fixed, ahead } = columnsOf(windows, shape, scaled);
  apply(fixed, scaling.fixed);
  apply(ahead, scaling.ahead);
}

/** Row by row, as the memory lies; the mean first, for the squares around it. */
function scaleOf({ values, rows, width, count }: Columns): Scale {
  const known = new Float64Array(count);
  const mean = new Float64Array(count);
  const squares = new Float64Array(count);
  const first = width - count;
  for (let at = first; at < rows * width; at += width) {
    for (let j = 0; j < count; j++) {
      const value = values[at + j]!;
      if (Number.isNaN(value)) continue;
      known[j]!++;
      mean[j]! += value;
    }
  }
  for (let j = 0; j < count; j++) mean[j]! /= Math.max(1, known[j]!);
  for (let at = first; at < rows * width; at += width) {
    for (let j = 0; j < count; j++) {
      const off = values[at + j]! - mean[j]!;
      if (!Number.isNaN(off)) squares[j]! += off * off;
    }
  }
  const spread = squares.map((sum, j) => Math.sqrt(sum / Math.max(1, known[j]!)));
  return { mean: Array.from(mean), spread: Array.from(spread) };
}

function apply({ values, rows, width, count }: Columns, { mean, spread }: Scale): void {
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < count; j++) {
      const at = row * width + width - count + j;
      const z = spread[j]! > 0 ? (values[at]! - mean[j]!) / spread[j]! : 0;
      values[at] = Number.isNaN(z) ? 0 : STEP * Math.max(-FARTHEST, Math.min(FARTHEST, z));
    }
  }
}
