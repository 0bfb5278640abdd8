import type { Selection } from './combine/selection.ts';
import { exact } from './hierarchy.ts';
import { OVERRIDE } from './overrides/override.ts';
import type { ForecastPlan } from './plan.ts';
import { QUANTILE_LEVELS } from './uncertainty/conformal.ts';
import type { Marginals } from './uncertainty/marginals.ts';
import { quantilesAt } from './uncertainty/quantiles-at.ts';

/** Name of the forecast of series that are not sold any more. */
export const ZERO = 'zero';

/** Name of the forecast of series that are new, where others have been launched or sold before. */
export const LAUNCH = 'launch_curve';

/** Means and quantiles of every node at every period ahead, [node][horizon] and [node][horizon][level]. */
export interface Published {
  mean: Float64Array;
  quantiles: Float32Array;
}

/** Models that are there for the series they are published for, and for no others. */
export const PARTIAL: readonly string[] = [LAUNCH, OVERRIDE];

/** Name of the model published for each series: the planner's override, what its fallback says, or the champion. */
export function publishedModels({ models, champion, isOverridden }: Selection, { fallback }: ForecastPlan): string[] {
  const newcomer = models.some(({ name }) => name === LAUNCH) ? LAUNCH : 'moving_average';
  return fallback.map((code, s) => {
    if (isOverridden?.[s]) return OVERRIDE;
    if (code === 'DEAD' || code === 'NO_HISTORY') return ZERO;
    return code === 'NEW' ? newcomer : models[champion[s]!]!.name;
  });
}

/** Fallback codes with `BASELINE` where no model beat the baseline; empty where a planner has decided. */
export function publishedCodes(
  { models, champion, isOverridden }: Selection,
  { fallback, baseline }: ForecastPlan,
): string[] {
  return fallback.map((code, s) => {
    if (isOverridden?.[s]) return '';
    return code || (models[champion[s]!]!.name === baseline ? 'BASELINE' : '');
  });
}

/**
 * Means of one model for all series from the last origin, in exact steps, [series][horizon].
 *
 * @param mean [series][origin][horizon]
 */
export function lastMeans(mean: Float32Array, { origins, horizon }: ForecastPlan): Float64Array {
  const perSeries = origins.length * horizon;
  const nodes = mean.length / perSeries;
  const last = new Float64Array(nodes * horizon);
  for (let s = 0; s < nodes; s++) {
    for (let h = 0; h < horizon; h++) last[s * horizon + h] = exact(mean[(s + 1) * perSeries - horizon + h]!);
  }
  return last;
}

/** The published mean of each series, [series][horizon]; zero for what is not sold any more. */
export function publishedMeans(selection: Selection, plan: ForecastPlan): Float64Array {
  const { horizon } = plan;
  const names = publishedModels(selection, plan);
  const means = new Map(selection.models.map(({ name, mean }) => [name, mean]));
  const perSeries = (plan.cutoffs.length + 1) * horizon;
  const bottom = new Float64Array(names.length * horizon);
  names.forEach((name, s) => {
    if (name === ZERO) return;
    const from = (s + 1) * perSeries - horizon;
    for (let h = 0; h < horizon; h++) bottom[s * horizon + h] = exact(means.get(name)![from + h]!);
  });
  return bottom;
}

/** Quantiles around means of series, [series][horizon][level]. */
export function seriesQuantiles(mean: Float64Array, horizon: number, marginals: Marginals): Float32Array {
  const quantiles = new Float32Array(mean.length * QUANTILE_LEVELS.length);
  for (let i = 0; i < mean.length; i++) {
    const node = Math.floor(i / horizon);
    quantilesAt(marginals, node, i % horizon, mean[i]!, marginals.cutoffs, quantiles, i * QUANTILE_LEVELS.length);
  }
  return quantiles;
}
