import { QUANTILE_LEVELS } from '../../models/forecast/conformal.ts';
import { bucketSizeOf } from '../../models/forecast/judgement.ts';
import type { ForecastPlan } from '../../models/forecast/plan.ts';
import {
  PARTIAL,
  publishedCodes,
  publishedModels,
  publishLevel,
  publishSeries,
  ZERO,
} from '../../models/forecast/published.ts';
import type { Selection } from '../../models/forecast/selection.ts';
import type { Panel } from '../../models/panel.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Assessment } from './assess.ts';
import {
  type PublishedModel,
  writeAccuracy,
  writeBacktest,
  writeNodeForecasts,
  writeSeriesForecasts,
} from './forecast-tables.ts';

/** Writes the forecasts of all models and levels, the champions' backtest and the accuracy as `out_*` tables. */
export async function publishForecasts(
  warehouse: Warehouse,
  panel: Panel,
  plan: ForecastPlan,
  selection: Selection,
  assessment: Assessment,
): Promise<void> {
  const { horizon, cutoffs } = plan;
  const names = publishedModels(selection, plan);
  const statistical = publishedModels({ ...selection, isOverridden: undefined }, plan);
  const codes = publishedCodes(selection, plan);
  const models = selection.models.map(({ name, mean }, m): PublishedModel => {
    const judgement = cutoffs.length > 0 ? assessment.models[m] : undefined;
    return {
      model: name,
      published: publishSeries(mean, plan, judgement),
      isChampion: (s) => names[s] === name,
      has: (s) => !PARTIAL.includes(name) || names[s] === name || statistical[s] === name,
    };
  });
  models.push(zeroModel(panel.seriesCount, horizon, names));
  await writeSeriesForecasts(warehouse, models, codes, horizon);
  const bottom = championBottom(models, panel.seriesCount, horizon);
  const levels = assessment.levels.map(({ level, judgement }) => ({
    level: level.level,
    labels: level.labels,
    published: publishLevel(bottom, horizon, level, cutoffs.length > 0 ? judgement : undefined),
  }));
  await writeNodeForecasts(warehouse, levels, horizon);
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

/** The published mean of each series, [series][horizon]. */
function championBottom(models: readonly PublishedModel[], seriesCount: number, horizon: number): Float64Array {
  const bottom = new Float64Array(seriesCount * horizon);
  for (let s = 0; s < seriesCount; s++) {
    const champion = models.find(({ has, isChampion }) => has(s) && isChampion(s))!;
    bottom.set(champion.published.mean.subarray(s * horizon, (s + 1) * horizon), s * horizon);
  }
  return bottom;
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
