import { QUANTILE_LEVELS } from '../uncertainty/conformal.ts';
import type { Marginals } from '../uncertainty/marginals.ts';
import { quantilesAt } from '../uncertainty/quantiles-at.ts';
import { type Accuracy, AccuracyMeter, errorScales } from './accuracy.ts';
import type { Backtest } from './backtest.ts';

/** What errors are scaled by, [node][cutoff]. */
export interface Scales {
  squared: Float64Array;
  absolute: Float64Array;
}

/** Cells that a measure is taken over; absent means all. */
export interface Slice {
  nodes?: readonly number[];
  cutoff?: number;
  /** Periods after the origin, `from` included, `to` not. */
  from?: number;
  to?: number;
}

/** A backtest with the quantiles that were honest for each cutoff, [node][cutoff][horizon][level]. */
export interface JudgedBacktest {
  backtest: Backtest;
  quantiles: Float32Array;
  scales: Scales;
}

/** Quantiles of a backtest, each cutoff's without its own errors. */
export function backtestQuantiles(backtest: Backtest, marginals: Marginals): Float32Array {
  const { nodes, cutoffs, horizon, forecast } = backtest;
  const quantiles = new Float32Array(forecast.length * QUANTILE_LEVELS.length);
  for (let node = 0; node < nodes; node++) {
    for (let k = 0; k < cutoffs; k++) {
      for (let h = 0; h < horizon; h++) {
        const i = (node * cutoffs + k) * horizon + h;
        quantilesAt(marginals, node, h, forecast[i]!, k, quantiles, i * QUANTILE_LEVELS.length);
      }
    }
  }
  return quantiles;
}

/**
 * Scales of every node at every cutoff.
 *
 * @param history values of a node from its first record to the newest period, NaN where unknown; `first` is its first period
 */
export function scalesOf(
  nodes: number,
  origins: readonly number[],
  season: number,
  history: (node: number) => { values: Float64Array; first: number },
): Scales {
  const squared = new Float64Array(nodes * origins.length);
  const absolute = new Float64Array(nodes * origins.length);
  for (let node = 0; node < nodes; node++) {
    const { values, first } = history(node);
    origins.forEach((origin, k) => {
      const scales = errorScales(values.subarray(0, Math.max(0, origin - first)), season);
      squared[node * origins.length + k] = scales.squared;
      absolute[node * origins.length + k] = scales.absolute;
    });
  }
  return { squared, absolute };
}

/** Calls `visit` for each node and cutoff of a slice with its first cell and the one after its last. */
function visitSlice(
  { nodes, cutoffs, horizon }: Backtest,
  slice: Slice,
  visit: (row: number, from: number, to: number) => void,
): void {
  const [first, last] = [slice.cutoff ?? 0, slice.cutoff ?? cutoffs - 1];
  const [from, to] = [slice.from ?? 0, Math.min(horizon, slice.to ?? horizon)];
  const count = slice.nodes?.length ?? nodes;
  for (let n = 0; n < count; n++) {
    const node = slice.nodes?.[n] ?? n;
    for (let row = node * cutoffs + first; row <= node * cutoffs + last; row++) {
      visit(row, row * horizon + from, row * horizon + to);
    }
  }
}

/** Measures over a slice of a backtest. O(cells of the slice). */
export function accuracyOf({ backtest, quantiles, scales }: JudgedBacktest, slice: Slice = {}): Accuracy {
  const { actual, forecast } = backtest;
  const meter = new AccuracyMeter();
  visitSlice(backtest, slice, (row, from, to) => {
    for (let i = from; i < to; i++) {
      meter.add(actual[i]!, forecast[i]!);
      meter.addQuantiles(actual[i]!, QUANTILE_LEVELS, quantiles, i * QUANTILE_LEVELS.length);
    }
    meter.endNode(scales.squared[row]!, scales.absolute[row]!);
  });
  return meter.result();
}

/** WAPE alone over a slice of a backtest. O(cells of the slice). */
export function wapeOf(backtest: Backtest, slice: Slice = {}): number {
  const { actual, forecast } = backtest;
  let [missed, sold] = [0, 0];
  visitSlice(backtest, slice, (_, from, to) => {
    for (let i = from; i < to; i++) {
      if (Number.isNaN(actual[i]!)) continue;
      missed += Math.abs(forecast[i]! - actual[i]!);
      sold += actual[i]!;
    }
  });
  return sold > 0 ? missed / sold : Number.NaN;
}
