// What settings of the combination are worth, on mornings before what is scored: each of four cutoffs is forecast with weights from
// the other three, beside the settings before and equal weights of the models in it.
//   node dist/bench/combination.js [SET ...]      all, or some of: m5 m5-items rossmann store-item vn2 oj
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { combineModels } from '../models/forecast/combine/combine-models.ts';
import type { ModelForecast } from '../models/forecast/combine/selection.ts';
import type { StackingOptions } from '../models/forecast/combine/stacked-weights.ts';
import { distinctLevels, hierarchyOf } from '../models/forecast/hierarchy.ts';
import { fadeForecasts } from '../models/forecast/launch/fade-out.ts';
import { type ForecastPlan, planForecast } from '../models/forecast/plan.ts';
import { workersExecutor } from '../pipelines/executor/executor.ts';
import { forecastModels } from '../pipelines/forecast/forecast-models.ts';
import { openProject } from '../pipelines/project.ts';
import { loadedPanel } from './loaded-panel.ts';
import { leadtime, scratchFolder, sharedFolder } from './run-cli.ts';

interface Mornings {
  folder: string;
  horizon: number;
  asOf: string[];
}

const SETS: Record<string, Mornings> = {
  m5: { folder: 'm5', horizon: 30, asOf: ['2014-03-10', '2014-08-04', '2015-01-05', '2015-11-09'] },
  'm5-items': { folder: 'm5', horizon: 30, asOf: ['2015-11-09'] },
  rossmann: { folder: 'rossmann', horizon: 42, asOf: ['2014-08-15', '2014-11-21'] },
  'store-item': { folder: 'store_item', horizon: 30, asOf: ['2016-12-01'] },
  vn2: { folder: 'vn2', horizon: 4, asOf: ['2023-01-16', '2023-05-15', '2023-09-04', '2023-12-25'] },
  oj: { folder: 'oj', horizon: 4, asOf: ['1991-07-18', '1991-11-07', '1992-02-27', '1992-06-18'] },
};

/** The settings in use stand first; what others change of them. */
const SETTINGS: Record<string, Partial<StackingOptions>> = {
  'as chosen': {},
  'docs/decisions/0020': { ridge: 0.2, ridgePower: 0, screen: 1.1 },
  'equal weights within 10 %': { ridge: 1e6, ridgePower: 0, screen: 1.1 },
};
const MEASURES = ['WAPE of days', 'RMSE of days', 'WAPE of sums', 'WAPE of the total'];
const SEED = 1;

/** Errors of the days of series, of their sums over the horizon, and of the days of the sum of all series. */
function errorsOf({ mean }: ModelForecast, { actual, cutoffs, horizon }: ForecastPlan, series: number): number[] {
  const [counted, judged] = [cutoffs.length, cutoffs.length * horizon];
  const total = new Float64Array(judged);
  let [sold, off, squares, sums] = [0, 0, 0, 0];
  for (let row = 0; row < series * counted; row++) {
    const [s, k] = [Math.floor(row / counted), row % counted];
    let sum = 0;
    for (let h = 0; h < horizon; h++) {
      const value = actual[row * horizon + h]!;
      if (Number.isNaN(value)) continue;
      const error = mean[(s * (counted + 1) + k) * horizon + h]! - value;
      sold += value;
      off += Math.abs(error);
      squares += error * error;
      sum += error;
      total[k * horizon + h]! += error;
    }
    sums += Math.abs(sum);
  }
  const all = total.reduce((absolute, error) => absolute + Math.abs(error), 0);
  return [off / sold, Math.sqrt(squares), sums / sold, all / sold];
}

const percent = (ratio: number): string => `${(100 * Math.log(ratio)).toFixed(1)} %`.padStart(20);

const named = process.argv.slice(2);
console.log(`${'set, morning and settings'.padEnd(44)}${MEASURES.map((name) => name.padStart(20)).join('')}`);
for (const [name, { folder, horizon, asOf }] of Object.entries(SETS)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const data = join(sharedFolder, 'data', folder);
  if (!existsSync(data)) {
    console.log(`${name}: ${data} is not there`);
    continue;
  }
  const project = scratchFolder('combination');
  leadtime('init', '--source', name, '--from', data, '--horizon', String(horizon), '--project', project);
  const { config } = openProject(project);
  for (const morning of asOf) {
    const panel = await loadedPanel(project, morning);
    const plan = planForecast(panel, { cutoffs: config.forecast.cutoffs });
    const context = { config, seed: SEED, executor: workersExecutor(), progress: { update: () => {} } };
    const models = await forecastModels(context, panel, plan, () => {});
    fadeForecasts(models, plan.fade);
    const baseline = models.findIndex((model) => model.name === plan.baseline);
    const levels = distinctLevels(hierarchyOf(panel));
    const errors = Object.values(SETTINGS).map((settings) => {
      const options = { levels, ...settings };
      const combined = combineModels(models, plan.actual, plan.segmentOf, plan.cutoffs.length, baseline, options);
      return errorsOf(combined.models.at(-1)!, plan, panel.seriesCount);
    });
    Object.keys(SETTINGS).forEach((setting, i) => {
      const own = errors[i]!.map((error, m) =>
        i === 0 ? (m === 1 ? '' : `${(100 * error).toFixed(2)} %`).padStart(20) : percent(error / errors[0]![m]!),
      );
      console.log(`${`${name} ${morning}, ${setting}`.padEnd(44)}${own.join('')}`);
    });
  }
  rmSync(project, { recursive: true });
}
