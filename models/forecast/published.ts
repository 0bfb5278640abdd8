import { QUANTILE_LEVELS, quantilesAt } from './conformal.ts';
import { exact, type HierarchyLevel, sumMeans } from './hierarchy.ts';
import type { Judgement } from './judgement.ts';
import { OVERRIDE } from './overrides/override.ts';
import type { ForecastPlan } from './plan.ts';
import type { Selection } from './selection.ts';

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
 * Forecast of one model for all series from the last origin, with its quantiles.
 *
 * @param mean [series][origin][horizon]
 * @param judgement the model's, without which (no backtest) quantiles equal the mean
 */
export function publishSeries(
  mean: Float32Array,
  { origins, horizon }: ForecastPlan,
  judgement?: Judgement,
): Published {
  const perSeries = origins.length * horizon;
  const nodes = mean.length / perSeries;
  const last = new Float64Array(nodes * horizon);
  for (let s = 0; s < nodes; s++) {
    for (let h = 0; h < horizon; h++) last[s * horizon + h] = exact(mean[(s + 1) * perSeries - horizon + h]!);
  }
  return { mean: last, quantiles: quantilesOf(last, horizon, judgement) };
}

/** The sums of a level, with quantiles from its own backtest errors. */
export function publishLevel(
  bottom: Float64Array,
  horizon: number,
  level: HierarchyLevel,
  judgement?: Judgement,
): Published {
  const mean = sumMeans(bottom, horizon, level);
  return { mean, quantiles: quantilesOf(mean, horizon, judgement) };
}

/** A mean of zero is certain: closed, ended or never sold. */
function quantilesOf(mean: Float64Array, horizon: number, judgement?: Judgement): Float32Array {
  const quantiles = new Float32Array(mean.length * QUANTILE_LEVELS.length);
  for (let i = 0; i < mean.length; i++) {
    const at = i * QUANTILE_LEVELS.length;
    if (mean[i] === 0) continue;
    if (!judgement) quantiles.fill(mean[i]!, at, at + QUANTILE_LEVELS.length);
    else {
      const { calibration, backtest } = judgement;
      quantilesAt(calibration, Math.floor(i / horizon), i % horizon, mean[i]!, backtest.cutoffs, quantiles, at);
    }
  }
  return quantiles;
}
