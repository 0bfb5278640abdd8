import { type Accuracy, AccuracyMeter, errorScales } from './accuracy.ts';
import type { Backtest } from './backtest.ts';
import { QUANTILE_LEVELS } from './conformal.ts';
import type { Marginals } from './uncertainty/marginals.ts';
import { quantilesAt } from './uncertainty/quantiles-at.ts';

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

/** Measures over a slice of a backtest. O(cells of the slice). */
export function accuracyOf({ backtest, quantiles, scales }: JudgedBacktest, slice: Slice = {}): Accuracy {
  const { nodes, cutoffs, horizon, actual, forecast } = backtest;
  const meter = new AccuracyMeter();
  const from = slice.from ?? 0;
  const to = Math.min(horizon, slice.to ?? horizon);
  const judge = (node: number): void => {
    for (let k = slice.cutoff ?? 0; k <= (slice.cutoff ?? cutoffs - 1); k++) {
      for (let h = from; h < to; h++) {
        const i = (node * cutoffs + k) * horizon + h;
        meter.add(actual[i]!, forecast[i]!);
        meter.addQuantiles(actual[i]!, QUANTILE_LEVELS, quantiles, i * QUANTILE_LEVELS.length);
      }
      meter.endNode(scales.squared[node * cutoffs + k]!, scales.absolute[node * cutoffs + k]!);
    }
  };
  if (slice.nodes) for (const node of slice.nodes) judge(node);
  else for (let node = 0; node < nodes; node++) judge(node);
  return meter.result();
}
