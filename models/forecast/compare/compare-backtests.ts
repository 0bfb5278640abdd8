import { sumKnown } from '../backtest/backtest.ts';
import { dieboldMariano } from './diebold-mariano.ts';

/** A published backtest by series, as it is kept to be compared: only the judged periods. */
export interface BacktestCells {
  /** Names of the series. */
  series: string[];
  /** Node of each series at each level above, and its segment. */
  levels: { level: string; nodeOf: string[] }[];
  segmentOf: string[];
  /** First judged day of each cutoff, days since 1970-01-01. */
  cutoffs: number[];
  periodDays: number;
  horizon: number;
  /** [series][cutoff][horizon]; an actual is NaN where it is unknown. */
  actual: Float32Array;
  forecast: Float32Array;
}

/** Two backtests over the cells that both have, in one slice; a part that is absent means all. */
export interface ComparedSlice {
  level: string;
  segment?: string;
  /** First judged day. */
  cutoff?: number;
  /** Periods ahead, `from` included, `to` not. */
  from?: number;
  to?: number;
  n: number;
  wape: number;
  otherWape: number;
  /** Of no difference in absolute error (Diebold and Mariano); NaN for a single cutoff, which proves nothing. */
  p: number;
}

interface Paired {
  cutoffs: number[];
  horizon: number;
  /** [node][cutoff][horizon], all NaN where one of the two has no actual. */
  nodes: number;
  actual: Float64Array;
  forecast: Float64Array;
  other: Float64Array;
}

/**
 * Accuracy of two backtests side by side on the series, cutoffs and periods that both judged, against the actuals of the
 * first, by level, horizon, cutoff and segment.
 *
 * @param bucketSize periods of the horizon that are taken together
 * @returns nothing where they have no cell in common
 * O(cells x levels).
 */
export function compareBacktests(one: BacktestCells, other: BacktestCells, bucketSize: number): ComparedSlice[] {
  const bottom = pair(one, other);
  if (bottom.actual.every(Number.isNaN)) return [];
  const segments = [...new Set(one.segmentOf)].sort();
  const slices = slicesOf('series', bottom, bucketSize);
  for (const segment of segments) {
    const nodes = one.segmentOf.flatMap((own, s) => (own === segment ? [s] : []));
    slices.push({ ...judge(bottom, { nodes }), level: 'series', segment });
  }
  for (const { level, nodeOf } of one.levels) slices.push(...slicesOf(level, sumPairs(bottom, nodeOf), bucketSize));
  return slices.filter(({ n }) => n > 0);
}

function slicesOf(level: string, paired: Paired, bucketSize: number): ComparedSlice[] {
  const slices: ComparedSlice[] = [{ ...judge(paired, {}), level }];
  for (let from = 0; from < paired.horizon; from += bucketSize) {
    const to = Math.min(paired.horizon, from + bucketSize);
    slices.push({ ...judge(paired, { from, to }), level, from, to });
  }
  paired.cutoffs.forEach((cutoff, k) => {
    slices.push({ ...judge(paired, { cutoff: k }), level, cutoff, p: Number.NaN });
  });
  return slices;
}

function pair(one: BacktestCells, other: BacktestCells): Paired {
  const horizon = Math.min(one.horizon, other.horizon);
  const cutoffs = one.cutoffs.filter((day) => other.cutoffs.includes(day));
  const rowOf = new Map(other.series.map((name, s) => [name, s]));
  const size = one.series.length * cutoffs.length * horizon;
  const unknown = (): Float64Array => new Float64Array(size).fill(Number.NaN);
  const paired: Paired = {
    cutoffs,
    horizon,
    nodes: one.series.length,
    actual: unknown(),
    forecast: unknown(),
    other: unknown(),
  };
  one.series.forEach((name, s) => {
    const s2 = rowOf.get(name);
    if (s2 === undefined || one.periodDays !== other.periodDays) return;
    cutoffs.forEach((day, k) => {
      const from = (s * one.cutoffs.length + one.cutoffs.indexOf(day)) * one.horizon;
      const from2 = (s2 * other.cutoffs.length + other.cutoffs.indexOf(day)) * other.horizon;
      const to = (s * cutoffs.length + k) * horizon;
      for (let h = 0; h < horizon; h++) {
        if (Number.isNaN(one.actual[from + h]!) || Number.isNaN(other.actual[from2 + h]!)) continue;
        paired.actual[to + h] = one.actual[from + h]!;
        paired.forecast[to + h] = one.forecast[from + h]!;
        paired.other[to + h] = other.forecast[from2 + h]!;
      }
    });
  });
  return paired;
}

function sumPairs(bottom: Paired, nodeOf: readonly string[]): Paired {
  const labels = [...new Set(nodeOf)].sort();
  const index = new Map(labels.map((label, i) => [label, i]));
  const groupOf = Int32Array.from(nodeOf, (label) => index.get(label)!);
  const cells = bottom.cutoffs.length * bottom.horizon;
  const sum = (values: Float64Array): Float64Array => sumKnown(values, groupOf, labels.length, cells);
  return {
    ...bottom,
    nodes: labels.length,
    actual: sum(bottom.actual),
    forecast: sum(bottom.forecast),
    other: sum(bottom.other),
  };
}

interface Part {
  nodes?: readonly number[];
  cutoff?: number;
  from?: number;
  to?: number;
}

function judge(paired: Paired, part: Part): Pick<ComparedSlice, 'n' | 'wape' | 'otherWape' | 'p'> {
  const { cutoffs, horizon, actual, forecast, other } = paired;
  const nodes = part.nodes ?? Array.from({ length: paired.nodes }, (_, i) => i);
  const [from, to] = [part.from ?? 0, part.to ?? horizon];
  let [n, sold, errors, otherErrors] = [0, 0, 0, 0];
  const differences: number[] = [];
  for (let k = part.cutoff ?? 0; k <= (part.cutoff ?? cutoffs.length - 1); k++) {
    for (let h = from; h < to; h++) {
      let [known, difference] = [0, 0];
      for (const node of nodes) {
        const i = (node * cutoffs.length + k) * horizon + h;
        if (Number.isNaN(actual[i]!)) continue;
        const [own, its] = [Math.abs(forecast[i]! - actual[i]!), Math.abs(other[i]! - actual[i]!)];
        sold += actual[i]!;
        errors += own;
        otherErrors += its;
        difference += own - its;
        known++;
      }
      n += known;
      if (known > 0) differences.push(difference / known);
    }
  }
  const p = dieboldMariano(Float64Array.from(differences), to - from);
  return { n, wape: errors / sold, otherWape: otherErrors / sold, p };
}
