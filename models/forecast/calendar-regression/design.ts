import { partsOf, weekdayOf } from '../../../data/day.ts';
import type { Panel } from '../../panel.ts';
import type { SparseRows } from './sparse-rows.ts';

/** How an effect behaves when it is shared: which family of deviations it belongs to. */
export type EffectFamily = 'weekday' | 'year' | 'week' | 'month' | 'event' | 'promotion' | 'price';

/** One column of the design: what it means and whether a series may deviate from its group in it. */
export interface Effect {
  name: string;
  family: EffectFamily;
  local: boolean;
}

/** Rows [calendar][period - start], their columns ascending. */
export interface CalendarDesign extends SparseRows {
  effects: Effect[];
  start: number;
  length: number;
  value: Float32Array;
}

const YEAR_DAYS = 365.25;
/** Pairs of yearly waves with two years of history, and with one and a quarter. */
const YEAR_WAVES = 6;
const YEAR_WAVES_SHORT = 3;
const MONTH_WAVES = 3;
/** Yearly waves in which a series may have its own shape. */
const LOCAL_YEAR_WAVES = 2;
/** Events on more days than this share are states, not days: their neighbours get no effect of their own. */
const FREQUENT_SHARE = 0.08;
/** Days with an event from which a series may have its own effect. */
const LOCAL_EVENT_DAYS = 24;

/**
 * What the calendar says about each period: weekday, yearly and monthly waves, events with the day before and after, and
 * closures next door. One set of rows for each calendar of the panel.
 *
 * @param start first period of the rows; they reach to `end`, which may lie in the known future
 * @param origin events are counted before it only
 */
export function calendarDesign(panel: Panel, start: number, origin: number, end: number): CalendarDesign {
  const daily = panel.frequency === 'daily';
  const { calendar } = panel;
  const rowLength = panel.periods + panel.horizon;
  const effects: Effect[] = [];
  const add = (name: string, family: EffectFamily, local: boolean): number => effects.push({ name, family, local }) - 1;
  const weekday = daily ? Array.from({ length: 7 }, (_, d) => add(`weekday ${d + 1}`, 'weekday', true)) : [];
  const years = ((origin - start) * panel.periodDays) / YEAR_DAYS;
  const yearWaves = years >= 1.9 ? (daily ? YEAR_WAVES : YEAR_WAVES_SHORT) : years >= 1.25 ? YEAR_WAVES_SHORT : 0;
  const year = Array.from({ length: 2 * yearWaves }, (_, i) =>
    add(`year wave ${(i >> 1) + 1} ${i % 2 ? 'cos' : 'sin'}`, 'year', i < 2 * LOCAL_YEAR_WAVES),
  );
  const weeks = daily && yearWaves > 0 ? Array.from({ length: 53 }, (_, w) => add(`week ${w + 1}`, 'week', false)) : [];
  const month = daily
    ? Array.from({ length: 2 * MONTH_WAVES }, (_, i) =>
        add(`month wave ${(i >> 1) + 1} ${i % 2 ? 'cos' : 'sin'}`, 'month', i < 2),
      )
    : [];
  const hasEvent = (c: number, e: number, t: number): boolean =>
    t >= 0 && t < rowLength && calendar.hasEvent[(c * calendar.events.length + e) * rowLength + t] === 1;
  const events = calendar.events.map((name, e) => {
    let days = 0;
    let most = 0;
    for (let c = 0; c < calendar.calendarCount; c++) {
      days = 0;
      for (let t = start; t < origin; t++) if (hasEvent(c, e, t)) days++;
      most = Math.max(most, days);
    }
    const rare = daily && most < FREQUENT_SHARE * (origin - start);
    return {
      day: add(name, 'event', most >= LOCAL_EVENT_DAYS),
      before: rare ? add(`day before ${name}`, 'event', false) : -1,
      after: rare ? add(`day after ${name}`, 'event', false) : -1,
    };
  });
  const beforeClosed = daily ? add('day before a closed day', 'event', false) : -1;
  const afterClosed = daily ? add('day after a closed day', 'event', false) : -1;
  const length = end - start;
  const width = 2 + year.length + month.length + 3 * events.length + 2;
  const rows = calendar.calendarCount * length;
  const design: CalendarDesign = {
    effects,
    start,
    length,
    width,
    count: new Uint8Array(rows),
    column: new Int16Array(rows * width),
    value: new Float32Array(rows * width),
  };
  for (let c = 0; c < calendar.calendarCount; c++) {
    const closed = (t: number): boolean => t >= 0 && t < rowLength && calendar.isClosed[c * rowLength + t] === 1;
    // closed as it is every week says nothing; closed where last week was open does
    const unusual = (t: number): boolean => closed(t) && !(closed(t - 7) && closed(t + 7));
    for (let t = start; t < end; t++) {
      const row = c * length + t - start;
      let at = row * width;
      const put = (column: number, value: number): void => {
        if (column < 0) return;
        design.column[at] = column;
        design.value[at] = value;
        at++;
      };
      const day = panel.startDay + t * panel.periodDays;
      const parts = partsOf(day + (daily ? 0 : 3));
      if (daily) put(weekday[weekdayOf(day)]!, 1);
      const yearAngle = (2 * Math.PI * parts.dayOfYear) / YEAR_DAYS;
      year.forEach((column, i) => {
        const angle = ((i >> 1) + 1) * yearAngle;
        put(column, i % 2 ? Math.cos(angle) : Math.sin(angle));
      });
      if (weeks.length > 0) put(weeks[Math.floor(parts.dayOfYear / 7)]!, 1);
      const monthAngle = (2 * Math.PI * (parts.dayOfMonth - 1)) / 30.4;
      month.forEach((column, i) => {
        const angle = ((i >> 1) + 1) * monthAngle;
        put(column, i % 2 ? Math.cos(angle) : Math.sin(angle));
      });
      events.forEach(({ day: on, before, after }, e) => {
        if (hasEvent(c, e, t)) put(on, 1);
        if (before >= 0 && hasEvent(c, e, t + 1)) put(before, 1);
        if (after >= 0 && hasEvent(c, e, t - 1)) put(after, 1);
      });
      if (daily && unusual(t + 1)) put(beforeClosed, 1);
      if (daily && unusual(t - 1)) put(afterClosed, 1);
      design.count[row] = at - row * width;
    }
  }
  return design;
}
