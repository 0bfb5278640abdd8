import { partsOf } from '../../../data/day.ts';
import type { Panel } from '../../panel.ts';
import { demandBefore, openOnly } from '../demand.ts';
import type { OriginForecast } from '../forecaster.ts';

/** The level is the mean of a slow and a quick exponential average: half-lives of about 23 and 4 weeks. */
const SLOW = 0.03;
const QUICK = 0.15;
/** Weeks on each side that a week is compared with, and the fewest known ones. */
const HALF_SPAN = 13;
const MIN_KNOWN = 8;
/** Units, square-root weighed, that all series together count for in a group's index. */
const SHRINKAGE = 200;
/** Weights of the weeks at the same time of the year and next to it. */
const SAME_WEEK = 0.5;
const NEXT_WEEK = 0.25;
/** An index is held within a third and three times. */
const LARGEST_INDEX = 3;
/** Without a year of history before the weeks that are to be forecast, there is no season to learn. */
const MIN_WEEKS = 52;

export interface WeeklySeasonRequest {
  origins: number[];
  horizon: number;
}

/**
 * Weekly sales as level times season: the level is the series' own, over weeks that were in stock; the season is the ratio
 * of each week to the half year around it, pooled over a department and drawn towards that of all series, and taken from
 * the same weeks of the years before. Pooling is what makes a yearly season visible with a year or two of history.
 *
 * @returns means of all series for each origin, [series][horizon], from earlier sales only. O(series x periods)
 */
export function forecastWeeklySeason(
  { origins, horizon }: WeeklySeasonRequest,
  { panel }: { panel: Panel },
): OriginForecast[] {
  return origins.map((origin) => {
    const demand = Array.from({ length: panel.seriesCount }, (_, s) => demandBefore(panel, origin, s, 0));
    const groups = seasonGroups(panel);
    const index = seasonIndex(panel, demand, groups, origin, origin + horizon);
    const mean = new Float32Array(panel.seriesCount * horizon);
    const out = new Float64Array(horizon);
    for (let s = 0; s < panel.seriesCount; s++) {
      const own = index[groups.groupOf[s]!]!;
      const level = (levelOf(demand[s]!, own, SLOW) + levelOf(demand[s]!, own, QUICK)) / 2;
      for (let h = 0; h < horizon; h++) out[h] = level * own[origin + h]!;
      openOnly(panel, origin, s, out);
      mean.set(out, s * horizon);
    }
    return { origin, mean };
  });
}

/** Exponentially weighed mean of known demand over its index: sums of both, so that weeks of high season count more. */
export function levelOf(demand: Float64Array, index: Float64Array, smoothing: number): number {
  let [sold, expected, weight] = [0, 0, 1];
  for (let t = demand.length - 1; t >= 0 && weight > 1e-3; t--) {
    if (Number.isNaN(demand[t]!)) continue;
    sold += weight * demand[t]!;
    expected += weight * index[t]!;
    weight *= 1 - smoothing;
  }
  return expected > 0 ? sold / expected : 0;
}

/** Departments, or categories where there is but one department. */
function seasonGroups(panel: Panel): { groupOf: Int32Array; count: number } {
  const { department, category } = panel.products;
  const labels = new Set(department).size > 1 ? department : category;
  const numbers = new Map<string, number>();
  const groupOf = panel.productOf.map((product) => {
    const label = labels[product]!;
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    return numbers.get(label)!;
  });
  return { groupOf, count: numbers.size };
}

/** Index of each group and week up to `end`, 1 where there is no history to tell it from. */
export function seasonIndex(
  panel: Panel,
  demand: readonly Float64Array[],
  { groupOf, count }: { groupOf: Int32Array; count: number },
  origin: number,
  end: number,
): Float64Array[] {
  const index = Array.from({ length: count }, () => new Float64Array(end).fill(1));
  if (origin < MIN_WEEKS) return index;
  const ratios = weekRatios(demand, groupOf, count, origin);
  const dayOfYear = Int32Array.from({ length: end }, (_, t) => partsOf(panel.startDay + 7 * t + 3).dayOfYear);
  for (let t = 0; t < end; t++) {
    const near: [number, number][] = [];
    for (let past = 0; past < origin; past++) {
      const apart = Math.abs(dayOfYear[past]! - dayOfYear[t]!);
      const weeks = Math.min(apart, 365 - apart) / 7;
      if (weeks < 1.6) near.push([past, weeks < 0.75 ? SAME_WEEK : NEXT_WEEK]);
    }
    const total = near.reduce((sum, [, weight]) => sum + weight, 0);
    if (total === 0) continue;
    for (let g = 0; g < count; g++) {
      const mean = near.reduce((sum, [past, weight]) => sum + weight * ratios[g]![past]!, 0) / total;
      index[g]![t] = Math.min(LARGEST_INDEX, Math.max(1 / LARGEST_INDEX, mean));
    }
  }
  return index;
}

/** Sales of each group and week over those of the half year around it, [group][week]. */
function weekRatios(
  demand: readonly Float64Array[],
  groupOf: Int32Array,
  count: number,
  weeks: number,
): Float64Array[] {
  const sold = Array.from({ length: count + 1 }, () => new Float64Array(weeks));
  const usual = Array.from({ length: count + 1 }, () => new Float64Array(weeks));
  demand.forEach((own, s) => {
    const sums = new Float64Array(weeks + 1);
    const known = new Int32Array(weeks + 1);
    for (let t = 0; t < weeks; t++) {
      const isKnown = !Number.isNaN(own[t]!);
      sums[t + 1] = sums[t]! + (isKnown ? own[t]! : 0);
      known[t + 1] = known[t]! + (isKnown ? 1 : 0);
    }
    for (let t = 0; t < weeks; t++) {
      const from = Math.max(0, t - HALF_SPAN);
      const to = Math.min(weeks, t + HALF_SPAN + 1);
      const around = known[to]! - known[from]!;
      if (Number.isNaN(own[t]!) || around < MIN_KNOWN) continue;
      const mean = (sums[to]! - sums[from]!) / around;
      const weight = 1 / Math.sqrt(1 + mean);
      for (const g of [groupOf[s]!, count]) {
        sold[g]![t]! += weight * own[t]!;
        usual[g]![t]! += weight * mean;
      }
    }
  });
  const overall = sold[count]!.map((value, t) => (usual[count]![t]! > 0 ? value / usual[count]![t]! : 1));
  return sold
    .slice(0, count)
    .map((values, g) => values.map((value, t) => (value + SHRINKAGE * overall[t]!) / (usual[g]![t]! + SHRINKAGE)));
}
