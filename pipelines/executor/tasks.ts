import type { Task } from './executor.ts';

/** A pure function of its input and of what all tasks of the map share. */
export type TaskFunction = (input: never, shared: never) => unknown;

/**
 * Every kind of task, by name. Modules are imported when first used, so that a worker loads only what it runs.
 */
const kinds = {
  'elasticity.product': () => import('../../models/elasticity/estimate-product.ts').then((m) => m.estimateProduct),
  'forecast-boosted-trees': () =>
    import('../../models/forecast/boosted-trees/forecast-boosted-trees.ts').then((m) => m.forecastBoostedTreesTask),
  'forecast-calendar': () => import('../../models/forecast/calendar-regression.ts').then((m) => m.forecastCalendar),
  'forecast-local': () => import('../../models/forecast/local-models.ts').then((m) => m.forecastLocal),
  'forecast-weekly-season': () => import('../../models/forecast/weekly-season.ts').then((m) => m.forecastWeeklySeason),
  'forecast-lstm': () => import('../../models/forecast/lstm/forecast-lstm.ts').then((m) => m.forecastLstmTask),
} satisfies Record<string, () => Promise<TaskFunction>>;

export type TaskKind = keyof typeof kinds;

export async function runTask(task: Task, shared: unknown): Promise<unknown> {
  const load = kinds[task.kind] as () => Promise<TaskFunction>;
  const run = await load();
  return run(task.input as never, shared as never);
}
