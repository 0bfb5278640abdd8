import { type CombinedSelection, combineModels } from '../../models/forecast/combine/combine-models.ts';
import { fewModels } from '../../models/forecast/combine/few-models.ts';
import type { ModelForecast, Selection } from '../../models/forecast/combine/selection.ts';
import { distinctLevels, hierarchyOf } from '../../models/forecast/hierarchy.ts';
import { fadeForecasts } from '../../models/forecast/launch/fade-out.ts';
import { endAsPlanned } from '../../models/forecast/launch/planned-end.ts';
import { withLaunches } from '../../models/forecast/launch/with-launches.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import type { Panel } from '../../models/panel.ts';
import type { Seconds } from '../executor/thread-seconds.ts';
import { type ForecastContext, forecastModels } from './forecast-models.ts';
import { addSeconds, type ModelPrice, modelPrices } from './model-prices.ts';
import { publishEverywhere, reconciledForecast } from './reconcile-forecasts.ts';

/** What is forecast, by what, and what each model is worth and costs. */
export interface SelectedForecasts {
  /** The models that are published and the choice among them. */
  selection: Selection;
  /** All models, with their weights in the combination. */
  all: CombinedSelection;
  models: ModelPrice[];
}

/** Forecasts with all models, combines them, chooses for each series and makes the levels agree. */
export async function selectForecasts(
  context: ForecastContext,
  panel: Panel,
  plan: ForecastPlan,
): Promise<SelectedForecasts> {
  const seconds: Seconds = {};
  const made = await forecastModels(context, panel, plan, (finished) => addSeconds(seconds, finished.seconds));
  fadeForecasts(made, plan.fade);
  context.progress.update('choosing champions');
  const onlyBacktest = plan.origins.length === plan.cutoffs.length;
  const forecasts = onlyBacktest ? made.map((model) => withLastOrigin(model, plan, panel.seriesCount)) : made;
  const baseline = forecasts.findIndex(({ name }) => name === plan.baseline);
  const combined = combineModels(forecasts, plan.actual, plan.segmentOf, plan.cutoffs.length, baseline, {
    levels: distinctLevels(hierarchyOf(panel)),
  });
  const all = onlyBacktest ? combined : withLaunches(panel, plan, combined);
  if (!onlyBacktest) endAsPlanned(panel, plan.horizon, all.models);
  const selection = fewModels(all, plan.baseline);
  const models = modelPrices(combined, selection, plan, seconds);
  const reconciled = await reconciledForecast(context, panel, plan, selection, selectForecasts);
  if (!reconciled) return { selection, all, models };
  return {
    selection: publishEverywhere(selection, reconciled),
    all: { ...all, models: [...all.models, reconciled] },
    models,
  };
}

/** Selection reads an origin to publish from after the cutoffs; a backtest alone has none, and zeros stand in for it. */
function withLastOrigin(
  { name, mean }: ModelForecast,
  { cutoffs, horizon }: ForecastPlan,
  series: number,
): ModelForecast {
  const judged = cutoffs.length * horizon;
  const wider = new Float32Array(series * (judged + horizon));
  for (let s = 0; s < series; s++) wider.set(mean.subarray(s * judged, (s + 1) * judged), s * (judged + horizon));
  return { name, mean: wider };
}
