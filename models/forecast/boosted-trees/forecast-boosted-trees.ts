import { createRandom, type Random } from '../../../data/random.ts';
import type { Panel } from '../../panel.ts';
import { panelWithoutMacro } from '../drivers/switch-off.ts';
import type { Feature } from '../features/feature.ts';
import { featuresOf } from '../features/registry.ts';
import { filledTable } from '../features/table.ts';
import { createTimeline } from '../features/timeline.ts';
import { Vantage } from '../features/vantage.ts';
import type { OriginForecast } from '../forecaster.ts';
import { sampleWindows } from '../sampling.ts';
import { type BoostedTreesBudget, defaultBudget, membersFor } from './budget.ts';
import { predictRatio, type TrainedMember, trainMembers } from './member.ts';
import { allocateRows, appendTargets, type Rows } from './rows.ts';

export interface BoostedTreesRequest {
  /** First periods to forecast, ascending. */
  origins: number[];
  horizon: number;
  seed: number;
  /** Whether to tell what macro indicators do to the last origin. */
  isTakenApart?: boolean;
  /** Overrides of the sizes that are otherwise chosen by the panel. */
  budget?: Partial<BoostedTreesBudget>;
}

/** Periods of history before the first row to learn from. */
const WARM_UP = { daily: 56, weekly: 13 } as const;
/** Age at which an origin is drawn half as often. */
const HALF_LIFE_YEARS = 2;
const SERIES_PER_BATCH = 512;
const LARGEST_RATIO = 50;

/**
 * Forecasts all series with gradient-boosted trees over all of them: direct for every period ahead, on the ratio of sales to
 * what the series sold of late, from the features of the registry; the mean of several models. Trained once, on what lies
 * before the first origin, and used so for all of them; ask for the newest origin on its own to have it trained on all
 * history. The forecast from an origin depends on no sales from it on.
 *
 * After the winning global models of the M5 and Rossmann competitions (Makridakis, Spiliotis and Assimakopoulos 2022; Bojer
 * and Meldgaard 2021).
 *
 * @param onProgress called with the share done, 0 to 1
 * @returns means in units, finite and not negative, [series][horizon] for each origin in the order given; 0 where closed and
 *   for a series without any sale before
 */
export function forecastBoostedTrees(
  panel: Panel,
  request: BoostedTreesRequest,
  onProgress?: (fraction: number) => void,
): OriginForecast[] {
  const { origins, horizon } = request;
  const budget = { ...defaultBudget(panel), ...request.budget };
  const random = createRandom(request.seed).fork('boosted trees');
  const timeline = createTimeline(panel);
  const features = featuresOf(timeline);
  const at = new Vantage(timeline);
  const rows = drawRows(at, features, origins[0] ?? 0, horizon, budget, random);
  const table = filledTable(rows.table);
  const chosen = membersFor(zeroShare(rows), panel.promotionKind.length > 0);
  const total = chosen.length * budget.trees;
  const seedOf = (m: number): number => random.fork(`member ${m}`).below(2 ** 31);
  const members = trainMembers(chosen, rows, table, budget, seedOf, (done) => onProgress?.((0.9 * done) / total));
  return origins.map((origin, k) => {
    timeline.feedUntil(origin);
    const mean = forecastOrigin(at, features, members, origin, horizon);
    onProgress?.(0.9 + (0.1 * (k + 1)) / origins.length);
    const seen = panelWithoutMacro(panel, origin, request);
    if (!seen) return { origin, mean };
    const flat = { ...timeline, panel: seen };
    const macro = forecastOrigin(new Vantage(flat), featuresOf(flat), members, origin, horizon);
    return { origin, mean, without: { macro } };
  });
}

/** Share of the rows with nothing sold. */
function zeroShare({ sold, table }: Rows): number {
  let zeros = 0;
  for (let i = 0; i < table.rows; i++) if (sold[i] === 0) zeros++;
  return table.rows > 0 ? zeros / table.rows : 0;
}

/** Rows to learn from: series and origins drawn with more of late, and for each some periods of the horizon. */
function drawRows(
  at: Vantage,
  features: readonly Feature[],
  cutoff: number,
  horizon: number,
  budget: BoostedTreesBudget,
  random: Random,
): Rows {
  const { panel, timeline } = at;
  const perOrigin = Math.max(1, Math.min(budget.targetsPerOrigin, horizon));
  const pairs = Math.ceil(budget.rows / perOrigin);
  const warmUp = WARM_UP[panel.frequency];
  const samples = sampleWindows(panel, warmUp, cutoff, horizon, pairs, random.fork('origins'), HALF_LIFE_YEARS);
  const rows = allocateRows(features, samples.length * perOrigin);
  const steps = random.fork('steps');
  for (const { series, origin } of samples) {
    timeline.feedUntil(origin);
    at.stand(series, origin);
    if (!(at.level > 0)) continue;
    const targets: number[] = [];
    for (let k = 0; k < perOrigin; k++) {
      const target = origin + Math.floor(((k + steps.uniform()) * horizon) / perOrigin);
      if (target < cutoff && timeline.isKnown(series, target)) targets.push(target);
    }
    appendTargets(rows, features, at, targets, cutoff);
  }
  return rows;
}

function forecastOrigin(
  at: Vantage,
  features: readonly Feature[],
  members: readonly TrainedMember[],
  origin: number,
  horizon: number,
): Float32Array {
  const { seriesCount } = at.panel;
  const mean = new Float32Array(seriesCount * horizon);
  const targets = Array.from({ length: horizon }, (_, h) => origin + h);
  for (let from = 0; from < seriesCount; from += SERIES_PER_BATCH) {
    const rows = allocateRows(features, Math.min(SERIES_PER_BATCH, seriesCount - from) * horizon);
    const places: number[] = [];
    for (let s = from; s < Math.min(seriesCount, from + SERIES_PER_BATCH); s++) {
      at.stand(s, origin);
      if (!(at.level > 0)) continue;
      targets.forEach((target, h) => {
        places.push(at.isClosed(target) ? -1 : s * horizon + h);
      });
      appendTargets(rows, features, at, targets, origin);
    }
    const table = filledTable(rows.table);
    for (const trained of members) {
      const ratios = predictRatio(trained, table);
      const anchor = rows.anchor[trained.member.anchor];
      places.forEach((place, i) => {
        const ratio = Math.min(LARGEST_RATIO, ratios[i]!);
        if (place >= 0 && ratio > 0) mean[place]! += (ratio * anchor[i]!) / members.length;
      });
    }
  }
  return mean;
}

/** The worker task: as `forecastBoostedTrees`, over the panel that all tasks share. */
export function forecastBoostedTreesTask(
  request: BoostedTreesRequest,
  { panel }: { panel: Panel },
  _meter: unknown,
  onProgress?: (fraction: number) => void,
): OriginForecast[] {
  return forecastBoostedTrees(panel, request, onProgress);
}
