import type { ErrorProducts } from './error-products.ts';
import { simplexMinimum } from './simplex.ts';

export interface StackingOptions {
  /** Cutoffs that the mean of the segment counts for, against the node's own. */
  segmentCutoffs: number;
  /** Cutoffs that the mean of the whole panel counts for: of all nodes, and of their sums. */
  panelCutoffs: number;
  /** Noise of its own that is added to the best model's mean squared error, in units of it: a pull to equal weights. */
  ridge: number;
  /** The other models' noise grows with this power of the ratio of their mean squared error to the best one's. */
  ridgePower: number;
  /** Weight of a cutoff against the next newer one. */
  recency: number;
  /** Models take part whose root mean square over the panel and its sums is at most so many times the best one's. */
  screen: number;
}

/**
 * Chosen on M5 origins before d_1745. On five of them (every 56 days to d_1717) the mean WRMSSE was 0.4457 with weights by the
 * errors of single series alone, 0.4434 with those of their sums and a panel part of 4 cutoffs, 0.4415 with one of 48; the boosted trees
 * alone had 0.4433. Pull and screen: docs/decisions/0022, recency: 0020.
 */
export const STACKING: StackingOptions = {
  segmentCutoffs: 8,
  panelCutoffs: 24,
  ridge: 2,
  ridgePower: 6,
  recency: 0.8,
  screen: 1.3,
};

/** Errors of a model count for no more than this many times the best model's of the node, so that no node decides for others. */
const LARGEST_RATIO = 4;

/**
 * Weights of a linear combination per node, not negative and of sum 1: those of least squared error over the cutoffs used,
 * where the node's own error products (in units of its best model's mean square) are pooled with those of its segment and
 * of the whole panel (stacking: Breiman 1996, Machine Learning 24; combination by error covariance: Bates and Granger 1969).
 * The panel's part is the mean over the levels of the hierarchy: what errors add up to is seen in sums alone, where the
 * noise of single nodes cancels and what a model gets wrong for all of them on the same day does not.
 *
 * @param segmentOf segment of each node
 * @param sums error products of the sums of nodes, one entry per level
 * @param uses whether a cutoff may be used
 * @returns [node][model]; equal weights where nothing is known at all. O(nodes x models^2 x rounds)
 */
export function stackedWeights(
  products: ErrorProducts,
  segmentOf: Int32Array,
  uses: (cutoff: number) => boolean,
  options: StackingOptions = STACKING,
  sums: readonly ErrorProducts[] = [],
): Float64Array {
  const { models, nodes, cutoffs } = products;
  const square = models * models;
  const used = Array.from({ length: cutoffs }, (_, k) => (uses(k) ? options.recency ** (cutoffs - 1 - k) : 0));
  const evidence = used.filter((weight) => weight > 0).length;
  const weights = new Float64Array(nodes * models).fill(1 / Math.max(1, models));
  if (evidence === 0 || models === 0) return weights;
  const own = new Float64Array(square);
  const segments = segmentOf.reduce((most, segment) => Math.max(most, segment + 1), 0);
  const pools = new Float64Array((segments + 1) * square);
  const known = new Float64Array(segments + 1);
  for (let node = 0; node < nodes; node++) {
    if (!scaledProducts(products, node, used, own)) continue;
    for (const pool of [segmentOf[node]!, segments]) {
      known[pool]!++;
      for (let i = 0; i < square; i++) pools[pool * square + i]! += own[i]!;
    }
  }
  for (let i = 0; i < pools.length; i++) pools[i]! /= Math.max(1, known[Math.floor(i / square)]!);
  addLevels(pools.subarray(segments * square), sums, used);
  const members = screened(pools.subarray(segments * square), models, options.screen);
  const count = members.length;
  const mixed = new Float64Array(count * count);
  const mix = (isKnown: boolean, segment: number): Float64Array => {
    const parts = [isKnown ? evidence : 0, known[segment]! > 0 ? options.segmentCutoffs : 0, options.panelCutoffs];
    const total = parts[0]! + parts[1]! + parts[2]!;
    for (let at = 0; at < mixed.length; at++) {
      const i = members[Math.floor(at / count)]! * models + members[at % count]!;
      const inPool = parts[1]! * pools[segment * square + i]! + parts[2]! * pools[segments * square + i]!;
      mixed[at] = ((isKnown ? parts[0]! * own[i]! : 0) + inPool) / Math.max(1e-9, total);
    }
    let best = Number.POSITIVE_INFINITY;
    for (let a = 0; a < count; a++) best = Math.min(best, mixed[a * count + a]!);
    for (let a = 0; a < count; a++) {
      const square = mixed[a * count + a]!;
      mixed[a * count + a]! += options.ridge * (square / Math.max(1e-9, best)) ** options.ridgePower;
    }
    return mixed;
  };
  weights.fill(0);
  const starts = Array.from({ length: segments }, (_, segment) => simplexMinimum(mix(false, segment), count));
  for (let node = 0; node < nodes; node++) {
    const segment = segmentOf[node]!;
    const isKnown = scaledProducts(products, node, used, own);
    const solved = isKnown ? simplexMinimum(mix(true, segment), count, starts[segment]) : starts[segment]!;
    solved.forEach((weight, a) => {
      weights[node * models + members[a]!] = weight;
    });
  }
  return weights;
}

/**
 * Models whose root mean square over the panel is within `limit` times the best one's, ascending. A worse one is ahead on
 * single nodes by luck more than by merit.
 */
function screened(pool: Float64Array, models: number, limit: number): number[] {
  const squares = Array.from({ length: models }, (_, a) => pool[a * models + a]!);
  const most = limit * limit * Math.min(...squares);
  return Array.from(squares.keys()).filter((a) => squares[a]! <= most);
}

/** Makes a mean over nodes the mean of it and of those over the nodes of each level above. */
function addLevels(pool: Float64Array, levels: readonly ErrorProducts[], used: readonly number[]): void {
  const own = new Float64Array(pool.length);
  for (const level of levels) {
    const mean = new Float64Array(pool.length);
    let known = 0;
    for (let node = 0; node < level.nodes; node++) {
      if (!scaledProducts(level, node, used, own)) continue;
      known++;
      for (let i = 0; i < own.length; i++) mean[i]! += own[i]!;
    }
    for (let i = 0; i < pool.length; i++) pool[i]! += mean[i]! / Math.max(1, known);
  }
  for (let i = 0; i < pool.length; i++) pool[i]! /= levels.length + 1;
}

/** Mean error products of a node over the cutoffs used, in units of the least mean square; false where nothing is known. */
function scaledProducts(
  { models, cutoffs, sums, cells }: ErrorProducts,
  node: number,
  used: readonly number[],
  out: Float64Array,
): boolean {
  const size = (models * (models + 1)) / 2;
  let total = 0;
  out.fill(0);
  for (let k = 0; k < cutoffs; k++) {
    const row = node * cutoffs + k;
    if (!(used[k]! > 0) || cells[row] === 0) continue;
    total += used[k]! * cells[row]!;
    let at = row * size;
    for (let a = 0; a < models; a++) for (let b = 0; b <= a; b++) out[a * models + b]! += used[k]! * sums[at++]!;
  }
  let least = Number.POSITIVE_INFINITY;
  let mean = 0;
  for (let a = 0; a < models; a++) {
    least = Math.min(least, out[a * models + a]!);
    mean += out[a * models + a]! / models;
  }
  if (total === 0 || !(mean > 0) || !Number.isFinite(mean)) return false;
  const unit = Math.max(least, mean / 1000);
  const root = Float64Array.from({ length: models }, (_, a) =>
    Math.min(1, LARGEST_RATIO / Math.sqrt(Math.max(1, out[a * models + a]! / unit))),
  );
  for (let a = 0; a < models; a++) {
    for (let b = 0; b <= a; b++) {
      out[a * models + b]! *= (root[a]! * root[b]!) / unit;
      out[b * models + a] = out[a * models + b]!;
    }
  }
  return true;
}
