import type { Backtest } from '../backtest/backtest.ts';
import type { Without } from '../forecaster.ts';

/** Means of one model at every origin, [series][origin][horizon]; the last origin is the one to publish. */
export interface ModelForecast {
  name: string;
  mean: Float32Array;
  /** At the last origin, [series][horizon], for models that tell. */
  without?: Without;
}

/** Name of the weighted mean of the models. */
export const COMBINATION = 'combination';

export interface Selection {
  /** The models given, and the combination where there are enough to average. */
  models: ModelForecast[];
  /** Model published for each series, an index into `models`. */
  champion: Int32Array;
  /** Model that is chosen when a cutoff takes no part in the choice, [cutoff][series]. */
  championWithout: Int32Array[];
  /** 1 for series whose published forecast is a planner's; none where left out. */
  isOverridden?: Uint8Array;
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
