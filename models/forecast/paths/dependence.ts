import type { Grouping } from '../reconcile/sum-matrix.ts';

/** Shares of the variance of a normal score, which add up to 1 with the rest. */
export interface Dependence {
  levels: readonly Grouping[];
  /** Luck that all series of a node share over the whole window, and on each day, per level. */
  windowShare: Float64Array;
  dayShare: Float64Array;
  /** Luck that lasts over a series' own window, and what is left to chance from day to day, per group. */
  ownShare: Float64Array;
  restShare: Float64Array;
  /** Correlation of the rest from one day to the next, per group. */
  carry: Float64Array;
}

/** Most of the variance that may be shared, and the largest carry. */
const MOST_SHARED = 0.95;
const MOST_CARRY = 0.9;

/** Scores [series][cutoff][horizon], NaN where unknown, with the sizes. */
export interface Scores {
  values: Float64Array;
  series: number;
  cutoffs: number;
  horizon: number;
}

/**
 * Splits the variance of normal scores into what series share by level and what lasts over a window: products of different
 * series of a node on the same day and on different days, less those of the level it is nested in; products of a series
 * with itself on other days (moments of a nested random-effects model; Searle, Casella and McCulloch 1992, Variance
 * Components, chapter 5).
 *
 * @param groupOf group of each series whose own shares are pooled
 * O(series x levels x cutoffs x horizon).
 */
export function fitDependence(
  scores: Scores,
  levels: readonly Grouping[],
  groupOf: Int32Array,
  groups: number,
): Dependence {
  const covariances = levels.map((level) => nodeCovariances(scores, level));
  const windowShare = new Float64Array(levels.length);
  const dayShare = new Float64Array(levels.length);
  const small = scores.cutoffs > 1 ? scores.cutoffs / (scores.cutoffs - 1) : 1;
  levels.forEach((level, i) => {
    const parent = parentOf(levels, i);
    const above = parent >= 0 ? covariances[parent]! : { window: 0, day: 0 };
    if (level.labels.length >= scores.series) return;
    const correction = parent < 0 ? small : 1;
    windowShare[i] = correction * Math.max(0, covariances[i]!.window - Math.max(0, above.window));
    const day = (c: { window: number; day: number }): number => Math.max(0, c.day - Math.max(0, c.window));
    dayShare[i] = Math.max(0, day(covariances[i]!) - (parent >= 0 ? day(above) : 0));
  });
  const shared = windowShare.reduce((a, b) => a + b, 0) + dayShare.reduce((a, b) => a + b, 0);
  if (shared > MOST_SHARED) {
    for (const shares of [windowShare, dayShare])
      for (let i = 0; i < shares.length; i++) shares[i]! *= MOST_SHARED / shared;
  }
  const windows = windowShare.reduce((a, b) => a + b, 0);
  const days = dayShare.reduce((a, b) => a + b, 0);
  const lags = ownCovariances(scores, groupOf, groups);
  const ownShare = lags.far.map((far) => Math.min(Math.max(0, far - windows), 1 - windows - days));
  const restShare = ownShare.map((own) => Math.max(0, 1 - windows - days - own));
  const carry = restShare.map((rest, g) =>
    rest > 0 ? Math.min(MOST_CARRY, Math.max(0, (lags.near[g]! - lags.far[g]!) / rest)) : 0,
  );
  return { levels, windowShare, dayShare, ownShare, restShare, carry };
}

/** The level with most nodes that level `i` is nested in; -1 for none. Equal partitions: the earlier one. */
function parentOf(levels: readonly Grouping[], i: number): number {
  const own = levels[i]!;
  let best = -1;
  levels.forEach((level, j) => {
    const isCoarser = level.labels.length < own.labels.length || (level.labels.length === own.labels.length && j < i);
    if (j === i || !isCoarser || !isNested(own.nodeOf, level.nodeOf)) return;
    if (best < 0 || level.labels.length > levels[best]!.labels.length) best = j;
  });
  return best;
}

function isNested(fine: Int32Array, coarse: Int32Array): boolean {
  const parent = new Map<number, number>();
  return fine.every((node, s) => {
    if (!parent.has(node)) parent.set(node, coarse[s]!);
    return parent.get(node) === coarse[s];
  });
}

/** Mean products of the scores of different series of one node: on the same day, and on different days of a window. */
function nodeCovariances({ values, series, cutoffs, horizon }: Scores, { nodeOf, labels }: Grouping) {
  const cells = cutoffs * horizon;
  const sum = new Float64Array(labels.length * cells);
  const square = new Float64Array(labels.length * cells);
  const count = new Float64Array(labels.length * cells);
  let window = 0;
  let windowPairs = 0;
  for (let s = 0; s < series; s++) {
    for (let k = 0; k < cutoffs; k++) {
      const own = { sum: 0, square: 0, count: 0 };
      for (let h = 0; h < horizon; h++) {
        const value = values[(s * cutoffs + k) * horizon + h]!;
        if (Number.isNaN(value)) continue;
        const at = nodeOf[s]! * cells + k * horizon + h;
        sum[at]! += value;
        square[at]! += value * value;
        count[at]!++;
        own.sum += value;
        own.square += value * value;
        own.count++;
      }
      window -= own.sum ** 2 - own.square;
      windowPairs -= own.count ** 2 - own.count;
    }
  }
  let day = 0;
  let dayPairs = 0;
  for (let row = 0; row < labels.length * cutoffs; row++) {
    const whole = { sum: 0, squares: 0, count: 0, counts: 0 };
    for (let i = row * horizon; i < (row + 1) * horizon; i++) {
      day += sum[i]! ** 2 - square[i]!;
      dayPairs += count[i]! * (count[i]! - 1);
      whole.sum += sum[i]!;
      whole.squares += sum[i]! ** 2;
      whole.count += count[i]!;
      whole.counts += count[i]! ** 2;
    }
    window += whole.sum ** 2 - whole.squares;
    windowPairs += whole.count ** 2 - whole.counts;
  }
  return { window: windowPairs > 0 ? window / windowPairs : 0, day: dayPairs > 0 ? day / dayPairs : 0 };
}

/** Mean products of a series' scores with its own on the next day (near) and on days at least a week away (far), per group. */
function ownCovariances({ values, series, cutoffs, horizon }: Scores, groupOf: Int32Array, groups: number) {
  const away = Math.min(7, Math.max(2, Math.floor(horizon / 2)));
  const sums = [new Float64Array(groups), new Float64Array(groups)];
  const counts = [new Float64Array(groups), new Float64Array(groups)];
  for (let s = 0; s < series; s++) {
    const group = groupOf[s]!;
    for (let row = s * cutoffs; row < (s + 1) * cutoffs; row++) {
      for (let a = 0; a < horizon; a++) {
        const value = values[row * horizon + a]!;
        if (Number.isNaN(value)) continue;
        for (let b = a + 1; b < horizon; b++) {
          const kind = b === a + 1 ? 0 : b - a >= away ? 1 : -1;
          const other = values[row * horizon + b]!;
          if (kind < 0 || Number.isNaN(other)) continue;
          sums[kind]![group]! += value * other;
          counts[kind]![group]!++;
        }
      }
    }
  }
  const [near, far] = sums.map((sum, kind) => sum.map((value, g) => value / Math.max(1, counts[kind]![g]!)));
  return { near: near!, far: far! };
}
