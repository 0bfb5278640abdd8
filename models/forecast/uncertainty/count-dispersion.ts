import { type Backtest, mayTeach } from '../backtest/backtest.ts';

/** Counts with a mean below this are negative binomial; above it whole numbers no longer shape the distribution. */
export const COUNT_MEAN = 12;
/** Cells of its group that the dispersion of a series' own counts is mixed with. */
const PRIOR_CELLS = 60;
/** Dispersion of a group without a single judged cell. */
const UNKNOWN = 1.5;
const LARGEST = 200;

/** Which series are small counts, and the variance over mean of each about its forecast. */
export interface CountDispersion {
  /** 1 where the series is negative binomial, [series]. */
  isSmallCount: Uint8Array;
  /** With each cutoff left out in turn, the last one with none, [series][cutoffs + 1]. */
  dispersion: Float64Array;
}

/**
 * Variance over mean of whole-unit series with small means, shrunk towards what is usual in their group; at least 1. A single cutoff is not
 * left out, as nothing else could tell.
 *
 * @param groupOf group of each series
 * @param isCount 1 where a series sells whole units
 * O(cells + series x cutoffs).
 */
export function countDispersion(
  { nodes, cutoffs, horizon, actual, forecast }: Backtest,
  groupOf: Int32Array,
  groups: number,
  isCount: Uint8Array,
): CountDispersion {
  const rows = cutoffs + 1;
  const squares = new Float64Array(nodes * rows);
  const means = new Float64Array(nodes * rows);
  const cells = new Float64Array(nodes * rows);
  const isSmallCount = new Uint8Array(nodes);
  for (let s = 0; s < nodes; s++) {
    const all = s * rows + cutoffs;
    for (let k = 0; k < cutoffs; k++) {
      for (let i = (s * cutoffs + k) * horizon; i < (s * cutoffs + k + 1) * horizon; i++) {
        if (Number.isNaN(actual[i]!)) continue;
        for (const row of [s * rows + k, all]) {
          squares[row]! += (actual[i]! - forecast[i]!) ** 2;
          means[row]! += Math.max(0, forecast[i]!);
          cells[row]!++;
        }
      }
    }
    isSmallCount[s] = isCount[s] === 1 && means[all]! < COUNT_MEAN * Math.max(1, cells[all]!) ? 1 : 0;
    for (let k = 0; k < cutoffs; k++) {
      if (mayTeach(k, k, cutoffs)) continue;
      const row = s * rows + k;
      squares[row] = squares[all]! - squares[row]!;
      means[row] = means[all]! - means[row]!;
      cells[row] = cells[all]! - cells[row]!;
    }
  }
  const usual = usualDispersion({ squares, means, cells }, isSmallCount, groupOf, groups, rows);
  const dispersion = squares.map((square, i) => {
    const s = Math.floor(i / rows);
    const group = usual[groupOf[s]! * rows + (i % rows)]!;
    const own = means[i]! > 1e-9 ? square / means[i]! : group;
    const mixed = (cells[i]! * own + PRIOR_CELLS * group) / (cells[i]! + PRIOR_CELLS);
    return Math.min(LARGEST, Math.max(1, mixed));
  });
  return { isSmallCount, dispersion };
}

function usualDispersion(
  { squares, means, cells }: Record<'squares' | 'means' | 'cells', Float64Array>,
  isSmallCount: Uint8Array,
  groupOf: Int32Array,
  groups: number,
  rows: number,
): Float64Array {
  const ratio = new Float64Array(groups * rows);
  const count = new Float64Array(groups * rows);
  for (let i = 0; i < cells.length; i++) {
    const s = Math.floor(i / rows);
    if (isSmallCount[s] === 0 || !(means[i]! > 1e-9)) continue;
    const group = groupOf[s]! * rows + (i % rows);
    ratio[group]! += cells[i]! * Math.min(LARGEST, Math.max(0, squares[i]! / means[i]!));
    count[group]! += cells[i]!;
  }
  return ratio.map((sum, i) => (count[i]! > 0 ? sum / count[i]! : UNKNOWN));
}
