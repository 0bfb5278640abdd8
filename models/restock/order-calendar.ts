import type { EpochDay } from '../../data/day.ts';

/** When a supplier takes orders. */
export interface OrderCalendar {
  /** Whether orders are taken, [weekday from Monday]; none true: never. */
  weekdays: readonly boolean[];
  closures: readonly { from: EpochDay; until: EpochDay }[];
  /** Minutes after midnight until which orders of a day are taken; Infinity: all day. */
  cutOffMinute: number;
}

/** When the next two orders can be placed. */
export interface OrderChances {
  /** Days until the first chance; 0: today. */
  waitDays: number;
  /** Days from it to the next. */
  reviewDays: number;
}

/** The morning ends at nine: what is decided then makes a cut-off at nine or later. */
const DECIDED_MINUTE = 9 * 60;
/** Days ahead in which a supplier that takes orders at all is open some day. */
const FARTHEST_DAYS = 400;
/** 1970-01-01 was a Thursday, the fourth day from Monday. */
const weekdayOf = (day: EpochDay): number => (((day + 3) % 7) + 7) % 7;

/** Whether orders are taken on a day. */
export function takesOrders({ weekdays, closures }: OrderCalendar, day: EpochDay): boolean {
  return weekdays[weekdayOf(day)]! && !closures.some(({ from, until }) => from <= day && day <= until);
}

/** The first day from `day` on with orders taken; undefined where there is none within 400 days. */
export function nextOrderDay(calendar: OrderCalendar, day: EpochDay): EpochDay | undefined {
  for (let at = day; at < day + FARTHEST_DAYS; at++) if (takesOrders(calendar, at)) return at;
  return undefined;
}

/** The last order day up to `day`, not before `earliest`, which is one. */
export function lastOrderDayUntil(calendar: OrderCalendar, day: EpochDay, earliest: EpochDay): EpochDay {
  for (let at = day; at > earliest; at--) if (takesOrders(calendar, at)) return at;
  return earliest;
}

/**
 * The next chance to order, and how long after it the one follows that the order must last until: the first order day at
 * least `reviewDays` later. An order decided this morning misses today where the cut-off is before nine.
 *
 * Orders on Mondays and Thursdays, reviewed every day, seen from a Tuesday: 2 days of waiting, then 4 until Monday.
 * undefined where no orders are taken for more than a year.
 */
export function orderChances(calendar: OrderCalendar, asOf: EpochDay, reviewDays: number): OrderChances | undefined {
  const first = nextOrderDay(calendar, calendar.cutOffMinute < DECIDED_MINUTE ? asOf + 1 : asOf);
  const second = first === undefined ? undefined : nextOrderDay(calendar, first + Math.max(1, reviewDays));
  return first === undefined || second === undefined
    ? undefined
    : { waitDays: first - asOf, reviewDays: second - first };
}

const NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `mon thu`, `Monday, Thursday` or `1;4` as days from Monday; undefined where it cannot be read. Empty: every day. */
export function parseWeekdays(text: string): boolean[] | undefined {
  const words = text.toLowerCase().match(/[a-z]+|\d/g) ?? [];
  if (words.length === 0) return text.trim() === '' ? NAMES.map(() => true) : undefined;
  const days = words.map((word) => (/\d/.test(word) ? Number(word) - 1 : NAMES.indexOf(word.slice(0, 3))));
  return days.some((day) => day < 0 || day > 6) ? undefined : NAMES.map((_, day) => days.includes(day));
}

/** `14:00` as minutes after midnight; undefined where it cannot be read. Empty: Infinity. */
export function parseCutOff(text: string): number | undefined {
  if (text.trim() === '') return Infinity;
  const [, hour, minute] = /^\s*(\d{1,2}):(\d{2})(?::\d{2})?\s*$/.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 24 || Number(minute) > 59) return undefined;
  return Number(hour) * 60 + Number(minute);
}
