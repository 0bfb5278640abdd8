import { mayTeach } from '../backtest/backtest.ts';
import type { Grouping } from '../reconcile/sum-matrix.ts';
import { type Losses, lossesOf, shrunkLosses } from './champion.ts';
import { errorProducts } from './error-products.ts';
import { backtestOf, COMBINATION, type ModelForecast, type Selection } from './selection.ts';
import { STACKING, type StackingOptions, stackedWeights } from './stacked-weights.ts';

export interface CombineOptions extends StackingOptions {
  /**
   * What a cutoff may be judged with: all other cutoffs (a single one with itself), or only earlier ones (the first two are then judged
   * with the baseline, for want of cutoffs before them).
   */
  judgedWith: 'others' | 'earlier';
  /** Share by which a single model's loss must be below the combination's to be published instead. */
  championMargin: number;
  /** Share by which the winner's loss must be below the baseline's, or the baseline stays. */
  baselineMargin: number;
  /** Levels of the hierarchy above the nodes whose errors count for the weights as well. */
  levels: readonly Grouping[];
}

export const COMBINING: CombineOptions = {
  ...STACKING,
  judgedWith: 'others',
  championMargin: 0.02,
  baselineMargin: 0.005,
  levels: [],
};

/** A selection whose last model is the combination. */
export interface CombinedSelection extends Selection {
  /** Weight of each given model in the combination that is published, [series][model]. */
  weights: Float64Array;
  /** The same as used at each cutoff, which took no part in them, [cutoff][series][model]. */
  weightsAt: Float64Array[];
  /** Log of the loss of the best of the others over the winner's, per series: 0.03 is 3 % better. */
  margin: Float64Array;
}

/**
 * Combines all models by stacked weights and chooses for each series between the combination, a single model and the
 * baseline.
 *
 * Every cutoff but a single one is forecast with weights it took no part in, and judged by a choice it took no part in: the losses behind
 * that choice are of combinations whose weights did not see it either (weights without both cutoffs).
 *
 * @param models means [series][origin][horizon]
 * @param actual [series][cutoff][horizon], NaN where not judged
 * @param baseline index of the model that is published where nothing beats it
 * O(series x cutoffs^2 x (models^2 x rounds + models x horizon)).
 */
export function combineModels(
  models: readonly ModelForecast[],
  actual: Float32Array,
  segmentOf: Int32Array,
  cutoffs: number,
  baseline: number,
  options: Partial<CombineOptions> = {},
): CombinedSelection {
  const settings = { ...COMBINING, ...options };
  const nodes = segmentOf.length;
  const products = errorProducts(models, actual, nodes, cutoffs);
  const sums = settings.levels.map((level) => errorProducts(models, actual, nodes, cutoffs, level));
  const mayUse = (k: number, judged: number): boolean =>
    settings.judgedWith === 'earlier' ? k < judged : mayTeach(k, judged, cutoffs);
  /** Without any cutoff before it the combination is a plain average, which says nothing of what weights are worth. */
  const hasWeights = (k: number): boolean => settings.judgedWith === 'others' || k > 0;
  const weightsFor = (judged: readonly number[]): Float64Array =>
    stackedWeights(products, segmentOf, (k) => judged.every((other) => mayUse(k, other)), settings, sums);
  const weightsAt = Array.from({ length: cutoffs }, (_, k) => weightsFor([k]));
  const weights = weightsFor([]);
  const mean = combinedMean(models, [...weightsAt, weights], nodes);
  const combinationLosses = lossesOf(backtestOf(mean, actual, nodes, cutoffs));
  const losses = models.map((model) => lossesOf(backtestOf(model.mean, actual, nodes, cutoffs)));

  const pairs = new Map<string, Float64Array>();
  const weightsWithout = (judged: number, k: number): Float64Array => {
    if (settings.judgedWith === 'earlier') return weightsAt[k]!;
    const key = `${Math.min(judged, k)} ${Math.max(judged, k)}`;
    if (!pairs.has(key)) pairs.set(key, weightsFor([judged, k]));
    return pairs.get(key)!;
  };
  const championWithout = Array.from({ length: cutoffs }, (_, judged) => {
    const seen = Array.from({ length: cutoffs }, (_, k) => mayUse(k, judged) && hasWeights(k));
    const inner = weightsAt.map((own, k) => (seen[k] ? weightsWithout(judged, k) : own));
    const innerMean = combinedMean(models, [...inner, weights], nodes);
    const candidates = [...losses, lossesOf(backtestOf(innerMean, actual, nodes, cutoffs))];
    return choose(candidates, seen, segmentOf, cutoffs, baseline, settings).champion;
  });
  const fit = Array.from({ length: cutoffs }, (_, k) => hasWeights(k));
  const { champion, margin } = choose([...losses, combinationLosses], fit, segmentOf, cutoffs, baseline, settings);
  return {
    models: [...models, { name: COMBINATION, mean }],
    champion,
    championWithout,
    weights,
    weightsAt,
    margin,
  };
}

function combinedMean(
  models: readonly ModelForecast[],
  weightsAt: readonly Float64Array[],
  nodes: number,
): Float32Array {
  const origins = weightsAt.length;
  const mean = new Float32Array(models[0]?.mean.length ?? 0);
  const horizon = nodes > 0 ? mean.length / nodes / origins : 0;
  const sum = new Float64Array(horizon);
  for (let node = 0; node < nodes; node++) {
    for (let k = 0; k < origins; k++) {
      const from = (node * origins + k) * horizon;
      sum.fill(0);
      models.forEach((model, m) => {
        const weight = weightsAt[k]![node * models.length + m]!;
        if (weight === 0) return;
        for (let h = 0; h < horizon; h++) sum[h]! += weight * model.mean[from + h]!;
      });
      mean.set(sum, from);
    }
  }
  return mean;
}

/** The winner of each node among the models and, last, the combination, by the cutoffs that are seen. */
function choose(
  losses: readonly Losses[],
  seen: readonly boolean[],
  segmentOf: Int32Array,
  cutoffs: number,
  baseline: number,
  { championMargin, baselineMargin }: CombineOptions,
): { champion: Int32Array; margin: Float64Array } {
  const shrunk = shrunkLosses(
    losses.map((loss) => onlySeen(loss, seen)),
    baseline,
    segmentOf,
    cutoffs,
    seen.indexOf(false),
  );
  const combination = losses.length - 1;
  const champion = new Int32Array(segmentOf.length).fill(baseline);
  const margin = new Float64Array(segmentOf.length);
  for (let s = 0; s < champion.length; s++) {
    let best = combination;
    let least = shrunk[combination]![s]! - championMargin;
    for (let m = 0; m < combination; m++) {
      if (m === baseline || shrunk[m]![s]! >= least) continue;
      least = shrunk[m]![s]!;
      best = m;
    }
    if (shrunk[best]![s]! < -baselineMargin) champion[s] = best;
    let other = Number.POSITIVE_INFINITY;
    shrunk.forEach((loss, m) => {
      if (m !== champion[s]) other = Math.min(other, loss[s]!);
    });
    margin[s] = Number.isFinite(other) ? other - shrunk[champion[s]!]![s]! : 0;
  }
  return { champion, margin };
}

function onlySeen({ squares, absolutes, cells }: Losses, seen: readonly boolean[]): Losses {
  const keep = (values: Float64Array): Float64Array => values.map((value, i) => (seen[i % seen.length] ? value : 0));
  return { squares: keep(squares), absolutes: keep(absolutes), cells: keep(cells) };
}
