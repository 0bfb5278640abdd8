import { createRandom, type Random } from '../../../data/random.ts';
import type { Panel } from '../../panel.ts';
import type { Feature } from '../features/feature.ts';
import { featuresOf } from '../features/registry.ts';
import { filledTable } from '../features/table.ts';
import { createTimeline } from '../features/timeline.ts';
import { Vantage } from '../features/vantage.ts';
import { leastLeafRows } from '../gbdt/options.ts';
import { predictGbdt } from '../gbdt/predict.ts';
import { type GbdtModel, trainGbdtModels } from '../gbdt/train.ts';
import { sampleWindows } from '../sampling.ts';
import { type WindowAnchor, windowAnchor } from './window-anchor.ts';
import { allocateWindows, appendWindows, type WindowRows } from './window-rows.ts';

export interface WindowTreesRequest {
  /** First periods of the windows, ascending. */
  origins: number[];
  /** Windows of 1, 2, ... up to so many periods. */
  horizon: number;
  /** Probabilities, ascending. */
  levels: number[];
  seed: number;
  /** Overrides of the sizes. */
  budget?: Partial<WindowTreesBudget>;
}

/** How much to learn from, and how. */
export interface WindowTreesBudget {
  /** Rows learned from, at most, and those drawn from one series and origin. */
  rows: number;
  windowsPerOrigin: number;
  trees: number;
  leaves: number;
  learningRate: number;
  minLeafRows: number;
  columnShare: number;
  rowShare: number;
  bins: number;
}

/** Quantiles of the sums from one origin, [series][window][level]; NaN where there is nothing to tell them from. */
export interface WindowQuantiles {
  origin: number;
  quantiles: Float32Array;
}

/**
 * Chosen on VN2 origins at 66, 72, 78, 87 and 90 known weeks (mean pinball loss at 0.833 of the three-week sum; the spread of restock
 * alone had 1.780): 1.663 with 20,000 rows, 1.659 with twice as many at 1.6 times the price, 1.653 with 250 trees at a rate of 0.03 as
 * well, 1.676 with four windows of each origin. Trained on windows of three weeks only, with the level as anchor 1.722, with level times
 * season 1.683; an example weighed by the root of its anchor or not at all was worse by 6 and 12 %.
 */
export const WINDOW_TREES: WindowTreesBudget = {
  rows: 20_000,
  windowsPerOrigin: 2,
  trees: 150,
  leaves: 16,
  learningRate: 0.05,
  minLeafRows: 50,
  columnShare: 0.5,
  rowShare: 0.7,
  bins: 63,
};

/** Periods of history before the first row to learn from. */
const WARM_UP = { daily: 56, weekly: 26 } as const;
/** Age at which an origin is drawn half as often. */
const HALF_LIFE_YEARS = 2;
/** Largest ratio to learn from, and least anchor per period, in units. */
const LARGEST_RATIO = 20;
const LEAST_ANCHOR = 0.02;
/** Rows below which nothing is learned. */
const LEAST_ROWS = 200;
/** Share of a window's periods that must be known. */
const KNOWN_SHARE = 0.75;
const SERIES_PER_BATCH = 256;

/**
 * Quantiles of what is sold over the first 1, 2, ... periods from an origin, directly: boosted trees of quantile loss over all
 * series and lengths of window, one model per level, on the ratio of the sum to its anchor, weighed so that the loss is in units.
 * They see what makes a series more or less certain (its zeros, its noise, its trend), which pools of past errors do not.
 * Trained once, on what lies before the first origin.
 *
 * After the quantile regressions of the M5 uncertainty competition (Makridakis et al. 2022, International Journal of Forecasting 38).
 *
 * @returns units, ascending over levels, not negative, for each origin in the order given; NaN for a series without any sale before, and
 *   for all where there are fewer than 200 windows to learn from
 */
export function forecastWindowTrees(panel: Panel, request: WindowTreesRequest): WindowQuantiles[] {
  const { origins, horizon, levels } = request;
  const budget = { ...WINDOW_TREES, ...request.budget };
  const random = createRandom(request.seed).fork('window trees');
  const timeline = createTimeline(panel);
  const features = featuresOf(timeline);
  const at = new Vantage(timeline);
  const anchor = windowAnchor(horizon);
  const models = train(at, features, anchor, request, budget, random);
  return origins.map((origin) => {
    timeline.feedUntil(origin);
    return { origin, quantiles: forecastOrigin(at, features, anchor, models, origin, horizon, levels.length) };
  });
}

function train(
  at: Vantage,
  features: readonly Feature[],
  anchor: WindowAnchor,
  { origins, horizon, levels }: WindowTreesRequest,
  budget: WindowTreesBudget,
  random: Random,
): GbdtModel[] {
  const cutoff = origins[0] ?? 0;
  const { rows, ratio } = drawRows(at, features, anchor, cutoff, horizon, budget, random);
  if (rows.table.rows < LEAST_ROWS) return [];
  const table = filledTable(rows.table);
  const weight = new Float32Array(table.rows);
  const periods = table.columns[features.length]!.values;
  let all = 0;
  for (let i = 0; i < table.rows; i++) all += weight[i] = rows.anchor[i]! / periods[i]!;
  for (let i = 0; i < table.rows; i++) weight[i]! *= table.rows / all;
  const { trees, leaves, learningRate, minLeafRows, columnShare, rowShare, bins } = budget;
  const target = ratio.subarray(0, table.rows);
  const trainings = levels.map((quantile, q) => ({
    target,
    weight,
    options: {
      loss: 'quantile' as const,
      quantile,
      trees,
      leaves,
      learningRate,
      minLeafRows: leastLeafRows(minLeafRows, table.rows),
      lambda: 1,
      columnShare,
      rowShare,
      bins,
      seed: random.fork(`level ${q}`).below(2 ** 31),
    },
  }));
  return trainGbdtModels(table, trainings).map(({ model }) => model);
}

/** Windows drawn with more of late and around the season, of all lengths alike, and the ratio of their sum to the anchor. */
function drawRows(
  at: Vantage,
  features: readonly Feature[],
  anchor: WindowAnchor,
  cutoff: number,
  horizon: number,
  { rows: most, windowsPerOrigin }: WindowTreesBudget,
  random: Random,
): { rows: WindowRows; ratio: Float32Array } {
  const { panel, timeline } = at;
  const perOrigin = Math.min(windowsPerOrigin, horizon);
  const pairs = Math.ceil(Math.min(most, panel.seriesCount * cutoff * perOrigin) / perOrigin);
  const warmUp = WARM_UP[panel.frequency];
  const samples = sampleWindows(panel, warmUp, cutoff, horizon, pairs, random.fork('origins'), HALF_LIFE_YEARS);
  const rows = allocateWindows(features, samples.length * perOrigin);
  const ratio = new Float32Array(samples.length * perOrigin);
  const draws = random.fork('lengths');
  const anchors = new Float64Array(horizon);
  for (const { series, origin } of samples) {
    timeline.feedUntil(origin);
    at.stand(series, origin);
    if (!(at.level > 0)) continue;
    anchor(at, anchors);
    const lengths: number[] = [];
    for (let k = 0; k < perOrigin; k++) {
      const length = 1 + Math.floor(((k + draws.uniform()) * horizon) / perOrigin);
      const value = ratioOf(at, length, cutoff, anchors);
      if (Number.isNaN(value)) continue;
      ratio[rows.table.rows + lengths.length] = Math.min(LARGEST_RATIO, value);
      lengths.push(length);
    }
    appendWindows(rows, features, at, lengths, anchors);
  }
  return { rows, ratio };
}

/** Sales of the known periods of a window over their anchor; NaN where it is not over by `cutoff`, or too little of it is known. */
function ratioOf(
  { panel, timeline, series, origin }: Vantage,
  length: number,
  cutoff: number,
  anchors: Float64Array,
): number {
  if (origin + length > cutoff) return Number.NaN;
  let [sold, expected, known, all] = [0, 0, 0, 0];
  for (let h = 0; h < length; h++) {
    all += anchors[h]!;
    if (!timeline.isKnown(series, origin + h)) continue;
    sold += panel.quantity[series * panel.periods + origin + h]!;
    expected += anchors[h]!;
    known++;
  }
  const isKnown = known >= KNOWN_SHARE * length && expected >= LEAST_ANCHOR * known && expected >= KNOWN_SHARE * all;
  return isKnown ? Math.max(0, sold) / expected : Number.NaN;
}

function forecastOrigin(
  at: Vantage,
  features: readonly Feature[],
  anchor: WindowAnchor,
  models: readonly GbdtModel[],
  origin: number,
  horizon: number,
  levels: number,
): Float32Array {
  const { seriesCount } = at.panel;
  const quantiles = new Float32Array(seriesCount * horizon * levels).fill(Number.NaN);
  if (models.length === 0) return quantiles;
  const lengths = Array.from({ length: horizon }, (_, h) => h + 1);
  const anchors = new Float64Array(horizon);
  const own = new Float64Array(levels);
  for (let from = 0; from < seriesCount; from += SERIES_PER_BATCH) {
    const to = Math.min(seriesCount, from + SERIES_PER_BATCH);
    const rows = allocateWindows(features, (to - from) * horizon);
    const places: number[] = [];
    for (let s = from; s < to; s++) {
      at.stand(s, origin);
      if (!(at.level > 0)) continue;
      anchor(at, anchors);
      for (let h = 0; h < horizon; h++) places.push(s * horizon + h);
      appendWindows(rows, features, at, lengths, anchors);
    }
    const table = filledTable(rows.table);
    const ratios = models.map((model) => predictGbdt(model, table));
    places.forEach((place, i) => {
      for (let q = 0; q < levels; q++) own[q] = Math.max(0, ratios[q]![i]! * rows.anchor[i]!);
      quantiles.set(own.sort(), place * levels);
    });
  }
  return quantiles;
}

/** The worker task: as `forecastWindowTrees`, over the panel that all tasks share. */
export function forecastWindowTreesTask(request: WindowTreesRequest, { panel }: { panel: Panel }): WindowQuantiles[] {
  return forecastWindowTrees(panel, request);
}
