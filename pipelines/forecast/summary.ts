import type { Selection } from '../../models/forecast/combine/selection.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import { publishedCodes, publishedModels } from '../../models/forecast/published.ts';
import type { Panel } from '../../models/panel.ts';
import type { JobResult } from '../job.ts';
import { type Assessment, CHAMPION } from './assess.ts';

/** Counts and the sentences a person should read after the job. */
export function summarise(panel: Panel, plan: ForecastPlan, selection: Selection, { rows }: Assessment): JobResult {
  const names = publishedModels(selection, plan);
  const codes = publishedCodes(selection, plan);
  const counts: Record<string, number> = {
    series: panel.seriesCount,
    horizon: plan.horizon,
    cutoffs: plan.cutoffs.length,
    forecasts: panel.seriesCount * plan.horizon,
  };
  for (const name of [...new Set(names)].sort()) counts[`champion_${name}`] = names.filter((n) => n === name).length;
  for (const code of [...new Set(codes)].sort()) {
    if (code) counts[`fallback_${code.toLowerCase()}`] = codes.filter((c) => c === code).length;
  }
  const overall = rows.find(
    ({ level, model, node, segment, cutoff, bucket }) =>
      level === 'series' && model === CHAMPION && [node, segment, cutoff, bucket].every((part) => part === undefined),
  );
  if (!overall)
    return { counts, notes: ['There is too little history for a backtest: forecasts and their ranges are unproven.'] };
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const { accuracy, skill } = overall;
  return {
    counts,
    notes: [
      `${judgedBy(plan)} the forecast was off by ${percent(accuracy.wape)} of sales (WAPE), ` +
        `${percent(Math.abs(skill))} ${skill >= 0 ? 'less' : 'more'} than ${plan.baseline.replace('_', ' ')}; ` +
        `its 80 % interval held ${percent(accuracy.coverage80)} of what happened.`,
    ],
  };
}

/** What judged the forecast: a single backtest has chosen it as well. */
const judgedBy = ({ cutoffs }: ForecastPlan): string =>
  cutoffs.length === 1 ? 'In one backtest, which chose the models as well,' : `In ${cutoffs.length} backtests`;
