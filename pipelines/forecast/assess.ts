import { type AccuracyRow, accuracyRows } from '../../models/forecast/accuracy-report.ts';
import type { Backtest } from '../../models/forecast/backtest.ts';
import { type HierarchyLevel, hierarchyOf } from '../../models/forecast/hierarchy.ts';
import {
  bucketSizeOf,
  type Judgement,
  judgeLevel,
  judgeSeries,
  nodeScales,
  seriesScales,
} from '../../models/forecast/judgement.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import { PARTIAL } from '../../models/forecast/published.ts';
import { SEGMENTS } from '../../models/forecast/segments.ts';
import { backtestOf, championMeans, type Selection } from '../../models/forecast/selection.ts';
import type { Panel } from '../../models/panel.ts';

/** Name under which the published choice is judged. */
export const CHAMPION = 'champion';

/** Everything that the backtests say. */
export interface Assessment {
  /** The champions' backtest, each cutoff with the choice it took no part in. */
  champion: Backtest;
  /** Of each model of the selection. */
  models: Judgement[];
  levels: { level: HierarchyLevel; judgement: Judgement }[];
  rows: AccuracyRow[];
}

/** Judges every model, the champions and their sums, by level, cutoff, horizon, segment and series. */
export function assess(panel: Panel, plan: ForecastPlan, selection: Selection): Assessment {
  const cutoffs = plan.cutoffs.length;
  const { seriesCount } = panel;
  const bucketSize = bucketSizeOf(panel);
  const scales = seriesScales(panel, plan);
  const backtest = (mean: Float32Array): Backtest => backtestOf(mean, plan.actual, seriesCount, cutoffs);
  const models = selection.models.map(({ mean }) => judgeSeries(panel, plan, backtest(mean), scales));
  const champion = judgeSeries(panel, plan, backtest(championMeans(selection, plan.horizon)), scales);
  const baseline = models[selection.models.findIndex(({ name }) => name === plan.baseline)]!;
  const segments = SEGMENTS.map((name, segment) => ({
    name,
    nodes: Array.from(plan.segmentOf.keys()).filter((s) => plan.segmentOf[s] === segment),
  })).filter(({ nodes }) => nodes.length > 0);
  const judged = selection.models
    .map(({ name }, m) => ({ model: name, judged: models[m]! }))
    .filter(({ model }) => !PARTIAL.includes(model));
  const rows = accuracyRows('series', [{ model: CHAMPION, judged: champion }, ...judged], baseline, {
    bucketSize,
    segments,
    perNode: true,
  });
  const levels = hierarchyOf(panel).map((level) => {
    const nodes = nodeScales(panel, plan, level);
    const judgement = judgeLevel(panel, champion.backtest, level, nodes);
    const reference = judgeLevel(panel, baseline.backtest, level, nodes);
    const summed = [
      { model: CHAMPION, judged: judgement },
      { model: plan.baseline, judged: reference },
    ];
    rows.push(...accuracyRows(level.level, summed, reference, { bucketSize, segments: [], perNode: true }));
    return { level, judgement };
  });
  return { champion: champion.backtest, models, levels, rows };
}
