import type { Random } from '../../data/random.ts';
import type { Panel } from '../panel.ts';

/** Which window to learn from. */
export interface Sample {
  series: number;
  origin: number;
}

const MANY_SERIES = 500;

/** Whether series differ more than periods do, so that more examples tell more. */
export const hasManySeries = ({ seriesCount }: Panel): boolean => seriesCount >= MANY_SERIES;

/** Age at which an origin is drawn half as often, in years. */
const HALF_LIFE_YEARS = 1.5;
/** Origins at the same time of the year as the forecast are drawn up to this much more often, within about so many days. */
const SEASON_BOOST = 1.5;
const SEASON_DAYS = 45;

/**
 * Draws windows to learn from, ascending by origin: every series about equally often, and for each stratum of time one
 * origin, with more strata in recent times and around the season of `cutoff`.
 *
 * @param from first origin that may be drawn
 * @param cutoff targets lie before this period; origins lie at least a third of the horizon before it
 * @param halfLifeYears age at which an origin is drawn half as often
 */
export function sampleWindows(
  panel: Panel,
  from: number,
  cutoff: number,
  horizon: number,
  count: number,
  random: Random,
  halfLifeYears = HALF_LIFE_YEARS,
): Sample[] {
  const last = cutoff - Math.max(1, Math.ceil(horizon / 3));
  if (last < from || panel.seriesCount === 0) return [];
  const cumulative = new Float64Array(last - from + 1);
  let sum = 0;
  for (let origin = from; origin <= last; origin++) {
    const ageDays = (cutoff - origin) * panel.periodDays;
    const offSeason = Math.abs(((ageDays + 182.5) % 365.25) - 182.5);
    const season = 1 + SEASON_BOOST * Math.exp(-((offSeason / SEASON_DAYS) ** 2));
    sum += 0.5 ** (ageDays / 365.25 / halfLifeYears) * season;
    cumulative[origin - from] = sum;
  }
  const strata = permutation(count, random.fork('strata'));
  const jitter = random.fork('origin');
  const draws = random.fork('series');
  let order = permutation(panel.seriesCount, draws);
  const samples: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const place = i % panel.seriesCount;
    if (place === 0 && i > 0) order = permutation(panel.seriesCount, draws);
    const aim = ((strata[i]! + jitter.uniform()) / count) * sum;
    samples.push({ series: order[place]!, origin: from + lowerBound(cumulative, aim) });
  }
  return samples.sort((a, b) => a.origin - b.origin || a.series - b.series);
}

/** A random order of 0 .. n - 1 (Fisher and Yates). */
export function permutation(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const swapped = order[i]!;
    order[i] = order[j]!;
    order[j] = swapped;
  }
  return order;
}

function lowerBound(ascending: Float64Array, aim: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < aim) low = middle + 1;
    else high = middle;
  }
  return low;
}
