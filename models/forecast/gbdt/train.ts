import { createRandom } from '../../../data/random.ts';
import { type GbdtKernel, withGbdtKernel } from '../../kernels/gbdt.ts';
import { fillBins, reserveBins } from './binned.ts';
import { checkData, checkHeldOut, checkTarget, columnsOf, type GbdtData } from './dataset.ts';
import { learnFeatures } from './features.ts';
import { growTree } from './grow-tree.ts';
import { fillGradients, hasLogLink, initialScore, lossAt, refitQuantile } from './loss.ts';
import type { GbdtModel } from './model.ts';
import { type FilledOptions, fillOptions, type GbdtOptions } from './options.ts';
import { predictRaw } from './predict.ts';
import { quantileOf } from './quantile.ts';
import { complement, sampleInOrder, shareOf } from './sampling.ts';
import { reserveTraining, type TrainingMemory, type TrainingRows } from './training-memory.ts';
import { encodeTree, type GbdtTree } from './tree.ts';

export type { GbdtModel } from './model.ts';
export type { GbdtOptions } from './options.ts';

/** Σ|gradient| in fixed point; with one unit of rounding a row it stays below 2^31. */
const FIXED_POINT_SUM = 2 ** 30;
/** Gradients this small beside the target are float32 rounding. */
const RELATIVE_RESIDUAL = 1e-7;

/** What one of several models over the same rows learns. */
export interface GbdtTraining {
  target: Float32Array;
  /** 1 for each row if left out. */
  weight?: Float32Array | undefined;
  options: GbdtOptions;
}

export interface FittedGbdt {
  model: GbdtModel;
  /** The model's raw score of each row. */
  fitted: Float32Array;
}

/**
 * Gradient-boosted trees with histograms, leaf-wise growth, categorical sets, learned directions for missing values and
 * monotone columns. Deterministic by the seed; one thread.
 *
 * Rows of weight 0 count for nothing, columns of one value tell nothing and are left out. Throws `GBDT_DATA_INVALID` and
 * `GBDT_OPTION_INVALID`. No rows, no columns or a constant target give a model without trees.
 *
 * Cost: O(trees x (rows x columns x depth + leaves x columns x bins)); memory 56 + 8 ceil(columns / 8) bytes a row.
 * Sources: Friedman (2001); Ke et al. (2017), LightGBM, whose rules for bins, categories and monotone bounds ("basic")
 * are followed; fixed-point histograms after Shi et al. (2022), "Quantized training of gradient boosting decision trees".
 */
export function trainGbdt(
  data: GbdtData,
  target: Float32Array,
  weight: Float32Array | undefined,
  options: GbdtOptions,
  onTree?: (done: number) => void,
): GbdtModel {
  return trainGbdtModels(data, [{ target, weight, options }], onTree)[0]!.model;
}

/**
 * Several models as of `trainGbdt`, one after the other, over the same rows, whose bins are learned once: as the options, the target and
 * the held-out rows of the first of them say.
 *
 * @param onTree called with the number of trees done, of all models
 */
export function trainGbdtModels(
  data: GbdtData,
  trainings: readonly GbdtTraining[],
  onTree?: (done: number) => void,
): FittedGbdt[] {
  checkData(data);
  const checked = trainings.map(({ target, weight, options }) => {
    const filled = fillOptions(options);
    checkTarget(data.rows, target, weight, hasLogLink(filled.loss));
    const validation = filled.earlyStop?.validationRows ?? new Uint32Array(0);
    checkHeldOut(data.rows, validation);
    return { filled, given: { rows: complement(data.rows, validation), validation, target, weight } };
  });
  const [first] = checked;
  if (!first) return [];
  const random = createRandom(first.filled.seed).fork('bins');
  const features = learnFeatures(data, first.given.target, first.given.rows, first.filled.bins, random);
  return withGbdtKernel((kernel) => {
    const bins = reserveBins(kernel, data.rows, features.length);
    fillBins(kernel, features, columnsOf(features, data), 0, data.rows, bins);
    let before = 0;
    return checked.map(({ filled, given }) => {
      const initial = initialScore(filled.loss, given.target, given.weight, given.rows);
      const model: GbdtModel = { loss: filled.loss, features, initial, trees: [], validationLoss: [] };
      const from = before;
      before += filled.trees;
      if (given.rows.length === 0 || features.length === 0)
        return { model, fitted: new Float32Array(data.rows).fill(initial) };
      const top = kernel.top;
      const memory = reserveTraining(kernel, bins, filled, features, given);
      kernel.floats(memory.score, data.rows).fill(initial);
      const isCut = boost(kernel, memory, model, filled, given, (done) => onTree?.(from + done));
      const fitted = isCut ? predictRaw(model, data) : kernel.floats(memory.score, data.rows).slice();
      kernel.release(top);
      return { model, fitted };
    });
  });
}

/** Grows trees into the model; returns whether some of those that the scores hold were taken away at the end. */
function boost(
  kernel: GbdtKernel,
  memory: TrainingMemory,
  model: GbdtModel,
  options: FilledOptions,
  given: TrainingRows,
  onTree: (done: number) => void,
): boolean {
  const random = createRandom(options.seed);
  const total = memory.bins.rows;
  const all = given.rows.length;
  const allColumns = Uint32Array.from(model.features, (_, f) => f);
  const count = shareOf(all, options.rowShare);
  const outside = all - count + given.validation.length;
  let fewest = Number.POSITIVE_INFINITY;
  let kept = 0;
  for (let t = 0; t < options.trees; t++) {
    if (count < all && t % options.baggingEvery === 0) {
      const seed = random.fork(`rows ${t}`).below(2 ** 31);
      kernel.run.drawRows(memory.rows, all, count, seed, memory.bag, memory.outside);
      kernel.integers(memory.outside + (all - count) * 4, given.validation.length).set(given.validation);
    }
    const columns = sampleInOrder(allColumns, options.columnShare, random.fork(`columns ${t}`));
    const scales = prepareGradients(kernel, memory, options, given, random.fork(`rounding ${t}`).below(2 ** 31));
    if (!scales) break;
    const tree = oneTree(kernel, memory, model, options, { count, outside, columns, ...scales });
    if (!tree) {
      if (options.rowShare < 1 || options.columnShare < 1) continue;
      break;
    }
    model.trees.push(tree);
    if (options.earlyStop && given.validation.length > 0) {
      const loss = meanLoss(kernel.floats(memory.score, total), model, given);
      model.validationLoss.push(loss);
      if (loss < fewest) {
        fewest = loss;
        kept = model.trees.length;
      } else if (model.trees.length - kept >= options.earlyStop.rounds) break;
    }
    onTree(t + 1);
  }
  const grown = model.trees.length;
  if (options.earlyStop && given.validation.length > 0) model.trees.length = kept;
  return model.trees.length < grown;
}

interface Scales {
  gradientScale: number;
  hessianScale: number;
}

/** Gradients of all rows in fixed point, or nothing where they are no more than rounding. O(rows). */
function prepareGradients(
  kernel: GbdtKernel,
  memory: TrainingMemory,
  { loss }: FilledOptions,
  given: TrainingRows,
  seed: number,
): Scales | undefined {
  const { run } = kernel;
  const rows = memory.bins.rows;
  fillGradients(kernel, loss, memory, rows);
  const sum = run.sumOfAbsolutes(memory.gradient, rows);
  const size = refitQuantile(loss) === undefined ? run.sumOfAbsolutes(memory.target, rows) / rows : 1;
  const gradientScale = FIXED_POINT_SUM / sum;
  if (!Number.isFinite(gradientScale) || sum <= RELATIVE_RESIDUAL * size * (given.weight ? 0 : rows)) return undefined;
  const hessianScale = memory.hessian ? FIXED_POINT_SUM / run.sumOfAbsolutes(memory.hessian, rows) : 1;
  if (!Number.isFinite(hessianScale)) return undefined;
  run.quantize(memory.gradient, memory.hessian, rows, gradientScale, hessianScale, seed, memory.packed);
  return { gradientScale, hessianScale };
}

/** Grows a tree and adds it to all scores. */
function oneTree(
  kernel: GbdtKernel,
  memory: TrainingMemory,
  model: GbdtModel,
  options: FilledOptions,
  {
    count,
    outside,
    columns,
    gradientScale,
    hessianScale,
  }: Scales & {
    count: number;
    outside: number;
    columns: Uint32Array;
  },
): GbdtTree | undefined {
  const { bins, score } = memory;
  const { features } = model;
  kernel.integers(memory.index, count).set(kernel.integers(memory.bag, count));
  const active = kernel.octets(memory.columns, features.length * 8);
  for (let f = 0; f < features.length; f++) active[f * 8 + 4] = 0;
  for (const column of columns) active[column * 8 + 4] = 1;
  const share = refitQuantile(options.loss);
  const { tree, begins } = growTree(kernel, {
    ...memory,
    features,
    count,
    isWhole: count === bins.rows,
    groups: [...new Set(Array.from(columns, (column) => column >> 3))],
    leaves: options.leaves,
    limits: {
      ...options,
      hessianScale,
      unit: hessianScale / gradientScale,
      hessianCounts: memory.hessian === 0,
      isMonotone: features.some(({ monotone }) => monotone !== 0),
      isRefitted: share !== undefined,
    },
    refit: share === undefined ? undefined : (index, count) => residualQuantile(kernel, memory, index, count, share),
  });
  if (tree.leaf.length === 1) return undefined;
  for (let leaf = 0; leaf < tree.leaf.length; leaf++) {
    tree.leaf[leaf]! *= options.learningRate;
    kernel.run.addToScores(score, memory.index + begins[leaf]! * 4, tree.leafRows[leaf]!, tree.leaf[leaf]!);
  }
  if (outside > 0) {
    const leaves = encodeTree(kernel, tree, memory.walkNodes, bins);
    kernel.run.walk(memory.walkNodes, leaves, bins.pointer, memory.outside, outside, score);
  }
  return tree;
}

/** Quantile of target minus score over rows of the index. O(rows), expected. */
function residualQuantile(
  kernel: GbdtKernel,
  memory: TrainingMemory,
  index: number,
  count: number,
  share: number,
): number {
  kernel.run.residuals(memory.target, memory.score, index, count, memory.ordered);
  const residuals = kernel.floats(memory.ordered, count);
  if (!memory.weight) return quantileOf(residuals, undefined, share);
  const weights = kernel.floats(memory.weight, memory.bins.rows);
  const rows = kernel.integers(index, count);
  const own = new Float32Array(count);
  for (let i = 0; i < count; i++) own[i] = weights[rows[i]!]!;
  return quantileOf(residuals, own, share);
}

function meanLoss(score: Float32Array, { loss }: GbdtModel, { validation, target, weight }: TrainingRows): number {
  let sum = 0;
  let total = 0;
  for (const row of validation) {
    const w = weight ? weight[row]! : 1;
    sum += w * lossAt(loss, score[row]!, target[row]!);
    total += w;
  }
  return total > 0 ? sum / total : 0;
}
