import type { Panel } from '../../panel.ts';
import { movingAverage } from '../baselines/moving-average.ts';
import { isClosed } from '../demand.ts';
import { type Donor, findDonors } from './donors.ts';
import { launchForecast } from './launch-forecast.ts';

/** Days on sale in which a series is taken as new, and days between the origins at which past launches are looked at. */
const NEW_DAYS = 28;
const STEP_DAYS = 14;
/** Past launches of equal weights that the found weight is mixed with, and that weight. */
const PRIOR_CASES = 10;
const PRIOR_WEIGHT = 0.5;

/** A past launch, as forecast by its curve and by its own mean, and what came of it: units over the horizon. */
export interface LaunchCase {
  /** First period after those forecast. */
  knownFrom: number;
  curve: number;
  average: number;
  actual: number;
}

/**
 * Launches that lay between two origins, each forecast with what was known then.
 *
 * @param from first origin looked at
 * @param origin sales from it on are not read
 * O(origins x donors + launches x donors).
 */
export function launchCases(panel: Panel, from: number, origin: number, horizon: number): LaunchCase[] {
  const cases: LaunchCase[] = [];
  const fresh = Math.ceil(NEW_DAYS / panel.periodDays);
  const step = Math.max(1, Math.round(STEP_DAYS / panel.periodDays));
  const average = new Float64Array(horizon);
  for (let at = origin - horizon; at >= Math.max(1, from); at -= step) {
    let donors: Donor[] | undefined;
    for (let s = 0; s < panel.seriesCount; s++) {
      const age = at - panel.firstPeriod[s]!;
      if (age <= 0 || age >= fresh || panel.firstPeriod[s]! < fresh) continue;
      donors ??= findDonors(panel, at);
      if (donors.length === 0) break;
      const curve = launchForecast(panel, at, horizon, s, donors).mean;
      movingAverage.forecast(panel, at, horizon, s, average);
      const found: LaunchCase = { knownFrom: at + horizon, curve: 0, average: 0, actual: 0 };
      for (let h = 0; h < horizon; h++) {
        const t = at + h;
        const actual = panel.quantity[s * panel.periods + t]!;
        if (panel.inStock[s * panel.periods + t] !== 1 || isClosed(panel, s, t) || Number.isNaN(actual)) continue;
        found.curve += curve[h]!;
        found.average += average[h]!;
        found.actual += actual;
      }
      cases.push(found);
    }
  }
  return cases;
}

/**
 * Weight of the launch curve, the rest being the own mean's, that served past launches best: least squares of totals, each
 * relative to its size as a variance, mixed with equal weights.
 *
 * @returns 0 to 1. O(cases)
 */
export function launchWeight(cases: readonly LaunchCase[], origin: number): number {
  let product = 0;
  let squares = 0;
  let used = 0;
  for (const { knownFrom, curve, average, actual } of cases) {
    if (knownFrom > origin) continue;
    const size = curve + average + actual;
    if (!(size > 0)) continue;
    product += ((curve - average) * (actual - average)) / size;
    squares += (curve - average) ** 2 / size;
    used++;
  }
  if (!(squares > 0)) return PRIOR_WEIGHT;
  const prior = (PRIOR_CASES * squares) / used;
  return Math.min(1, Math.max(0, (product + prior * PRIOR_WEIGHT) / (squares + prior)));
}
