import { availableParallelism } from 'node:os';
import { dayOf } from '../../data/day.ts';
import { LeadtimeError } from '../../errors.ts';
import { planForecast, type Refit } from '../../models/forecast/plan.ts';
import { cachedExecutor } from '../executor/cached-executor.ts';
import { workersExecutor } from '../executor/executor.ts';
import { assess } from '../forecast/assess.ts';
import { selectForecasts } from '../forecast/select-forecasts.ts';
import { forecastJob } from '../forecast.ts';
import type { Progress } from '../job.ts';
import type { LedgerEntry } from '../ledger.ts';
import { takeLock } from '../lock.ts';
import { openProject, type Project } from '../project.ts';
import { runJobs, WAREHOUSE_MEMORY } from '../run.ts';
import { stepKey } from '../steps.ts';
import { codeVersion } from '../version.ts';
import { readPanel } from '../warehouse/panel.ts';
import { setRunVariables } from '../warehouse/run-variables.ts';
import { Warehouse } from '../warehouse/warehouse.ts';
import { describeBacktest } from './record.ts';
import { type BacktestRecord, backtestId, keepBacktest, readBacktest } from './store.ts';

export interface BacktestOptions {
  folder: string;
  asOf?: string;
  seed?: number;
  /** The config's if left out. */
  cutoffs?: number;
  /** Periods between the last one known and the first one judged; 0 if left out. */
  gap?: number;
  /** `auto` if left out. */
  refit?: Refit;
  now: () => Date;
  progress: Progress;
}

/**
 * The backtest of a project: read from what is kept where inputs, config, code, seed, as-of date and policy are the same,
 * else made and kept. Inputs are loaded anew each time, so that a kept one is never taken for changed inputs; nothing is
 * published.
 *
 * @throws LeadtimeError `HISTORY_TOO_SHORT`, and those of the load
 */
export async function runBacktest(options: BacktestOptions): Promise<BacktestRecord> {
  const project = openProject(options.folder);
  const { folder, asOf, seed, now, progress } = options;
  const entry = await runJobs({ folder, jobs: ['load'], asOf, seed, now, progress });
  const policy = {
    cutoffs: options.cutoffs ?? project.config.forecast.cutoffs,
    gap: options.gap ?? 0,
    refit: options.refit ?? 'auto',
  };
  const id = backtestId(stepKey(forecastJob, entry, new Map([['load', entry.steps[0]!.key]])), policy);
  return readBacktest(project.paths.backtests, id) ?? (await makeBacktest(project, entry, id, policy, progress));
}

async function makeBacktest(
  project: Project,
  entry: LedgerEntry,
  id: string,
  policy: { cutoffs: number; gap: number; refit: Refit },
  progress: Progress,
): Promise<BacktestRecord> {
  const { config, paths } = project;
  const release = takeLock(paths.lock);
  let warehouse: Warehouse | undefined;
  try {
    warehouse = await Warehouse.open(paths.warehouse, { memoryLimit: WAREHOUSE_MEMORY });
    const asOf = dayOf(entry.as_of);
    await setRunVariables(warehouse, config, asOf);
    progress.update('reading the panel');
    const panel = await readPanel(warehouse, config, asOf);
    // with the policy of the forecast job its origins too, so that neither fits what the other has fitted
    const isForecast = policy.cutoffs === config.forecast.cutoffs && policy.gap === 0 && policy.refit === 'auto';
    const plan = planForecast(panel, { ...policy, onlyBacktest: !isForecast });
    if (plan.cutoffs.length === 0) {
      throw new LeadtimeError(
        'HISTORY_TOO_SHORT',
        'There is too little history for a backtest.',
        'Give more past sales, or a shorter horizon or gap.',
      );
    }
    const executor = cachedExecutor(workersExecutor(availableParallelism()), paths.cache, codeVersion);
    const context = { config, seed: entry.seed, executor, progress };
    const { selection, models } = await selectForecasts(context, panel, plan);
    progress.update('judging');
    const assessment = await assess(context, panel, plan, selection);
    const { findings, cells } = describeBacktest(panel, plan, assessment, models);
    const { as_of, seed, version, config_sha256 } = entry;
    const record: BacktestRecord = { format: 1, id, as_of, seed, version, config_sha256, ...findings };
    keepBacktest(paths.backtests, record, cells);
    return record;
  } finally {
    warehouse?.close();
    release();
  }
}
