import { combineModels } from '../models/forecast/combine/combine-models.ts';
import { fadeForecasts } from '../models/forecast/launch/fade-out.ts';
import { withLaunches } from '../models/forecast/launch/with-launches.ts';
import { planForecast } from '../models/forecast/plan.ts';
import { describeBacktest } from './backtest/record.ts';
import type { Seconds } from './executor/thread-seconds.ts';
import { assess } from './forecast/assess.ts';
import { writeDrivers } from './forecast/drivers.ts';
import { forecastModels } from './forecast/forecast-models.ts';
import { writeHiddenDemand } from './forecast/hidden-demand.ts';
import { addSeconds, modelPrices } from './forecast/model-prices.ts';
import { overrideForecasts } from './forecast/overrides.ts';
import { publishForecasts } from './forecast/publish-forecasts.ts';
import { summarise } from './forecast/summary.ts';
import type { Job } from './job.ts';
import { readPanel } from './warehouse/panel.ts';

/** Forecasts of every series by every model, the champion of each, and how good they were in backtest. */
export const forecastJob: Job = {
  name: 'forecast',
  needs: ['load'],
  requires: [['sales', 'orders']],
  marts: [
    'mart_forecast',
    'mart_forecast_accuracy',
    'mart_sales_history',
    'mart_lost_sales',
    'mart_forecast_driver',
    'mart_forecast_override',
    'mart_forecast_value_added',
  ],
  async run(context) {
    const { warehouse, config, asOf, progress } = context;
    progress.update('reading the panel');
    const panel = await readPanel(warehouse, config, asOf);
    const plan = planForecast(panel, { cutoffs: config.forecast.cutoffs });
    const seconds: Seconds = {};
    const [forecasts] = await Promise.all([
      forecastModels(context, panel, plan, (finished) => addSeconds(seconds, finished.seconds)),
      writeHiddenDemand(context, panel),
    ]);
    fadeForecasts(forecasts, plan.fade);
    progress.update('choosing champions');
    const baseline = forecasts.findIndex(({ name }) => name === plan.baseline);
    const combined = combineModels(forecasts, plan.actual, plan.segmentOf, plan.cutoffs.length, baseline);
    const statistical = withLaunches(panel, plan, combined);
    const selection = await overrideForecasts(warehouse, panel, plan, statistical);
    const assessment = assess(panel, plan, selection);
    const models = modelPrices(combined, assessment, seconds);
    progress.update('writing forecasts');
    await publishForecasts(warehouse, panel, plan, selection, assessment);
    await writeDrivers(warehouse, panel, plan, selection);
    await warehouse.build(forecastJob.marts);
    if (plan.cutoffs.length > 0) context.keepBacktest?.(describeBacktest(panel, plan, assessment, models));
    return { ...summarise(panel, plan, selection, assessment), models };
  },
};
