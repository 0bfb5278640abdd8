import { LeadtimeError } from '../errors.ts';

/** A calendar date as the number of days since 1970-01-01 (the value DuckDB keeps in a DATE). */
export type EpochDay = number;

const MILLISECONDS_PER_DAY = 86_400_000;

/** `dayOf('2016-04-25')` is 16916. Throws `DATE_INVALID` on anything but an existing ISO date. */
export function dayOf(isoDate: string): EpochDay {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(isoDate) ? Date.parse(`${isoDate}T00:00:00Z`) / MILLISECONDS_PER_DAY : NaN;
  if (!Number.isInteger(day) || isoDateOf(day) !== isoDate) {
    throw new LeadtimeError(
      'DATE_INVALID',
      `"${isoDate}" is not a date.`,
      'Write it as YYYY-MM-DD, as in 2026-03-31.',
      {
        value: isoDate,
      },
    );
  }
  return day;
}

/** `isoDateOf(16916)` is '2016-04-25'. */
export function isoDateOf(day: EpochDay): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** Monday is 0 and Sunday 6. 1970-01-01 was a Thursday. */
export function weekdayOf(day: EpochDay): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Month from 1 to 12, day of month from 1, and day of year from 0. */
export function partsOf(day: EpochDay): { year: number; month: number; dayOfMonth: number; dayOfYear: number } {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  const year = date.getUTCFullYear();
  return {
    year,
    month: date.getUTCMonth() + 1,
    dayOfMonth: date.getUTCDate(),
    dayOfYear: day - Date.UTC(year, 0, 1) / MILLISECONDS_PER_DAY,
  };
}
