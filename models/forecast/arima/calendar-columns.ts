import { partsOf, weekdayOf } from '../../../data/day.ts';
import { kindsApart, type Panel } from '../../panel.ts';

/** What regressors a model has. */
export interface ColumnSettings {
  /** Weekdays as six indicator columns, as three pairs of waves (the same space, in other words), or none. */
  week: 'indicators' | 'waves' | 'none';
  /** Pairs of yearly waves, where there are two years to learn them from. */
  yearWaves: number;
  /** Events on their day, promotions, their kind and depth. */
  events: boolean;
}

export interface CalendarColumns {
  /** Each from the first period wanted to the end of the horizon. */
  columns: Float64Array[];
  /** Prior precision of each effect in error variances. */
  ridge: Float64Array;
}

const YEAR_DAYS = 365.25;
/** Days of a year are numbered up to 366. */
const LONGEST_YEAR = 367;
/** Years of history from which yearly waves are told from the trend. */
const MIN_YEARS = 1.9;
/** An event counts as if it had been seen on one more day without effect: a single day's error is not taken for an effect. */
const EVENT_PRIOR = 1;
/** Most columns, of the kernel's 64 with the series and a mean. */
const MOST = 60;

/**
 * Regressors of a series known ahead: weekday, yearly waves, events of its place that were seen before the origin, promotions.
 *
 * @param start first period wanted
 * @param end period after the last; at most `panel.periods + panel.horizon`
 * @param fitted first period fitted: what is not seen between it and the origin has no column
 */
export function calendarColumns(
  panel: Panel,
  series: number,
  start: number,
  origin: number,
  end: number,
  settings: ColumnSettings,
  fitted = start,
): CalendarColumns {
  const columns: Float64Array[] = [];
  const ridge: number[] = [];
  const length = end - start;
  const add = (prior: number, value: (t: number) => number): void => {
    const column = new Float64Array(length);
    let seen = false;
    for (let t = start; t < end; t++) {
      column[t - start] = value(t);
      if (t >= fitted && t < origin && column[t - start] !== 0) seen = true;
    }
    if (!seen || columns.length >= MOST) return;
    columns.push(column);
    ridge.push(prior);
  };
  const dayOf = (t: number): number => panel.startDay + t * panel.periodDays;
  if (panel.frequency === 'daily' && settings.week === 'indicators') {
    for (let weekday = 1; weekday < 7; weekday++) add(0, (t) => (weekdayOf(dayOf(t)) === weekday ? 1 : 0));
  }
  if (panel.frequency === 'daily' && settings.week === 'waves') {
    for (let wave = 1; wave <= 3; wave++) addPair(wave, 7, 7, (t) => weekdayOf(dayOf(t)));
  }
  if ((origin - fitted) * panel.periodDays >= MIN_YEARS * YEAR_DAYS && settings.yearWaves > 0) {
    const places = Int32Array.from({ length }, (_, i) => partsOf(dayOf(start + i)).dayOfYear);
    for (let wave = 1; wave <= settings.yearWaves; wave++) {
      addPair(wave, LONGEST_YEAR, YEAR_DAYS, (t) => places[t - start]!);
    }
  }
  if (settings.events) {
    const { calendar } = panel;
    const row = panel.periods + panel.horizon;
    const own = calendar.calendarOf[panel.locationOf[series]!] ?? 0;
    const cells = (values: ArrayLike<number>, from: number) => (t: number) => values[from + t] || 0;
    const { promotionKind } = panel;
    if (promotionKind.length > 0) add(EVENT_PRIOR, (t) => (promotionKind[series * row + t]! > 0 ? 1 : 0));
    kindsApart(panel).forEach((_, k) => {
      add(EVENT_PRIOR, (t) => (promotionKind[series * row + t] === k + 1 ? 1 : 0));
    });
    if (panel.discount.length > 0) add(EVENT_PRIOR, cells(panel.discount, series * row));
    calendar.events.forEach((_, e) => {
      add(EVENT_PRIOR, cells(calendar.hasEvent, (own * calendar.events.length + e) * row));
    });
  }
  return { columns, ridge: Float64Array.from(ridge) };

  function addPair(wave: number, places: number, period: number, place: (t: number) => number): void {
    const angle = (i: number): number => (2 * Math.PI * wave * i) / period;
    const sine = Float64Array.from({ length: places }, (_, i) => Math.sin(angle(i)));
    const cosine = Float64Array.from({ length: places }, (_, i) => Math.cos(angle(i)));
    add(0, (t) => sine[place(t)]!);
    add(0, (t) => cosine[place(t)]!);
  }
}
