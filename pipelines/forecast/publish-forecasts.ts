import { bucketSizeOf } from '../../models/forecast/backtest/judgement.ts';
import type { Selection } from '../../models/forecast/combine/selection.ts';
import { sumMeans } from '../../models/forecast/hierarchy.ts';
import type { PublishedSums } from '../../models/forecast/paths/path-sums.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import {
  lastMeans,
  PARTIAL,
  type Published,
  publishedCodes,
  publishedMeans,
  publishedModels,
  seriesQuantiles,
  ZERO,
} from '../../models/forecast/published.ts';
import { QUANTILE_LEVELS } from '../../models/forecast/uncertainty/conformal.ts';
import type { Panel } from '../../models/panel.ts';
import type { JobContext } from '../job.ts';
import type { Assessment } from './assess.ts';
import {
  type PublishedModel,
  writeAccuracy,
  writeBacktest,
  writeNodeForecasts,
  writeSeriesForecasts,
} from './forecast-tables.ts';
import { writeWindows } from './window-tables.ts';
import { blendForecastWindows, type WindowForecasts, writeWindowTrees } from './window-trees.ts';

/**
 * Writes the forecasts of all models and levels, the champions' backtest and the accuracy as `out_*` tables.
 *
 * @param trees direct forecasts of the series' windows, where there are any
 */
export async function publishForecasts(
  { warehouse, executor }: Pick<JobContext, 'warehouse' | 'executor'>,
  panel: Panel,
  plan: ForecastPlan,
  selection: Selection,
  assessment: Assessment,
  trees?: WindowForecasts,
): Promise<void> {
  const { horizon, cutoffs } = plan;
  const { paths, judged } = assessment;
  const names = publishedModels(selection, plan);
  const statistical = publishedModels({ ...selection, isOverridden: undefined }, plan);
  const mean = publishedMeans(selection, plan);
  const [sums] = await executor.map<PublishedSums>(
    [{ kind: 'forecast-publish-paths', key: 'published paths', input: { mean, judged } }],
    paths,
  );
  const champion = { mean, quantiles: seriesQuantiles(mean, horizon, paths.marginals) };
  const models = selection.models.map(({ name, mean: all }, m): PublishedModel => {
    const own = lastMeans(all, plan);
    return {
      model: name,
      published: { mean: own, quantiles: seriesQuantiles(own, horizon, assessment.models[m]!.marginals) },
      isChampion: (s) => names[s] === name,
      has: (s) => !PARTIAL.includes(name) || names[s] === name || statistical[s] === name,
    };
  });
  models.push(zeroModel(panel.seriesCount, horizon, names));
  await writeSeriesForecasts(warehouse, models, champion, publishedCodes(selection, plan), horizon);
  const nodes = assessment.levels.map(({ level }, i) => ({
    level: level.level,
    labels: level.labels,
    published: { mean: sumMeans(mean, horizon, level), quantiles: sums!.days[i]! } satisfies Published,
    windows: sums!.windows[i + 1]!,
  }));
  await writeNodeForecasts(warehouse, nodes, horizon);
  const blended = blendForecastWindows(sums!.windows[0]!, trees, {
    panel,
    plan,
    champion: assessment.champion,
    judged,
    mean,
    isOverridden: selection.isOverridden,
  });
  await writeWindowTrees(warehouse, blended, horizon);
  await writeWindows(warehouse, { mean, windows: sums!.windows[0]! }, nodes, horizon);
  await writeBacktest(warehouse, assessment.champion);
  await writeAccuracy(
    warehouse,
    assessment.rows,
    labels(panel, assessment),
    bucketNames(panel),
    (cutoff) => panel.periods - cutoffs[cutoff]!,
  );
}

/** The certain zero of series that are not sold. */
function zeroModel(seriesCount: number, horizon: number, names: readonly string[]): PublishedModel {
  const cells = seriesCount * horizon;
  return {
    model: ZERO,
    published: { mean: new Float64Array(cells), quantiles: new Float32Array(cells * QUANTILE_LEVELS.length) },
    isChampion: () => true,
    has: (s) => names[s] === ZERO,
  };
}

function labels(panel: Panel, { levels }: Assessment): (level: string, node: number) => string {
  const byLevel = new Map(levels.map(({ level }) => [level.level as string, level.labels]));
  return (level, node) =>
    byLevel.get(level)?.[node] ??
    `${panel.products.ids[panel.productOf[node]!]}@${panel.locations.ids[panel.locationOf[node]!]}`;
}

/** Periods ahead, counted from 1: `1-7`, `8-14`; the last one ends with the horizon. */
function bucketNames(panel: Panel): (bucket: number) => string {
  const size = bucketSizeOf(panel);
  return (bucket) => `${bucket * size + 1}-${Math.min(panel.horizon, (bucket + 1) * size)}`;
}
