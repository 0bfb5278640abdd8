import { describe, expect, it } from 'vitest';
import { type ConfigInput, parseConfig } from '../../../data/contract/config.ts';
import { QUICK_BUDGET } from '../../../models/forecast/boosted-trees/budget.ts';
import type { BoostedTreesRequest } from '../../../models/forecast/boosted-trees/forecast-boosted-trees.ts';
import { planForecast, type Refit } from '../../../models/forecast/plan.ts';
import { type Rounds, trainingRounds } from '../../../models/forecast/training-rounds.ts';
import type { Task } from '../../../pipelines/executor/tasks.ts';
import { forecastModels } from '../../../pipelines/forecast/forecast-models.ts';
import { panelOf } from '../../models/forecast/panel-fixture.ts';

const PERIODS = 300;

/** The tasks that are asked for; nothing is computed. */
async function tasksOf(series: number, refit: Refit, forecast: ConfigInput['forecast'] = {}): Promise<Task[]> {
  const panel = panelOf({ sales: Array.from({ length: series }, () => new Array<number>(PERIODS).fill(5)) });
  const plan = planForecast(panel, { cutoffs: 2, refit });
  const asked: Task[] = [];
  const executor = {
    parallelism: 1,
    map: (tasks: Task[]): Promise<never[]> => {
      asked.push(...tasks);
      return Promise.reject(new Error('enough'));
    },
  };
  const config = parseConfig({ name: 'test', currency: 'EUR', sources: {}, forecast }, 'test');
  const context = { config, seed: 1, executor, progress: { update: () => undefined } };
  await expect(forecastModels(context, panel, plan)).rejects.toThrow('enough');
  expect(plan.origins).toEqual([PERIODS - 28, PERIODS - 14, PERIODS]);
  return asked;
}

/** The origins of each training of the models over all series, by kind of task. */
async function trainings(
  series: number,
  refit: Refit,
  forecast?: ConfigInput['forecast'],
): Promise<Record<string, number[][]>> {
  const asked = await tasksOf(series, refit, forecast);
  const of = (kind: string): number[][] =>
    asked.filter((task) => task.kind === kind).flatMap(({ input }) => trainingRounds(input as Rounds));
  return {
    trees: of('forecast-boosted-trees'),
    recursion: of('forecast-recursive-trees'),
    lstm: of('forecast-lstm'),
    hybrid: of('forecast-arima-lstm'),
  };
}

describe('the models over all series', () => {
  const each = [[PERIODS - 28], [PERIODS - 14], [PERIODS]];
  const once = [[PERIODS - 28, PERIODS - 14], [PERIODS]];

  it('are trained anew for every cutoff where the panel is small, the networks too', async () => {
    expect(await trainings(3, 'auto')).toEqual({ trees: each, recursion: each, lstm: each, hybrid: each });
  });

  it('leave the hybrid of more than 500 series out', async () => {
    expect(await trainings(501, 'auto')).toEqual({ trees: each, recursion: each, lstm: each, hybrid: [] });
  });

  it('are left as they were before the first cutoff where the panel is large', async () => {
    expect(await trainings(Math.ceil(1_200_001 / PERIODS), 'auto')).toEqual({
      trees: once,
      recursion: once,
      lstm: once,
      hybrid: [],
    });
  });

  it('are trained as asked', async () => {
    expect(await trainings(3, 'once')).toEqual({ trees: once, recursion: once, lstm: once, hybrid: once });
    expect(await trainings(501, 'each')).toEqual({ trees: each, recursion: each, lstm: each, hybrid: [] });
  });

  it('learn less where the effort is quick', async () => {
    const budgets = async (effort: 'full' | 'quick'): Promise<unknown[]> =>
      (await tasksOf(3, 'auto', { effort }))
        .filter(({ kind }) => kind === 'forecast-boosted-trees')
        .map(({ input }) => (input as BoostedTreesRequest).budget);
    expect(await budgets('full')).toEqual([undefined, undefined, undefined]);
    expect(await budgets('quick')).toEqual([QUICK_BUDGET, QUICK_BUDGET]);
  });

  it('are the direct trees alone, trained twice, where the effort is quick', async () => {
    const quick = { trees: once, recursion: [], lstm: [], hybrid: [] };
    expect(await trainings(3, 'auto', { effort: 'quick' })).toEqual(quick);
    expect(await trainings(3, 'auto', { effort: 'quick', boostedTrees: false })).toEqual({ ...quick, trees: [] });
    expect(await trainings(3, 'each', { effort: 'quick' })).toEqual({ ...quick, trees: each });
  });
});
