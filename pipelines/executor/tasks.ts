import { type Meter, measured, type Seconds } from './thread-seconds.ts';

/** Told the share of a task, or of all of a map, that is done, 0 to 1. */
export type OnShare = (share: number) => void;

/**
 * A pure function of its input and of what all tasks of the map share; it may tell the meter what it is busy with, and how far it
 * is.
 */
export type TaskFunction = (input: never, shared: never, meter: Meter, onShare: OnShare) => unknown;

/**
 * Every kind of task, by name. Modules are imported when first used, so that a worker loads only what it runs.
 */
const kinds = {
  'elasticity.product': () => import('../../models/elasticity/estimate-product.ts').then((m) => m.estimateProduct),
  'forecast-arima-lstm': () =>
    import('../../models/forecast/hybrid/forecast-arima-lstm.ts').then((m) => m.forecastArimaLstmTask),
  'forecast-boosted-trees': () =>
    import('../../models/forecast/boosted-trees/forecast-boosted-trees.ts').then((m) => m.forecastBoostedTreesTask),
  'forecast-calendar': () =>
    import('../../models/forecast/calendar-regression/calendar-regression.ts').then((m) => m.forecastCalendar),
  'forecast-local': () => import('../../models/forecast/local-models.ts').then((m) => m.forecastLocal),
  'forecast-judge-paths': () => import('../../models/forecast/paths/path-sums.ts').then((m) => m.judgeCutoffTask),
  'forecast-publish-paths': () => import('../../models/forecast/paths/path-sums.ts').then((m) => m.publishSumsTask),
  'forecast-recursive-trees': () =>
    import('../../models/forecast/recursive-trees/forecast-recursive-trees.ts').then(
      (m) => m.forecastRecursiveTreesTask,
    ),
  'forecast-rolling-calendar': () =>
    import('../../models/forecast/calendar-regression/roll.ts').then((m) => m.rollCalendarTask),
  'forecast-weekly-season': () =>
    import('../../models/forecast/window-trees/weekly-season.ts').then((m) => m.forecastWeeklySeason),
  'forecast-window-trees': () =>
    import('../../models/forecast/window-trees/forecast-window-trees.ts').then((m) => m.forecastWindowTreesTask),
  'forecast-lstm': () => import('../../models/forecast/lstm/forecast-lstm.ts').then((m) => m.forecastLstmTask),
  'hidden-demand': () =>
    import('../../models/forecast/censored/unconstrained-demand.ts').then((m) => m.hiddenDemandTask),
  'replay-forecast': () => import('../../models/replay/forecast-origin.ts').then((m) => m.forecastOrigins),
  'replay-spreads': () => import('../../models/replay/measure-spreads.ts').then((m) => m.measureSpreads),
  'replay-products': () => import('../../models/replay/replay-products.ts').then((m) => m.replayProducts),
} satisfies Record<string, () => Promise<TaskFunction>>;

export type TaskKind = keyof typeof kinds;

/**
 * One unit of work that can run anywhere and twice: a pure function of `input`, the seed in it, and `shared`.
 * Everything in it can be structured-cloned.
 */
export interface Task<Input = unknown> {
  kind: TaskKind;
  /** Unique within a map; results come back in the order of the tasks. */
  key: string;
  /** What the seconds of the task go to, where the task does not name parts itself; its kind if left out. */
  part?: string;
  input: Input;
}

/** Runs a task in this thread; `seconds` are what it took, by the parts it names. */
export async function runTask<Output>(
  task: Task,
  shared: unknown,
  onShare: OnShare,
): Promise<{ result: Output; seconds: Seconds }> {
  const load = kinds[task.kind] as () => Promise<TaskFunction>;
  const run = await load();
  const [result, seconds] = await measured(task.part ?? task.kind, async (meter) =>
    run(task.input as never, shared as never, meter, onShare),
  );
  return { result: result as Output, seconds };
}
