import { type AccuracyRow, accuracyRows } from '../../models/forecast/backtest/accuracy-report.ts';
import type { JudgedBacktest } from '../../models/forecast/backtest/accuracy-slices.ts';
import type { Backtest } from '../../models/forecast/backtest/backtest.ts';
import {
  bucketSizeOf,
  type Judgement,
  judgeLevel,
  judgePathSums,
  judgeSeries,
  nodeScales,
  seriesScales,
  wholeUnits,
} from '../../models/forecast/backtest/judgement.ts';
import { SEGMENTS } from '../../models/forecast/backtest/segments.ts';
import { backtestOf, championMeans, type Selection } from '../../models/forecast/combine/selection.ts';
import type { OriginForecast } from '../../models/forecast/forecaster.ts';
import { type HierarchyLevel, hierarchyOf } from '../../models/forecast/hierarchy.ts';
import { type JudgedCutoff, judgedDays } from '../../models/forecast/paths/path-quantiles.ts';
import type { PathInputs } from '../../models/forecast/paths/path-sums.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import { PARTIAL } from '../../models/forecast/published.ts';
import { dayDifficulty, difficultyProbe, fitsOf } from '../../models/forecast/uncertainty/day-difficulty.ts';
import type { Panel } from '../../models/panel.ts';
import type { Executor } from '../executor/executor.ts';
import type { JobContext } from '../job.ts';

/** Name under which the published choice is judged. */
export const CHAMPION = 'champion';

/** Everything that the backtests say. */
export interface Assessment {
  /** The champions' backtest, each cutoff with the choice it took no part in. */
  champion: Backtest;
  /** Of each model of the selection. */
  models: Judgement[];
  levels: { level: HierarchyLevel; judgement: JudgedBacktest }[];
  /** What sample paths are drawn from, the distributions of the published forecasts among it, and what each cutoff says of them. */
  paths: PathInputs;
  judged: JudgedCutoff[];
  rows: AccuracyRow[];
}

/** How hard the days of the backtests and those ahead are, by what a plain model got wrong on the same days of earlier years. */
async function difficultyOfDays(
  executor: Executor,
  panel: Panel,
  { cutoffs, horizon }: ForecastPlan,
): Promise<Float32Array> {
  const probe = difficultyProbe(panel);
  const tasks = fitsOf(probe).map((origins) => ({
    kind: 'forecast-rolling-calendar' as const,
    key: `difficulty of the days from ${origins[0]}`,
    input: { origins, horizon: probe.horizon },
  }));
  const forecasts = await executor.map<OriginForecast[]>(tasks, { panel: probe.panel });
  return dayDifficulty(probe, forecasts.flat(), [...cutoffs, panel.periods], horizon);
}

/**
 * Judges every model, the champions and their sums, by level, cutoff, horizon, segment and series.
 *
 * @param windowLevels probabilities at which the windows of the series are kept for each cutoff
 */
export async function assess(
  { executor, seed }: Pick<JobContext, 'executor' | 'seed'>,
  panel: Panel,
  plan: ForecastPlan,
  selection: Selection,
  windowLevels: readonly number[] = [],
): Promise<Assessment> {
  const cutoffs = plan.cutoffs.length;
  const { seriesCount } = panel;
  const bucketSize = bucketSizeOf(panel);
  const scales = seriesScales(panel, plan);
  const isCount = wholeUnits(panel);
  const difficulty = await difficultyOfDays(executor, panel, plan);
  const traits = { scales, isCount, difficulty, seed };
  const judge = (mean: Float32Array): Judgement =>
    judgeSeries(panel, plan, backtestOf(mean, plan.actual, seriesCount, cutoffs), traits);
  const models = selection.models.map(({ mean }) => judge(mean));
  const champion = judge(championMeans(selection, plan.horizon));
  const baseline = models[selection.models.findIndex(({ name }) => name === plan.baseline)]!;
  const segments = SEGMENTS.map((name, segment) => ({
    name,
    nodes: Array.from(plan.segmentOf.keys()).filter((s) => plan.segmentOf[s] === segment),
  })).filter(({ nodes }) => nodes.length > 0);
  const each = selection.models
    .map(({ name }, m) => ({ model: name, judged: models[m]! }))
    .filter(({ model }) => !PARTIAL.includes(model));
  const rows = accuracyRows('series', [{ model: CHAMPION, judged: champion }, ...each], baseline.backtest, {
    bucketSize,
    segments,
    perNode: true,
    crossed: [CHAMPION],
  });
  const { backtest, marginals } = champion;
  const hierarchy = hierarchyOf(panel);
  const groupings = hierarchy.map(({ labels, nodeOf }) => ({ labels, nodeOf }));
  const paths = { backtest, marginals, levels: groupings, seed, windowLevels };
  const tasks = plan.cutoffs.map((_, cutoff) => ({
    kind: 'forecast-judge-paths' as const,
    key: `paths of cutoff ${cutoff}`,
    input: { cutoff },
  }));
  const judged = await executor.map<JudgedCutoff>(tasks, paths);
  const levels = hierarchy.map((level, i) => {
    const nodes = nodeScales(panel, plan, level);
    const days = judged.map((_, cutoff) => judgedDays(judged, i, cutoff, plan.horizon, bucketSize));
    const judgement = judgePathSums(backtest, level, nodes, days);
    const reference = judgeLevel(panel, baseline.backtest, level, nodes);
    const summed = [
      { model: CHAMPION, judged: judgement },
      { model: plan.baseline, judged: reference },
    ];
    const breakdown = { bucketSize, segments: [], perNode: true, crossed: [CHAMPION] };
    rows.push(...accuracyRows(level.level, summed, reference.backtest, breakdown));
    return { level, judgement };
  });
  return { champion: backtest, models, levels, paths, judged, rows };
}
