import type { Random } from '../../../data/random.ts';
import type { GbdtColumn, GbdtData } from './dataset.ts';

/** How a column's values become bins 1..`bins`; bin 0 is for what is missing or was not seen in training. */
export interface GbdtFeature {
  name: string;
  kind: 'numeric' | 'categorical';
  monotone: -1 | 0 | 1;
  bins: number;
  /** Numeric, ascending: a value's bin is 1 + the number of edges below it. */
  edges: Float32Array;
  /** Categorical: the categories of the training rows, and the bin of each. */
  categories: Int32Array;
  categoryBins: Uint8Array;
}

/** Edges come from at most this many rows: 255 bins of about 200 values. */
const SAMPLE_ROWS = 50_000;
/** As LightGBM's `min_data_in_bin`. */
const MIN_BIN_ROWS = 3;
/** Categories above this are taken as missing, so that tables by category stay small. */
const MAX_CATEGORY = 1 << 20;

const MAX_CATEGORY_BINS = 255;
/** A category's mean target is drawn to the overall mean as by this many rows. */
const SHRINKAGE_ROWS = 10;

/**
 * Learns the bins of each column with more than one value from the rows given. A category has its own bin, whatever `maxBins` is; where there are
 * more than 255, those of similar mean target share one. O(columns x (rows + sample x log sample)).
 */
export function learnFeatures(
  data: GbdtData,
  target: Float32Array,
  rows: Uint32Array,
  maxBins: number,
  random: Random,
): GbdtFeature[] {
  const sample = sampleOf(rows, random);
  const telling = data.columns.filter(({ values }) => !isConstant(values, rows));
  return telling.map((column) => {
    const { name, kind, monotone = 0 } = column;
    const none = { categories: new Int32Array(0), categoryBins: new Uint8Array(0) };
    const { categories, categoryBins } = kind === 'categorical' ? learnCategories(column, target, rows) : none;
    const edges = kind === 'numeric' ? binEdges(sortedValues(column, sample), maxBins) : new Float32Array(0);
    const bins = kind === 'numeric' ? edges.length + 1 : Math.min(categories.length, MAX_CATEGORY_BINS);
    return { name, kind, monotone, bins, edges, categories, categoryBins };
  });
}

/** Whether the rows all have one value, or are all missing. */
function isConstant(values: Float32Array, rows: Uint32Array): boolean {
  const first = values[rows[0] ?? 0]!;
  return rows.every((row) => Object.is(values[row], first));
}

function sampleOf(rows: Uint32Array, random: Random): Uint32Array {
  if (rows.length <= SAMPLE_ROWS) return rows;
  const step = rows.length / SAMPLE_ROWS;
  return Uint32Array.from({ length: SAMPLE_ROWS }, (_, i) => rows[Math.floor((i + random.uniform()) * step)]!);
}

function sortedValues({ values }: GbdtColumn, rows: Uint32Array): Float32Array {
  const found = new Float32Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = values[row]!;
    if (!Number.isNaN(value)) found[count++] = value;
  }
  return found.subarray(0, count).sort();
}

/**
 * Edges of at most `maxBins` bins of about equal frequency; a value that alone fills a bin gets its own. O(values).
 * Source: `GreedyFindBin` of LightGBM (Ke et al. 2017), without its bin for zero.
 */
export function binEdges(sorted: Float32Array, maxBins: number): Float32Array {
  const distinct = new Float32Array(sorted.length);
  const counts = new Float64Array(sorted.length);
  let kinds = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (kinds === 0 || sorted[i] !== distinct[kinds - 1]) distinct[kinds++] = sorted[i]!;
    counts[kinds - 1]!++;
  }
  const edges: number[] = [];
  const few = kinds <= maxBins;
  const own = few ? Number.POSITIVE_INFINITY : sorted.length / maxBins;
  let restRows = sorted.length;
  let restBins = maxBins;
  for (let i = 0; i < kinds; i++) {
    if (counts[i]! < own) continue;
    restRows -= counts[i]!;
    restBins--;
  }
  let aim = few ? MIN_BIN_ROWS : Math.max(MIN_BIN_ROWS, restRows / Math.max(1, restBins));
  let inBin = 0;
  for (let i = 0; i + 1 < kinds && edges.length + 1 < maxBins; i++) {
    const alone = counts[i]! >= own;
    inBin += counts[i]!;
    if (!alone) restRows -= counts[i]!;
    if (inBin < aim && !alone && !(counts[i + 1]! >= own && inBin >= Math.max(1, aim / 2))) continue;
    edges.push(between(distinct[i]!, distinct[i + 1]!));
    inBin = 0;
    if (!few && !alone) aim = Math.max(MIN_BIN_ROWS, restRows / Math.max(1, --restBins));
  }
  return Float32Array.from(edges);
}

/** A float32 edge with a <= edge < b. */
function between(a: number, b: number): number {
  const middle = Math.fround(a / 2 + b / 2);
  return middle >= a && middle < b ? middle : a;
}

function learnCategories(
  { values }: GbdtColumn,
  target: Float32Array,
  rows: Uint32Array,
): { categories: Int32Array; categoryBins: Uint8Array } {
  const found = new Map<number, { category: number; rows: number; sum: number }>();
  let known = 0;
  let sum = 0;
  for (const row of rows) {
    const category = categoryOf(values[row]!);
    if (category < 0) continue;
    const entry = found.get(category) ?? { category, rows: 0, sum: 0 };
    if (entry.rows === 0) found.set(category, entry);
    entry.rows++;
    entry.sum += target[row]!;
    known++;
    sum += target[row]!;
  }
  const entries = [...found.values()];
  if (entries.length <= MAX_CATEGORY_BINS) {
    entries.sort((a, b) => b.rows - a.rows || a.category - b.category);
    return {
      categories: Int32Array.from(entries, ({ category }) => category),
      categoryBins: Uint8Array.from(entries, (_, i) => i + 1),
    };
  }
  const mean = (entry: { rows: number; sum: number }): number =>
    (entry.sum + (SHRINKAGE_ROWS * sum) / known) / (entry.rows + SHRINKAGE_ROWS);
  entries.sort((a, b) => mean(a) - mean(b) || a.category - b.category);
  let before = 0;
  const categoryBins = Uint8Array.from(entries, (entry) => {
    const bin = 1 + Math.floor((before * MAX_CATEGORY_BINS) / known);
    before += entry.rows;
    return bin;
  });
  return { categories: Int32Array.from(entries, ({ category }) => category), categoryBins };
}

/** The category of a value, -1 where it is none. */
export function categoryOf(value: number): number {
  return Number.isInteger(value) && value >= 0 && value < MAX_CATEGORY ? value : -1;
}
