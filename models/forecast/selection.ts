import type { Backtest } from './backtest.ts';
import { chooseChampions, combinationMembers, lossesOf, shrunkLosses } from './champion.ts';
import { SEGMENTS } from './segments.ts';

/** Means of one model at every origin, [series][origin][horizon]; the last origin is the one to publish. */
export interface ModelForecast {
  name: string;
  mean: Float32Array;
}

/** Name of the average of the best two models of a segment. */
export const COMBINATION = 'combination';
const COMBINATION_SIZE = 2;

export interface Selection {
  /** The models given, and the combination where there are enough to average. */
  models: ModelForecast[];
  /** Model published for each series, an index into `models`. */
  champion: Int32Array;
  /** Model that is chosen when a cutoff takes no part in the choice, [cutoff][series]. */
  championWithout: Int32Array[];
}

/** The part of a model's means that is judged, with what happened. */
export function backtestOf(mean: Float32Array, actual: Float32Array, nodes: number, cutoffs: number): Backtest {
  const horizon = mean.length / nodes / (cutoffs + 1);
  const forecast = new Float32Array(actual.length);
  for (let s = 0; s < nodes; s++) {
    const from = s * (cutoffs + 1) * horizon;
    forecast.set(mean.subarray(from, from + cutoffs * horizon), s * cutoffs * horizon);
  }
  return { nodes, cutoffs, horizon, actual, forecast };
}

/**
 * Chooses the champion of each series, once with all cutoffs (to publish) and once without each of them (to judge honestly),
 * with the combination as a further candidate.
 *
 * @param actual [series][cutoff][horizon], NaN where not judged
 * @param baseline index of the model that is published where nothing beats it
 */
export function selectModels(
  models: readonly ModelForecast[],
  actual: Float32Array,
  segmentOf: Int32Array,
  cutoffs: number,
  baseline: number,
): Selection {
  const nodes = segmentOf.length;
  const horizon = nodes > 0 ? models[0]!.mean.length / nodes / (cutoffs + 1) : 0;
  const losses = models.map((model) => lossesOf(backtestOf(model.mean, actual, nodes, cutoffs)));
  const shrunk = Array.from({ length: cutoffs + 1 }, (_, without) =>
    shrunkLosses(losses, baseline, segmentOf, cutoffs, without < cutoffs ? without : -1),
  );
  const all = [...models];
  if (models.length > COMBINATION_SIZE) {
    const members = shrunk.map((loss) => combinationMembers(loss, segmentOf, SEGMENTS.length, COMBINATION_SIZE));
    const mean = new Float32Array(models[0]!.mean.length);
    for (let s = 0; s < nodes; s++) {
      for (let origin = 0; origin <= cutoffs; origin++) {
        const averaged = members[origin]![segmentOf[s]!]!;
        const from = (s * (cutoffs + 1) + origin) * horizon;
        for (let h = 0; h < horizon; h++) {
          let sum = 0;
          for (const model of averaged) sum += models[model]!.mean[from + h]!;
          mean[from + h] = sum / averaged.length;
        }
      }
    }
    all.push({ name: COMBINATION, mean });
    losses.push(lossesOf(backtestOf(mean, actual, nodes, cutoffs)));
  }
  const champions = Array.from({ length: cutoffs + 1 }, (_, without) =>
    chooseChampions(shrunkLosses(losses, baseline, segmentOf, cutoffs, without < cutoffs ? without : -1), baseline),
  );
  return { models: all, champion: champions[cutoffs]!, championWithout: champions.slice(0, cutoffs) };
}

/** Means of the champions at every origin, [series][origin][horizon], each cutoff with the choice it took no part in. */
export function championMeans({ models, champion, championWithout }: Selection, horizon: number): Float32Array {
  const origins = championWithout.length + 1;
  const mean = new Float32Array(champion.length * origins * horizon);
  for (let s = 0; s < champion.length; s++) {
    for (let k = 0; k < origins; k++) {
      const chosen = k < championWithout.length ? championWithout[k]![s]! : champion[s]!;
      const from = (s * origins + k) * horizon;
      mean.set(models[chosen]!.mean.subarray(from, from + horizon), from);
    }
  }
  return mean;
}
