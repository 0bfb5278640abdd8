import type { BoostedTreesRequest } from '../../models/forecast/boosted-trees/forecast-boosted-trees.ts';
import type { ModelForecast } from '../../models/forecast/combine/selection.ts';
import type { OriginForecast } from '../../models/forecast/forecaster.ts';
import { type ArimaLstmRequest, isArimaLstmWorthwhile } from '../../models/forecast/hybrid/forecast-arima-lstm.ts';
import { type LocalRequest, localModelsOf } from '../../models/forecast/local-models.ts';
import type { LstmRequest } from '../../models/forecast/lstm/forecast-lstm.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import {
  isRecursionWorthwhile,
  type RecursiveTreesRequest,
} from '../../models/forecast/recursive-trees/forecast-recursive-trees.ts';
import type { Panel } from '../../models/panel.ts';
import type { Finished } from '../executor/executor.ts';
import type { Task } from '../executor/tasks.ts';
import type { JobContext } from '../job.ts';
import { type Effort, effortOf } from './effort.ts';

/**
 * Cells of a panel up to which models over all series are trained for each cutoff. In a bigger one all history would be read and learned from
 * five times, which costs minutes; the models of its backtests are up to four horizons older than those published.
 */
const REFIT_CELLS = 1_200_000;
/** Series per task of local models: small enough that no core waits long for the last one. */
const SERIES_PER_TASK = 16;

/** A model over all series at once: its name and the tasks that give its forecasts, each a list of origins. */
interface GlobalModel {
  name: string;
  tasks: Task[];
}

/** What forecasting needs of a job's context. */
export type ForecastContext = Pick<JobContext, 'config' | 'seed' | 'executor' | 'progress'>;

function globalModels(
  { config, seed }: ForecastContext,
  { engine, boostedTrees, treesBudget, recursiveTrees, eachCutoff }: Effort,
  panel: Panel,
  { cutoffs, origins, horizon, refit }: ForecastPlan,
): GlobalModel[] {
  const models: GlobalModel[] = [];
  const isSmall = panel.seriesCount * panel.periods <= REFIT_CELLS;
  // As the policy says for the cutoffs, and once on all history for what is published.
  const parts =
    refit === 'each' || (refit === 'auto' && isSmall && eachCutoff)
      ? origins.map((origin) => [origin])
      : [cutoffs, origins.slice(cutoffs.length)].filter((part) => part.length > 0);
  // People may ask the reasons of the forecast that is published.
  const isApart = (part: readonly number[]): boolean =>
    origins.length > cutoffs.length && part.at(-1) === origins.at(-1);
  if (engine !== 'none') {
    // A network that is to be as young as each origin learns on from the one before.
    const learnsOn = parts.every((part) => part.length === 1);
    const requests = (learnsOn ? [origins] : parts).map((part) => ({
      origins: part,
      learnsOnAt: learnsOn ? part.slice(1) : [],
      horizon,
      seed,
      engine,
      isTakenApart: isApart(part),
    }));
    models.push({
      name: 'lstm',
      tasks: requests.map((request) => ({
        kind: 'forecast-lstm',
        key: `lstm ${request.origins.join(' ')}`,
        input: request satisfies LstmRequest,
      })),
    });
    if (isArimaLstmWorthwhile(panel)) {
      models.push({
        name: 'arima_lstm',
        tasks: requests.map((request) => ({
          kind: 'forecast-arima-lstm',
          key: `arima lstm ${request.origins.join(' ')}`,
          input: request satisfies ArimaLstmRequest,
        })),
      });
    }
  }
  if (boostedTrees) {
    models.push({
      name: 'boosted_trees',
      tasks: parts.map((part) => ({
        kind: 'forecast-boosted-trees',
        key: `boosted trees ${part.join(' ')}`,
        input: {
          origins: part,
          horizon,
          seed,
          isTakenApart: isApart(part),
          budget: treesBudget,
        } satisfies BoostedTreesRequest,
      })),
    });
  }
  if (recursiveTrees && isRecursionWorthwhile(panel)) {
    models.push({
      name: 'recursive_trees',
      tasks: parts.map((part) => ({
        kind: 'forecast-recursive-trees',
        key: `recursive trees ${part.join(' ')}`,
        input: { origins: part, horizon, seed } satisfies RecursiveTreesRequest,
      })),
    });
  }
  models.push({
    name: 'calendar_regression',
    tasks: origins.map((origin) => ({
      kind: 'forecast-calendar',
      key: `calendar ${origin}`,
      input: { origins: [origin], horizon, isTakenApart: isApart([origin]) },
    })),
  });
  if (config.frequency === 'weekly') {
    models.push({
      name: 'weekly_season',
      tasks: origins.map((origin) => ({
        kind: 'forecast-weekly-season',
        key: `weekly season ${origin}`,
        input: { origins: [origin], horizon },
      })),
    });
  }
  return models;
}

function localTasks(panel: Panel, { origins, horizon }: ForecastPlan, slow: boolean): Task<LocalRequest>[] {
  const tasks: Task<LocalRequest>[] = [];
  for (let from = 0; from < panel.seriesCount; from += SERIES_PER_TASK) {
    const to = Math.min(panel.seriesCount, from + SERIES_PER_TASK);
    tasks.push({
      kind: 'forecast-local',
      key: `series ${from}-${to - 1}`,
      input: { from, to, origins, horizon, slow },
    });
  }
  return tasks;
}

/**
 * Forecasts every series with every model from every origin of the plan, on the worker threads. The longest task comes
 * first, the small ones fill the other threads beside it.
 */
export async function forecastModels(
  context: ForecastContext,
  panel: Panel,
  plan: ForecastPlan,
  onTask?: (finished: Finished) => void,
): Promise<ModelForecast[]> {
  const effort = effortOf(context.config.forecast);
  const globals = globalModels(context, effort, panel, plan);
  const locals = localTasks(panel, plan, effort.slowLocals);
  const tasks: Task[] = [
    ...globals.flatMap((model) => model.tasks.map((task) => ({ ...task, part: model.name }))),
    ...locals,
  ];
  let ready = 0;
  const say = (share: number): void => context.progress.update(`forecasting, ${ready} of ${tasks.length} parts`, share);
  say(0);
  const onDone = (done: number, finished: Finished): void => {
    ready = done;
    onTask?.(finished);
  };
  const results = await context.executor.map<unknown>(tasks, { panel }, onDone, say);
  let next = 0;
  const globalForecasts = globals.map(({ name, tasks: own }) => {
    const parts = results.slice(next, next + own.length) as OriginForecast[][];
    next += own.length;
    const without = parts.at(-1)?.at(-1)?.without;
    return { name, mean: joinOrigins(parts.flat(), panel.seriesCount, plan), without };
  });
  const names = localModelsOf(panel, effort.slowLocals).map(({ name }) => name);
  const localForecasts = joinLocals(names, results.slice(next) as Float32Array[], locals, panel, plan);
  return [...localForecasts, ...globalForecasts.reverse()];
}

function joinOrigins(
  forecasts: OriginForecast[],
  seriesCount: number,
  { origins, horizon }: ForecastPlan,
): Float32Array {
  const mean = new Float32Array(seriesCount * origins.length * horizon);
  for (const { origin, mean: part } of forecasts) {
    const k = origins.indexOf(origin);
    for (let s = 0; s < seriesCount; s++) {
      mean.set(part.subarray(s * horizon, (s + 1) * horizon), (s * origins.length + k) * horizon);
    }
  }
  return mean;
}

function joinLocals(
  names: readonly string[],
  parts: Float32Array[],
  tasks: Task<LocalRequest>[],
  panel: Panel,
  { origins, horizon }: ForecastPlan,
): ModelForecast[] {
  const perSeries = origins.length * horizon;
  return names.map((name, m) => {
    const mean = new Float32Array(panel.seriesCount * perSeries);
    parts.forEach((part, i) => {
      const { from, to } = tasks[i]!.input;
      const block = (to - from) * perSeries;
      mean.set(part.subarray(m * block, (m + 1) * block), from * perSeries);
    });
    return { name, mean };
  });
}
