import { type Backtest, mayTeach, sumKnown } from '../backtest/backtest.ts';
import type { Grouping } from '../reconcile/sum-matrix.ts';
import { QUANTILE_LEVELS } from '../uncertainty/conformal.ts';
import { bucketAt } from '../uncertainty/horizon-buckets.ts';
import { fitMarginals, type Marginals } from '../uncertainty/marginals.ts';
import { quantilesAt } from '../uncertainty/quantiles-at.ts';
import { accumulate, adjustedPools, gather, type JudgedCutoff, KEPT, PATHS, quantilesOf } from './path-quantiles.ts';
import { addRank, drawQuantile } from './rank-histogram.ts';
import { fitPathModel, type PathModel, samplePaths } from './sample-paths.ts';

/** Series drawn at a time. */
const BLOCK = 64;
const LEVELS = QUANTILE_LEVELS.length;

/** What the sums of a panel are forecast from; shared by its tasks. */
export interface PathInputs {
  /** Of the published forecasts of the series. */
  backtest: Backtest;
  /** Their distributions, learnt from it. */
  marginals: Marginals;
  /** Above the series. */
  levels: readonly Grouping[];
  seed: number;
  /** Probabilities of the windows of series that judged cutoffs keep the quantiles of. */
  windowLevels?: readonly number[];
}

/** Quantiles of everything that can be added up, over the series of a node and over days. */
export interface PublishedSums {
  /** By day, per level [node][horizon][quantile]. */
  days: Float32Array[];
  /** Of the sum over the first 1, 2, ... periods: the series, then per level, [node][horizon][quantile]. */
  windows: Float32Array[];
}

/**
 * Draws paths for a cutoff by what the others teach (a single one by what it teaches itself), and compares. A day counts in a sum only
 * for series whose actual is known, a window only where at least half of its days are known or certainly zero, and these days alone.
 *
 * O(series x paths x horizon x (levels + log paths)); memory 8 bytes x upper nodes x paths x horizon.
 */
export function judgeCutoff(
  { backtest, marginals: { options }, levels, seed, windowLevels = [] }: PathInputs,
  cutoff: number,
): JudgedCutoff {
  const { nodes, cutoffs, horizon } = backtest;
  const { groupOf, groups } = options;
  const others = { ...backtest, actual: backtest.actual.slice() };
  const actual = new Float64Array(nodes * horizon);
  const mean = new Float64Array(nodes * horizon);
  for (let i = 0; i < mean.length; i++) {
    const at = (Math.floor(i / horizon) * cutoffs + cutoff) * horizon + (i % horizon);
    actual[i] = backtest.actual[at]!;
    mean[i] = backtest.forecast[at]!;
    if (!mayTeach(cutoff, cutoff, cutoffs)) others.actual[at] = Number.NaN;
  }
  const marginals = fitMarginals(others, options);
  const poolsOf = (count: number): Float64Array => new Float64Array(count * marginals.buckets * (PATHS + 1));
  const ranks = [poolsOf(groups), ...levels.map(() => poolsOf(1))];
  const model = fitPathModel(others, marginals, levels);
  const windows = new Float32Array(nodes * horizon * windowLevels.length);
  const sums = drawSums(model, { mean, horizon, seed: seed + cutoff, cutoff, actual }, levels, (s, running) => {
    if (windowLevels.length > 0) {
      windows.set(
        quantilesOf(running, horizon, () => windowLevels),
        s * horizon * windowLevels.length,
      );
    }
    const own = actual.subarray(s * horizon, (s + 1) * horizon);
    const isClosed = (h: number): boolean => mean[s * horizon + h] === 0;
    addWindowRanks(running, own, isClosed, marginals, ranks[0]!, groupOf[s]!);
  });
  const days = sums.map((values) => quantilesOf(values, horizon, () => KEPT));
  const dayRanks = levels.map(() => poolsOf(1));
  levels.forEach(({ nodeOf, labels }, i) => {
    const known = sumKnown(actual, nodeOf, labels.length, horizon);
    const cells = PATHS * horizon;
    addDayRanks(sums[i]!, known, horizon, marginals, dayRanks[i]!);
    accumulate(sums[i]!, horizon);
    for (let node = 0; node < labels.length; node++) {
      const running = sums[i]!.subarray(node * cells, (node + 1) * cells);
      const own = known.subarray(node * horizon, (node + 1) * horizon);
      addWindowRanks(running, own, () => false, marginals, ranks[i + 1]!, 0);
    }
  });
  return { days, ranks, dayRanks, windows };
}

/** Ranks of all known days of the nodes of a level, by bucket. */
function addDayRanks(
  sums: Float64Array,
  actual: Float64Array,
  horizon: number,
  { options, buckets }: Marginals,
  ranks: Float64Array,
): void {
  const draws = new Float64Array(PATHS);
  actual.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const node = Math.floor(i / horizon);
    const h = i % horizon;
    for (let p = 0; p < PATHS; p++) draws[p] = sums[(node * PATHS + p) * horizon + h]!;
    if (draws.every((draw) => draw === 0)) return;
    const pool = bucketAt(h, options.bucketSize, buckets) * (PATHS + 1);
    addRank(draws, value, ranks.subarray(pool, pool + PATHS + 1));
  });
}

/** Ranks of the windows of one node that begin with the first period, by bucket of their length. */
function addWindowRanks(
  running: Float64Array,
  actual: Float64Array,
  isClosed: (h: number) => boolean,
  { buckets, options }: Marginals,
  ranks: Float64Array,
  group: number,
): void {
  const horizon = actual.length;
  const draws = new Float64Array(PATHS);
  let sum = 0;
  let known = 0;
  for (let h = 0; h < horizon; h++) {
    const value = actual[h]!;
    if (!Number.isNaN(value)) sum += value;
    if (!Number.isNaN(value) || isClosed(h)) known++;
    if (2 * known < h + 1) continue;
    let isCertain = true;
    for (let p = 0; p < PATHS; p++) {
      draws[p] = running[p * horizon + h]!;
      isCertain &&= draws[p] === 0;
    }
    if (isCertain) continue;
    const pool = (group * buckets + bucketAt(h, options.bucketSize, buckets)) * (PATHS + 1);
    addRank(draws, sum, ranks.subarray(pool, pool + PATHS + 1));
  }
}

/**
 * Draws paths for the periods ahead, one joint distribution of all levels, and gives the quantiles of all sums, at
 * probabilities adjusted by past days that far ahead, or windows of that length, of the level or (windows of series) the segment.
 * A longer window is never below a shorter one.
 *
 * @param mean published, [series][horizon]
 * @param judged of every cutoff
 * Costs as `judgeCutoff`.
 */
export function publishSums(
  { backtest, marginals, levels, seed }: PathInputs,
  mean: Float64Array,
  judged: readonly JudgedCutoff[],
): PublishedSums {
  const { cutoffs, horizon } = backtest;
  const { groupOf, groups, bucketSize } = marginals.options;
  const { buckets } = marginals;
  const adjusted = [groups, ...levels.map(() => 1)].map((count, part) =>
    adjustedPools(
      judged.map(({ ranks }) => ranks[part]!),
      count * buckets,
    ),
  );
  const adjustedDays = levels.map((_, i) =>
    adjustedPools(
      judged.map(({ dayRanks }) => dayRanks[i]!),
      buckets,
    ),
  );
  const model = fitPathModel(backtest, marginals, levels);
  const series = new Float32Array(mean.length * LEVELS);
  const sums = drawSums(model, { mean, horizon, seed: seed + cutoffs }, levels, (s, running) => {
    quantilesAt(marginals, s, 0, mean[s * horizon]!, cutoffs, series, s * horizon * LEVELS);
    const probabilities = (h: number): Float64Array =>
      adjusted[0]![groupOf[s]! * buckets + bucketAt(h, bucketSize, buckets)]!;
    readWindows(running, horizon, probabilities, series, s);
  });
  const days = sums.map((values, i) =>
    quantilesOf(values, horizon, (h) => adjustedDays[i]![bucketAt(h, bucketSize, buckets)]!),
  );
  const windows = sums.map((values, i) => {
    const out = new Float32Array(days[i]!.length);
    const cells = PATHS * horizon;
    accumulate(values, horizon);
    for (let node = 0; node < values.length / cells; node++) {
      const from = node * horizon * LEVELS;
      out.set(days[i]!.subarray(from, from + LEVELS), from);
      const probabilities = (h: number): Float64Array => adjusted[i + 1]![bucketAt(h, bucketSize, buckets)]!;
      readWindows(values.subarray(node * cells, (node + 1) * cells), horizon, probabilities, out, node);
    }
    return out;
  });
  return { days, windows: [series, ...windows] };
}

/** Quantiles of the running sums of a node from the second period on; those of the first are its day's. */
function readWindows(
  running: Float64Array,
  horizon: number,
  probabilities: (h: number) => Float64Array,
  out: Float32Array,
  node: number,
): void {
  const sorted = new Float64Array(PATHS);
  for (let h = 1; h < horizon; h++) {
    gather(running, h, horizon, sorted);
    for (let i = 0; i < LEVELS; i++) {
      const to = (node * horizon + h) * LEVELS + i;
      out[to] = Math.max(out[to - LEVELS]!, drawQuantile(sorted, probabilities(h)[i]!));
    }
  }
}

interface DrawRequest {
  mean: Float64Array;
  horizon: number;
  seed: number;
  /** That is forecast from; what is ahead if left out. */
  cutoff?: number;
  /** [series][horizon]: only days with one take part in sums; all of them if left out. */
  actual?: Float64Array;
}

/**
 * Draws all series block by block and adds them up.
 *
 * @param onSeries given the running sums of each series, [path][horizon], to be read at once
 * @returns sums by day, per level [node][path][horizon]; whole numbers stay exact
 */
function drawSums(
  model: PathModel,
  { mean, horizon, seed, cutoff, actual }: DrawRequest,
  levels: readonly Grouping[],
  onSeries: (s: number, running: Float64Array) => void,
): Float64Array[] {
  const cells = PATHS * horizon;
  const sums = levels.map(({ labels }) => new Float64Array(labels.length * cells));
  const seriesCount = horizon > 0 ? mean.length / horizon : 0;
  const running = new Float64Array(cells);
  for (let from = 0; from < seriesCount; from += BLOCK) {
    const to = Math.min(seriesCount, from + BLOCK);
    const drawn = samplePaths(model, { mean, horizon, paths: PATHS, seed, cutoff, from, to });
    for (let s = from; s < to; s++) {
      const own = drawn.subarray((s - from) * cells, (s - from + 1) * cells);
      for (let h = 0; actual && h < horizon; h++) {
        if (Number.isNaN(actual[s * horizon + h]!)) for (let i = h; i < cells; i += horizon) own[i] = 0;
      }
      levels.forEach(({ nodeOf }, level) => {
        const values = sums[level]!;
        const at = nodeOf[s]! * cells;
        for (let i = 0; i < cells; i++) values[at + i]! += own[i]!;
      });
      running.set(own);
      accumulate(running, horizon);
      onSeries(s, running);
    }
  }
  return sums;
}

/** Body of the worker task that judges one cutoff. */
export function judgeCutoffTask({ cutoff }: { cutoff: number }, shared: PathInputs): JudgedCutoff {
  return judgeCutoff(shared, cutoff);
}

/** Body of the worker task that draws what is published. */
export function publishSumsTask(
  { mean, judged }: { mean: Float64Array; judged: JudgedCutoff[] },
  shared: PathInputs,
): PublishedSums {
  return publishSums(shared, mean, judged);
}
