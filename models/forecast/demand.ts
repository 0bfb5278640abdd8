import type { Panel } from '../panel.ts';

/** Whether the location of a series is closed in period `t` (which may lie ahead). */
export function isClosed(panel: Panel, series: number, t: number): boolean {
  const { calendarOf, isClosed: closed } = panel.calendar;
  const row = calendarOf[panel.locationOf[series]!] ?? 0;
  return closed[row * (panel.periods + panel.horizon) + t] === 1;
}

/**
 * Sales that show demand, as known in the morning of period `origin`: NaN where nothing was recorded, where the shelf
 * was empty and where the location was closed.
 *
 * @param from first period wanted; defaults to the first record of the series
 * @returns the values of periods `from` to `origin - 1`
 */
export function demandBefore(panel: Panel, origin: number, series: number, from?: number): Float64Array {
  const start = Math.min(origin, Math.max(0, from ?? panel.firstPeriod[series]!));
  const demand = new Float64Array(origin - start);
  const row = series * panel.periods;
  const calendar = panel.calendar.calendarOf[panel.locationOf[series]!] ?? 0;
  const closedRow = calendar * (panel.periods + panel.horizon);
  for (let t = start; t < origin; t++) {
    const usable = panel.inStock[row + t] === 1 && panel.calendar.isClosed[closedRow + t] !== 1;
    demand[t - start] = usable ? panel.quantity[row + t]! : Number.NaN;
  }
  return demand;
}

/** Sets the forecast of closed periods to zero, and anything negative or not finite too. */
export function openOnly(panel: Panel, origin: number, series: number, out: Float64Array): void {
  for (let h = 0; h < out.length; h++) {
    if (!(out[h]! > 0) || !Number.isFinite(out[h]!) || isClosed(panel, series, origin + h)) out[h] = 0;
  }
}

/** Periods of the short season: 7 days, or none in weekly data. */
export function shortSeason(panel: Panel): number {
  return panel.frequency === 'daily' ? 7 : 1;
}

/** Mean of the values that are known, 0 where there are none. */
export function meanKnown(values: Float64Array, from = 0): number {
  let sum = 0;
  let count = 0;
  for (let i = Math.max(0, from); i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    sum += values[i]!;
    count++;
  }
  return count > 0 ? sum / count : 0;
}

/** The values without the unknown ones, in order. */
export function knownOf(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}
