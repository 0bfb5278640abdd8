import { wapeOf } from '../../models/forecast/backtest/accuracy-slices.ts';
import type { CombinedSelection } from '../../models/forecast/combine/combine-models.ts';
import { backtestOf, COMBINATION, type Selection } from '../../models/forecast/combine/selection.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import type { Seconds } from '../executor/thread-seconds.ts';

/** What a model is worth and what it costs. */
export interface ModelPrice {
  model: string;
  /** Processor seconds of its forecasts from all origins, when they were made; the combination costs those of all. */
  seconds: number;
  /** Series for which it is published. */
  published: number;
  /** Mean share by which its backtest loss lay below the next best model's, over the series it is the best for; null without any. */
  margin_over_next: number | null;
  /** 1 - WAPE in backtest over all series, and the share by which its WAPE lay below the baseline's. */
  accuracy: number | null;
  margin_over_baseline: number | null;
}

/** Adds seconds by part to those so far. */
export function addSeconds(sum: Seconds, more: Seconds): void {
  for (const [part, seconds] of Object.entries(more)) sum[part] = (sum[part] ?? 0) + seconds;
}

/**
 * Worth and price of every model.
 *
 * @param combined all models
 * @param shown the choice that is published, of the same models or of few of them
 */
export function modelPrices(
  combined: CombinedSelection,
  shown: Selection,
  plan: ForecastPlan,
  seconds: Seconds,
): ModelPrice[] {
  const total = Object.values(seconds).reduce((sum, each) => sum + each, 0);
  const published = Array.from(shown.champion, (m) => shown.models[m]!.name);
  const wapes = combined.models.map(({ mean }) =>
    wapeOf(backtestOf(mean, plan.actual, plan.segmentOf.length, plan.cutoffs.length)),
  );
  const baseline = wapes[combined.models.findIndex(({ name }) => name === plan.baseline)]!;
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return combined.models.map(({ name }, m) => {
    const chosen = Array.from(combined.champion.keys()).filter((s) => combined.champion[s] === m);
    const logs = chosen.reduce((sum, s) => sum + combined.margin[s]!, 0) / chosen.length;
    return {
      model: name,
      seconds: name === COMBINATION ? total : (seconds[name] ?? 0),
      published: published.filter((own) => own === name).length,
      margin_over_next: known(1 - Math.exp(-logs)),
      accuracy: known(1 - wapes[m]!),
      margin_over_baseline: known(1 - wapes[m]! / baseline),
    };
  });
}
