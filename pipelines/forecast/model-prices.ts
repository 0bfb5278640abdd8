import type { CombinedSelection } from '../../models/forecast/combine/combine-models.ts';
import { COMBINATION, type Selection } from '../../models/forecast/selection.ts';
import type { Seconds } from '../executor/thread-seconds.ts';
import type { Assessment } from './assess.ts';

/** What a model is worth and what it costs. */
export interface ModelPrice {
  model: string;
  /** Processor seconds of its forecasts from all origins, when they were made; the combination costs those of all. */
  seconds: number;
  /** Series for which it is published. */
  published: number;
  /** Mean share by which its backtest loss lay below the next best model's, over those series; null without any. */
  margin_over_next: number | null;
  /** 1 - WAPE in backtest over all series, and the share by which its WAPE lay below the baseline's. */
  accuracy: number | null;
  margin_over_baseline: number | null;
}

/** Adds seconds by part to those so far. */
export function addSeconds(sum: Seconds, more: Seconds): void {
  for (const [part, seconds] of Object.entries(more)) sum[part] = (sum[part] ?? 0) + seconds;
}

/** Worth and price of every model of the selection. */
export function modelPrices(
  { models, champion, margin }: Selection & Pick<CombinedSelection, 'margin'>,
  { rows }: Assessment,
  seconds: Seconds,
): ModelPrice[] {
  const total = Object.values(seconds).reduce((sum, each) => sum + each, 0);
  return models.map(({ name }, m) => {
    const own = Array.from(champion.keys()).filter((s) => champion[s] === m);
    const logs = own.reduce((sum, s) => sum + margin[s]!, 0) / Math.max(1, own.length);
    const overall = rows.find(
      ({ level, model, node, segment, cutoff, bucket }) =>
        level === 'series' && model === name && [node, segment, cutoff, bucket].every((part) => part === undefined),
    );
    const known = (value: number | undefined): number | null => (Number.isFinite(value) ? value! : null);
    return {
      model: name,
      seconds: name === COMBINATION ? total : (seconds[name] ?? 0),
      published: own.length,
      margin_over_next: own.length > 0 ? 1 - Math.exp(-logs) : null,
      accuracy: known(overall && 1 - overall.accuracy.wape),
      margin_over_baseline: known(overall?.skill),
    };
  });
}
