import type { Accuracy } from './accuracy.ts';
import { accuracyOf, type JudgedBacktest, type Slice, wapeOf } from './accuracy-slices.ts';
import type { Backtest } from './backtest.ts';

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
  /** Models judged in every combination of segment, cutoff and horizon bucket; the others by one of them at a time. */
  crossed: readonly string[];
}

interface NamedSlice {
  key: Partial<AccuracyKey>;
  slice: Slice;
}

const WHOLE: NamedSlice = { key: {}, slice: {} };

/**
 * Accuracy of several models at one level: over all, by segment, cutoff and horizon bucket, and by node, each with its
 * skill over the baseline. O(models x cells), eight times the cells for a crossed model.
 *
 * @param baseline the model that skill is measured against
 */
export function accuracyRows(
  level: string,
  models: readonly JudgedModel[],
  baseline: Backtest,
  breakdown: Breakdown,
): AccuracyRow[] {
  const slices = slicesOf(baseline, breakdown);
  const reference = slices.map(({ slice }) => wapeOf(baseline, slice));
  return models.flatMap(({ model, judged }) => {
    const isCrossed = breakdown.crossed.includes(model);
    return slices.flatMap(({ key, slice }, i) => {
      if (!isCrossed && Object.keys(key).length > 1) return [];
      const accuracy = accuracyOf(judged, slice);
      if (accuracy.n === 0) return [];
      return [{ level, model, ...key, accuracy, skill: 1 - accuracy.wape / reference[i]! }];
    });
  });
}

function slicesOf({ nodes, cutoffs, horizon }: Backtest, { bucketSize, segments, perNode }: Breakdown): NamedSlice[] {
  const bySegment = segments.map(({ name, nodes: members }) => ({ key: { segment: name }, slice: { nodes: members } }));
  const byCutoff = Array.from({ length: cutoffs }, (_, cutoff) => ({ key: { cutoff }, slice: { cutoff } }));
  const byBucket = Array.from({ length: Math.ceil(horizon / bucketSize) }, (_, bucket) => ({
    key: { bucket },
    slice: { from: bucket * bucketSize, to: (bucket + 1) * bucketSize },
  }));
  const crossed = [byCutoff, byBucket].reduce<NamedSlice[]>(
    (known, more) =>
      known.flatMap((one) =>
        [WHOLE, ...more].map(({ key, slice }) => ({ key: { ...one.key, ...key }, slice: { ...one.slice, ...slice } })),
      ),
    [WHOLE, ...bySegment],
  );
  const byNode = perNode
    ? Array.from({ length: nodes }, (_, node) => ({ key: { node }, slice: { nodes: [node] } }))
    : [];
  return [...crossed, ...byNode];
}
