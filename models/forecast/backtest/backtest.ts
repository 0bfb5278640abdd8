import type { Panel } from '../../panel.ts';
import { isClosed } from '../demand.ts';

/**
 * What happened and what was forecast for a set of nodes (series, or sums of them) from several cutoffs, all arrays
 * [node][cutoff][horizon]. An actual is NaN where it is unknown, out of stock or closed.
 */
export interface Backtest {
  nodes: number;
  cutoffs: number;
  horizon: number;
  actual: Float32Array;
  forecast: Float32Array;
}

/**
 * First periods of the backtests, oldest first, each a horizon after the one before; the newest one ends with the last
 * known period. Only those with at least `minHistory` periods before them.
 *
 * @param gap periods after the origin that are forecast but not judged
 */
export function backtestOrigins(panel: Panel, cutoffs: number, minHistory: number, gap = 0): number[] {
  const origins: number[] = [];
  for (let k = cutoffs; k >= 1; k--) {
    const origin = panel.periods - k * panel.horizon - gap;
    if (origin >= minHistory) origins.push(origin);
  }
  return origins;
}

/**
 * The one cutoff of a history too short for `backtestOrigins`: a horizon before its end or after `leastHistory`, whichever is later, and judged by
 * what is known of the horizon; none where that is less than `leastKnown`.
 */
export function onlyOrigin(panel: Panel, leastHistory: number, leastKnown: number, gap = 0): number[] {
  const end = panel.periods - gap;
  return end < leastHistory + leastKnown ? [] : [Math.max(leastHistory, end - panel.horizon)];
}

/** Whether cutoff `k` may teach what cutoff `judged` is judged by: all others may, and a single one itself, as nothing else could. */
export const mayTeach = (k: number, judged: number, cutoffs: number): boolean => k !== judged || cutoffs === 1;

/** Actuals of every series at the given origins, [series][origin][horizon], NaN where they do not show demand or are not known yet. */
export function actualsAt(panel: Panel, origins: readonly number[], horizon = panel.horizon): Float32Array {
  const { periods, seriesCount } = panel;
  const actual = new Float32Array(seriesCount * origins.length * horizon).fill(Number.NaN);
  for (let s = 0; s < seriesCount; s++) {
    origins.forEach((origin, k) => {
      for (let h = 0; h < horizon; h++) {
        const t = origin + h;
        if (t >= periods || panel.inStock[s * periods + t] !== 1 || isClosed(panel, s, t)) continue;
        actual[(s * origins.length + k) * horizon + h] = panel.quantity[s * periods + t]!;
      }
    });
  }
  return actual;
}

/**
 * Sums what is known over groups of nodes; NaN where nothing is.
 *
 * @param values [node][cell]
 * @param groupOf group of each node
 * @returns [group][cell]. O(values)
 */
export function sumKnown(values: ArrayLike<number>, groupOf: Int32Array, groups: number, cells: number): Float64Array {
  const sums = new Float64Array(groups * cells).fill(Number.NaN);
  groupOf.forEach((group, node) => {
    for (let c = 0; c < cells; c++) {
      const value = values[node * cells + c]!;
      if (Number.isNaN(value)) continue;
      const to = group * cells + c;
      sums[to] = (Number.isNaN(sums[to]!) ? 0 : sums[to]!) + value;
    }
  });
  return sums;
}

/**
 * Sums a backtest over groups of nodes. A cell counts on both sides only where its actual is known, so that sums compare
 * like with like; where no cell is known the sum's actual is NaN.
 *
 * @param groupOf group of each node
 */
export function sumBacktest(bottom: Backtest, groupOf: Int32Array, groups: number): Backtest {
  const { cutoffs, horizon } = bottom;
  const cells = cutoffs * horizon;
  const actual = sumKnown(bottom.actual, groupOf, groups, cells);
  const forecast = new Float64Array(groups * cells);
  groupOf.forEach((group, node) => {
    for (let i = node * cells; i < (node + 1) * cells; i++) {
      if (!Number.isNaN(bottom.actual[i]!)) forecast[group * cells + (i % cells)]! += bottom.forecast[i]!;
    }
  });
  return { nodes: groups, cutoffs, horizon, actual: Float32Array.from(actual), forecast: Float32Array.from(forecast) };
}
