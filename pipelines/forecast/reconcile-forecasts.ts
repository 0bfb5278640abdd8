import {
  backtestOf,
  championMeans,
  type ModelForecast,
  type Selection,
} from '../../models/forecast/combine/selection.ts';
import { hierarchyOf, type Level } from '../../models/forecast/hierarchy.ts';
import { type ForecastPlan, planForecast } from '../../models/forecast/plan.ts';
import { publishedMeans } from '../../models/forecast/published.ts';
import { nodePanel } from '../../models/forecast/reconcile/node-panel.ts';
import {
  errorCovariance,
  type LevelMeans,
  reconcile,
  structuralCovariance,
} from '../../models/forecast/reconcile/reconcile.ts';
import type { ShrunkCovariance } from '../../models/forecast/reconcile/shrinkage.ts';
import { topDown } from '../../models/forecast/reconcile/top-down.ts';
import type { Panel } from '../../models/panel.ts';
import type { ForecastContext } from './forecast-models.ts';

/** The levels that top-down goes through, each nested in the one before. */
const DOWN: readonly Level[] = ['total', 'region', 'location'];

/** Forecasts and selects, as for series, what a panel of nodes holds. */
type SelectForecasts = (
  context: ForecastContext,
  panel: Panel,
  plan: ForecastPlan,
) => Promise<{ selection: Selection }>;

/**
 * Makes the levels agree by `forecast.reconciliation`. Bottom-up leaves the forecasts of the series as they are. The others
 * forecast the sums of upper levels as series of their own (without the models over all series), and publish for every series
 * what its forecast becomes when all levels are brought together, as one more model under the method's name. Each cutoff is
 * reconciled by what the other cutoffs erred.
 *
 * @returns the model, or undefined for bottom-up
 */
export async function reconciledForecast(
  context: ForecastContext,
  panel: Panel,
  plan: ForecastPlan,
  selection: Selection,
  select: SelectForecasts,
): Promise<ModelForecast | undefined> {
  const method = context.config.forecast.reconciliation;
  if (method === 'bottom_up') return undefined;
  const { horizon } = plan;
  const cutoffs = plan.cutoffs.length;
  const all = hierarchyOf(panel);
  const levels = method === 'min_t' ? all : DOWN.map((name) => all.find(({ level }) => level === name)!);
  const bottom = championMeans(selection, horizon);
  const upper: { mean: Float32Array; actual: Float32Array }[] = [];
  for (const level of levels) {
    const nodes = nodePanel(panel, level);
    const own = planForecast(nodes, {
      cutoffs,
      gap: horizon - panel.horizon,
      refit: plan.refit,
      onlyBacktest: plan.origins.length === cutoffs,
    });
    const { selection: chosen } = await select(withoutGlobals(context), nodes, own);
    upper.push({ mean: championMeans(chosen, horizon), actual: own.actual });
  }
  const backtests = {
    bottom: backtestOf(bottom, plan.actual, panel.seriesCount, cutoffs),
    upper: upper.map(({ mean, actual }, i) => backtestOf(mean, actual, levels[i]!.labels.length, cutoffs)),
  };
  const mean = new Float32Array(bottom.length);
  for (let k = 0; k <= cutoffs; k++) {
    const at = (means: Float32Array): Float64Array => originMeans(means, k, cutoffs + 1, horizon);
    const base: LevelMeans = {
      bottom: k === cutoffs ? publishedMeans(selection, plan) : at(bottom),
      upper: upper.map(({ mean: own }) => at(own)),
    };
    const hasOthers = cutoffs > (k < cutoffs ? 1 : 0);
    const covariance = (): ShrunkCovariance =>
      hasOthers
        ? errorCovariance(panel.seriesCount, levels, backtests, k)
        : structuralCovariance(panel.seriesCount, levels);
    const together =
      method === 'min_t'
        ? reconcile(base, horizon, levels, covariance())
        : topDown(base, horizon, levels, [...levels.keys()]);
    for (let s = 0; s < panel.seriesCount; s++) {
      mean.set(together.bottom.subarray(s * horizon, (s + 1) * horizon), (s * (cutoffs + 1) + k) * horizon);
    }
  }
  return { name: method, mean };
}

/** The selection with a model that is published for every series. */
export function publishEverywhere(selection: Selection, model: ModelForecast): Selection {
  const models = [...selection.models, model];
  const everywhere = (chosen: Int32Array): Int32Array => chosen.map(() => models.length - 1);
  return {
    ...selection,
    models,
    champion: everywhere(selection.champion),
    championWithout: selection.championWithout.map(everywhere),
  };
}

function withoutGlobals(context: ForecastContext): ForecastContext {
  const { config } = context;
  const forecast = { ...config.forecast, engine: 'none', boostedTrees: false, reconciliation: 'bottom_up' } as const;
  return { ...context, config: { ...config, forecast } };
}

/** Means of one origin, [node][horizon]. */
function originMeans(means: Float32Array, k: number, origins: number, horizon: number): Float64Array {
  const nodes = means.length / (origins * horizon);
  const out = new Float64Array(nodes * horizon);
  for (let node = 0; node < nodes; node++) {
    out.set(means.subarray((node * origins + k) * horizon, (node * origins + k + 1) * horizon), node * horizon);
  }
  return out;
}
