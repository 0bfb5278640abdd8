import type { Backtest } from './backtest.ts';
import { errorSpread, type Spread, spreadAt } from './error-spread.ts';

/** Probabilities that are computed; the outermost pair serves the 95 % interval of the accuracy report. */
export const QUANTILE_LEVELS = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975] as const;
const LEVEL_COUNT = QUANTILE_LEVELS.length;

/** Scaled errors of the group that a node's own errors are mixed with. */
const OWN_CELLS = 200;

/** Quantiles of scaled errors: of each group and horizon bucket, and of each node, with one cutoff left out or none. */
interface Shapes {
  pooled: Float64Array;
  own: Float64Array;
  ownWeight: Float64Array;
}

/** What is needed to put quantiles around a forecast. */
export interface Calibration {
  groupOf: Int32Array;
  buckets: number;
  bucketSize: number;
  spread: Spread;
  /** By cutoff left out; the last one leaves none out. */
  shapes: Shapes[];
}

/** Quantile `p` of sorted values at position (n + 1) p, the finite-sample rank of conformal prediction. */
export function rankQuantile(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length;
  if (n === 0) return 0;
  const position = Math.min(n - 1, Math.max(0, (n + 1) * p - 1));
  const low = Math.floor(position);
  const high = Math.min(n - 1, low + 1);
  return sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
}

/**
 * Learns how backtest errors are spread: each error over its node's spread (left out of its own cutoff), pooled by group and
 * horizon bucket, and per node. Split conformal prediction with normalised errors (Papadopoulos et al. 2002; Vovk et al.
 * 2005), cutoffs as folds.
 *
 * @param groupOf group of each node, such as its segment
 * @param bucketSize periods of the horizon that share one pool
 * @returns a calibration for `quantilesAt`. O(cells log cells)
 */
export function calibrate(backtest: Backtest, groupOf: Int32Array, groups: number, bucketSize: number): Calibration {
  const { nodes, cutoffs, horizon, actual, forecast } = backtest;
  const buckets = Math.ceil(horizon / bucketSize);
  const spread = errorSpread(backtest, groupOf, groups);
  const scaled = new Float32Array(actual.length);
  for (let i = 0; i < actual.length; i++) {
    const cutoff = Math.floor(i / horizon) % cutoffs;
    const node = Math.floor(i / (horizon * cutoffs));
    scaled[i] = (actual[i]! - forecast[i]!) / spreadAt(spread, node, cutoff, forecast[i]!);
  }
  const shapes = Array.from({ length: cutoffs + 1 }, (_, without) =>
    shapesOf(scaled, { nodes, cutoffs, horizon }, groupOf, groups, bucketSize, without),
  );
  return { groupOf, buckets, bucketSize, spread, shapes };
}

function shapesOf(
  scaled: Float32Array,
  { nodes, cutoffs, horizon }: Pick<Backtest, 'nodes' | 'cutoffs' | 'horizon'>,
  groupOf: Int32Array,
  groups: number,
  bucketSize: number,
  without: number,
): Shapes {
  const buckets = Math.ceil(horizon / bucketSize);
  const pools: number[][] = Array.from({ length: groups * buckets }, () => []);
  const own = new Float64Array(nodes * LEVEL_COUNT);
  const ownWeight = new Float64Array(nodes);
  const buffer = new Float32Array(cutoffs * horizon);
  for (let node = 0; node < nodes; node++) {
    let count = 0;
    for (let k = 0; k < cutoffs; k++) {
      if (k === without) continue;
      for (let h = 0; h < horizon; h++) {
        const value = scaled[(node * cutoffs + k) * horizon + h]!;
        if (Number.isNaN(value)) continue;
        buffer[count++] = value;
        pools[groupOf[node]! * buckets + Math.floor(h / bucketSize)]!.push(value);
      }
    }
    const sorted = buffer.subarray(0, count).sort();
    QUANTILE_LEVELS.forEach((p, i) => {
      own[node * LEVEL_COUNT + i] = rankQuantile(sorted, p);
    });
    ownWeight[node] = count / (count + OWN_CELLS);
  }
  const pooled = new Float64Array(pools.length * LEVEL_COUNT);
  pools.forEach((values, pool) => {
    const sorted = Float64Array.from(values).sort();
    QUANTILE_LEVELS.forEach((p, i) => {
      pooled[pool * LEVEL_COUNT + i] = rankQuantile(sorted, p);
    });
  });
  return { pooled, own, ownWeight };
}

/**
 * Quantiles around one mean: ascending, never negative, all zero where the mean is zero because of a closed period.
 *
 * @param h periods after the origin
 * @param without cutoff whose errors must not be used, or the number of cutoffs for none
 * @param out receives a value per level of `QUANTILE_LEVELS`, starting at `at`
 */
export function quantilesAt(
  calibration: Calibration,
  node: number,
  h: number,
  mean: number,
  without: number,
  out: Float32Array,
  at: number,
): void {
  const { groupOf, buckets, bucketSize, spread, shapes } = calibration;
  const { pooled, own, ownWeight } = shapes[without]!;
  const width = spreadAt(spread, node, without, mean);
  const pool = (groupOf[node]! * buckets + Math.floor(h / bucketSize)) * LEVEL_COUNT;
  const weight = ownWeight[node]!;
  let previous = 0;
  for (let i = 0; i < LEVEL_COUNT; i++) {
    const z = weight * own[node * LEVEL_COUNT + i]! + (1 - weight) * pooled[pool + i]!;
    previous = Math.max(previous, mean + width * z);
    out[at + i] = previous;
  }
}
