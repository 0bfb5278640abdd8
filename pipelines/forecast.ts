import { isoDateOf } from '../data/day.ts';
import { LeadtimeError } from '../errors.ts';
import { planForecast } from '../models/forecast/plan.ts';
import { describeBacktest } from './backtest/record.ts';
import { assess } from './forecast/assess.ts';
import { writeDrivers } from './forecast/drivers.ts';
import { writeHiddenDemand } from './forecast/hidden-demand.ts';
import { overrideForecasts } from './forecast/overrides.ts';
import { publishForecasts } from './forecast/publish-forecasts.ts';
import { selectForecasts } from './forecast/select-forecasts.ts';
import { summarise } from './forecast/summary.ts';
import { forecastWindows, JUDGED_LEVELS } from './forecast/window-trees.ts';
import type { Job } from './job.ts';
import { readPanel } from './warehouse/panel.ts';

/** Forecasts of every series by every model, the champion of each, and how good they were in backtest. */
export const forecastJob: Job = {
  name: 'forecast',
  needs: ['load'],
  requires: [['sales', 'orders']],
  marts: [
    'mart_forecast',
    'mart_forecast_window',
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
    if (panel.seriesCount === 0) {
      throw new LeadtimeError(
        'SALES_NOT_KNOWN',
        `No sale is known before ${isoDateOf(asOf)}, so there is nothing to forecast from.`,
        'Give a later day with --as-of; if all sales are in quarantine, correct what `leadtime run load` says of them.',
        { table: 'sales' },
      );
    }
    const plan = planForecast(panel, { cutoffs: config.forecast.cutoffs });
    const [{ selection: statistical, all, models }, windows] = await Promise.all([
      selectForecasts(context, panel, plan),
      forecastWindows(context, panel, plan),
      writeHiddenDemand(context, panel),
    ]);
    const selection = await overrideForecasts(warehouse, panel, plan, statistical);
    const assessment = await assess(context, panel, plan, selection, windows ? JUDGED_LEVELS : []);
    progress.update('writing forecasts');
    await publishForecasts(context, panel, plan, selection, assessment, windows);
    await writeDrivers(warehouse, panel, plan, selection, all);
    await warehouse.build(forecastJob.marts);
    if (plan.cutoffs.length > 0) context.keepBacktest?.(describeBacktest(panel, plan, assessment, models));
    return { ...summarise(panel, plan, selection, assessment), models };
  },
};
