import type { Accuracy } from './accuracy.ts';
import { accuracyOf, type JudgedBacktest, type Slice } from './accuracy-slices.ts';

/** What a row of the accuracy report speaks of; an absent part means all. */
export interface AccuracyKey {
  level: string;
  model: string;
  /** Node of the level: an index, for rows about one series or node. */
  node?: number;
  segment?: string;
  cutoff?: number;
  /** Number of the horizon bucket, from 0. */
  bucket?: number;
}

export interface AccuracyRow extends AccuracyKey {
  accuracy: Accuracy;
  /** 1 - WAPE over the baseline's WAPE on the same cells. */
  skill: number;
}

/** One model's judged backtest at one level. */
export interface JudgedModel {
  model: string;
  judged: JudgedBacktest;
}

/** What to break down by. */
export interface Breakdown {
  bucketSize: number;
  /** Named groups of nodes. */
  segments: { name: string; nodes: number[] }[];
  perNode: boolean;
}

/**
 * Accuracy of several models at one level: over all, by cutoff, by horizon bucket, by segment, and by node, each with its
 * skill over the baseline.
 *
 * @param baseline the model that skill is measured against
 */
export function accuracyRows(
  level: string,
  models: readonly JudgedModel[],
  baseline: JudgedBacktest,
  { bucketSize, segments, perNode }: Breakdown,
): AccuracyRow[] {
  const { nodes, cutoffs, horizon } = baseline.backtest;
  const slices: { key: Partial<AccuracyKey>; slice: Slice }[] = [{ key: {}, slice: {} }];
  for (let cutoff = 0; cutoff < cutoffs; cutoff++) slices.push({ key: { cutoff }, slice: { cutoff } });
  for (let bucket = 0; bucket * bucketSize < horizon; bucket++) {
    slices.push({ key: { bucket }, slice: { from: bucket * bucketSize, to: (bucket + 1) * bucketSize } });
  }
  for (const { name, nodes: members } of segments) slices.push({ key: { segment: name }, slice: { nodes: members } });
  if (perNode) for (let node = 0; node < nodes; node++) slices.push({ key: { node }, slice: { nodes: [node] } });
  const reference = slices.map(({ slice }) => accuracyOf(baseline, slice).wape);
  return models.flatMap(({ model, judged }) =>
    slices.flatMap(({ key, slice }, i) => {
      const accuracy = accuracyOf(judged, slice);
      if (accuracy.n === 0) return [];
      return [{ level, model, ...key, accuracy, skill: 1 - accuracy.wape / reference[i]! }];
    }),
  );
}
