import { QUANTILE_LEVELS } from '../uncertainty/conformal.ts';
import { bucketAt, bucketCount } from '../uncertainty/horizon-buckets.ts';
import { adjustedLevels, drawQuantile } from './rank-histogram.ts';

/** Paths drawn: their 2.5 % quantile is the fifth of them. */
export const PATHS = 200;
const LEVELS = QUANTILE_LEVELS.length;
/** Probabilities that paths of a judged cutoff are kept at: close together at the ends. */
const LOWER = [
  0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4,
];
export const KEPT = [...LOWER, 0.45, 0.5, 0.55, ...LOWER.map((p) => 1 - p).reverse()];

/** What a cutoff says about paths that did not see it. */
export interface JudgedCutoff {
  /** The paths of the sums over the series of each node by day, at the probabilities kept, per level [node][horizon][kept]. */
  days: Float32Array[];
  /**
   * Where sums over windows from the first day on fell among those of the paths: of the series
   * [group][bucket of the length][rank], then per level [bucket][rank].
   */
  ranks: Float64Array[];
  /** The same of days, per level [bucket][rank]. */
  dayRanks: Float64Array[];
  /** Quantiles of those windows of the series that were asked for, [series][horizon][level]. */
  windows: Float32Array;
}

/** Turns values by period into running sums, in place. */
export function accumulate(values: Float64Array, horizon: number): void {
  for (let from = 0; from < values.length; from += horizon) {
    let sum = 0;
    for (let i = from; i < from + horizon; i++) {
      sum += values[i]!;
      values[i] = sum;
    }
  }
}

/** Values of all paths in one period, ascending, out of [path][horizon]. */
export function gather(values: Float64Array, h: number, horizon: number, sorted: Float64Array): void {
  for (let p = 0; p < PATHS; p++) sorted[p] = values[p * horizon + h]!;
  sorted.sort();
}

/** Probabilities to read off for each pool, by the ranks of several cutoffs, [pool][rank] each. */
export function adjustedPools(cutoffs: readonly Float64Array[], pools: number): Float64Array[] {
  return Array.from({ length: pools }, (_, pool) => {
    const counts = new Float64Array(PATHS + 1);
    for (const ranks of cutoffs) for (let i = 0; i <= PATHS; i++) counts[i]! += ranks[pool * (PATHS + 1) + i]!;
    return adjustedLevels(counts, QUANTILE_LEVELS);
  });
}

/** Quantiles of [node][path][horizon] by node and period, at as many probabilities in every period. */
export function quantilesOf(
  values: Float64Array,
  horizon: number,
  probabilities: (h: number) => ArrayLike<number>,
): Float32Array {
  const cells = PATHS * horizon;
  const nodes = cells > 0 ? values.length / cells : 0;
  const size = probabilities(0).length;
  const out = new Float32Array(nodes * horizon * size);
  const sorted = new Float64Array(PATHS);
  for (let node = 0; node < nodes; node++) {
    for (let h = 0; h < horizon; h++) {
      gather(values.subarray(node * cells, (node + 1) * cells), h, horizon, sorted);
      for (let i = 0; i < size; i++) out[(node * horizon + h) * size + i] = drawQuantile(sorted, probabilities(h)[i]!);
    }
  }
  return out;
}

/**
 * Quantiles by day of the nodes of a level at a judged cutoff, at probabilities adjusted by what the other cutoffs say.
 *
 * @param level index of the level
 * @returns [node][horizon][quantile]. O(nodes x horizon)
 */
export function judgedDays(
  judged: readonly JudgedCutoff[],
  level: number,
  cutoff: number,
  horizon: number,
  bucketSize: number,
): Float32Array {
  const others = judged.filter((_, k) => k !== cutoff).map(({ dayRanks }) => dayRanks[level]!);
  const buckets = bucketCount(horizon, bucketSize);
  const places = adjustedPools(others, buckets).map((probabilities) => Array.from(probabilities, nearestKept));
  const kept = judged[cutoff]!.days[level]!;
  const out = new Float32Array((kept.length / KEPT.length) * LEVELS);
  for (let i = 0; i < out.length; i++) {
    const cell = Math.floor(i / LEVELS);
    const bucket = bucketAt(cell % horizon, bucketSize, buckets);
    out[i] = kept[cell * KEPT.length + places[bucket]![i % LEVELS]!]!;
  }
  return out;
}

function nearestKept(p: number): number {
  let best = 0;
  for (let i = 1; i < KEPT.length; i++) if (Math.abs(KEPT[i]! - p) < Math.abs(KEPT[best]! - p)) best = i;
  return best;
}
