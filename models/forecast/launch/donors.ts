import type { Panel } from '../../panel.ts';
import { demandBefore } from '../demand.ts';

/** Ages, in weeks, that a launch curve covers; later it goes on at the last one's level. */
export const CURVE_WEEKS = 26;
/** A series is taken as launched (and not just the first to be recorded) where the panel begins this much earlier. */
const BEFORE_LAUNCH_DAYS = 28;
/** Weeks on sale that a launch must have been seen for. */
const SEEN_WEEKS = 4;

/** Launches seen before an origin: demand per day by age. */
export interface Donor {
  series: number;
  /** Units and known periods per week of age, [CURVE_WEEKS]. */
  units: Float64Array;
  known: Float64Array;
  price: number;
}

/** Week of age of the period that lies `age` periods after the first. */
export function weekOfAge(panel: Panel, age: number): number {
  return Math.min(CURVE_WEEKS - 1, Math.floor((age * panel.periodDays) / 7));
}

/** The price of a series about a period: the last known at or before it, else the first known after it; NaN without. */
export function priceNear(panel: Panel, series: number, t: number): number {
  if (panel.price.length === 0) return Number.NaN;
  const width = panel.periods + panel.horizon;
  const row = series * width;
  for (let i = Math.min(t, width - 1); i >= 0; i--)
    if (!Number.isNaN(panel.price[row + i]!)) return panel.price[row + i]!;
  for (let i = t + 1; i < width; i++) if (!Number.isNaN(panel.price[row + i]!)) return panel.price[row + i]!;
  return Number.NaN;
}

/**
 * All launches that an origin can look back on. Where there is none, every series with history stands in with its recent
 * demand at all ages, so that a new series is at least as large as those like it.
 *
 * @param origin only sales before it are read
 * O(series x origin).
 */
export function findDonors(panel: Panel, origin: number): Donor[] {
  const launches: Donor[] = [];
  const mature: Donor[] = [];
  const wait = Math.ceil(BEFORE_LAUNCH_DAYS / panel.periodDays);
  const needed = Math.ceil((SEEN_WEEKS * 7) / panel.periodDays);
  for (let series = 0; series < panel.seriesCount; series++) {
    const first = panel.firstPeriod[series]!;
    if (first + needed > origin) continue;
    const demand = demandBefore(panel, origin, series);
    const units = new Float64Array(CURVE_WEEKS);
    const known = new Float64Array(CURVE_WEEKS);
    const isLaunch = first >= wait;
    const from = isLaunch ? 0 : Math.max(0, demand.length - needed);
    for (let i = from; i < demand.length; i++) {
      if (Number.isNaN(demand[i]!)) continue;
      const week = weekOfAge(panel, i);
      // After the curve's last week the product is no launch any more.
      if (isLaunch && i * panel.periodDays >= CURVE_WEEKS * 7) break;
      units[isLaunch ? week : 0]! += demand[i]!;
      known[isLaunch ? week : 0]!++;
    }
    if (!isLaunch) {
      units.fill(units[0]!);
      known.fill(known[0]!);
    }
    (isLaunch ? launches : mature).push({ series, units, known, price: priceNear(panel, series, first) });
  }
  return launches.length > 0 ? launches : mature;
}
