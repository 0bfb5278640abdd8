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

function scaleOf({ values, rows, width, count }: Columns): Scale {
  const mean = new Array<number>(count).fill(0);
  const spread = new Array<number>(count).fill(0);
  for (let j = 0; j < count; j++) {
    let known = 0;
    let center = 0;
    let squares = 0;
    for (let at = width - count + j; at < rows * width; at += width) {
      const value = values[at]!;
      if (Number.isNaN(value)) continue;
      known++;
      const off = value - center;
      center += off / known;
      squares += off * (value - center);
    }
    mean[j] = center;
    spread[j] = known > 0 ? Math.sqrt(squares / known) : 0;
  }
  return { mean, spread };
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
