import type { Panel } from '../../panel.ts';
import { isClosed } from '../demand.ts';
import { type CalendarDesign, calendarDesign, type Effect } from './design.ts';
import { type PromotionDesign, promotionDesign } from './promotion-design.ts';
import { addRow } from './sparse-rows.ts';

/** The whole design of a panel before an origin: calendar columns first, then promotion and price. */
export interface Design {
  effects: Effect[];
  calendarColumns: number;
  start: number;
  origin: number;
  calendar: CalendarDesign;
  promotion: PromotionDesign;
}

/** Design of the periods from `start` to the end of the horizon after `origin`. */
export function designOf(panel: Panel, start: number, origin: number, horizon: number): Design {
  const calendar = calendarDesign(panel, start, origin, origin + horizon);
  const promotion = promotionDesign(panel, start, origin, origin + horizon, calendar.effects.length);
  return {
    effects: [...calendar.effects, ...promotion.effects],
    calendarColumns: calendar.effects.length,
    start,
    origin,
    calendar,
    promotion,
  };
}

/** The calendar row of a series, to index `count`, and times `width` to index `column` and `value`. */
export function calendarRow(panel: Panel, { calendar, start }: Design, series: number, t: number): number {
  return panel.calendar.calendarOf[panel.locationOf[series]!]! * calendar.length + t - start;
}

/** Log of the calendar's part of demand, [calendar][period - start]. */
export function calendarPart({ calendar }: Design, b: Float64Array): Float64Array {
  const part = new Float64Array(calendar.count.length);
  for (let row = 0; row < part.length; row++) {
    part[row] = addRow(0, calendar, row, b);
  }
  return part;
}

/** Demand of a series over the design's known periods, NaN where it is unknown, out of stock or closed. */
export function knownDemand(panel: Panel, { start, origin }: Design, series: number): Float64Array {
  const demand = new Float64Array(origin - start).fill(Number.NaN);
  const row = series * panel.periods;
  for (let t = Math.max(start, panel.firstPeriod[series]!); t < origin; t++) {
    if (panel.inStock[row + t] === 1 && !isClosed(panel, series, t)) demand[t - start] = panel.quantity[row + t]!;
  }
  return demand;
}

/**
 * Slow level of a series: units sold over units expected at level 1, in a window around each period.
 *
 * @param expected shape of demand at level 1
 * @param half periods on each side
 * @returns level by period, 0 where the window holds nothing
 */
export function localLevel(demand: Float64Array, expected: Float64Array, half: number): Float64Array {
  const n = demand.length;
  const sold = new Float64Array(n + 1);
  const usual = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) {
    const known = !Number.isNaN(demand[t]!);
    sold[t + 1] = sold[t]! + (known ? demand[t]! : 0);
    usual[t + 1] = usual[t]! + (known ? expected[t]! : 0);
  }
  const level = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    const low = Math.max(0, t - half);
    const high = Math.min(n, t + half + 1);
    const weight = usual[high]! - usual[low]!;
    level[t] = weight > 0 ? (sold[high]! - sold[low]!) / weight : 0;
  }
  return level;
}
