import { dayOf, type EpochDay, isoDateOf } from '../../data/day.ts';

const MILLISECONDS_PER_MINUTE = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What clocks in a time zone show: the day, and minutes since its midnight. */
export function localTime(instant: Date, timeZone: string): { day: EpochDay; minutes: number } {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: dayOf(`${part.year}-${part.month}-${part.day}`),
    minutes: Number(part.hour) * 60 + Number(part.minute),
  };
}

/**
 * The first instant at which clocks in `timeZone` show `minutes` after midnight of `day` or later.
 *
 * Where clocks are put forward over that time it is the moment they jump; where they are put back, and show the time
 * twice, it is the first of the two. Found by looking over the 30 hours in which any zone has that day, in steps of the
 * quarter hours on which offsets change: O(120).
 */
export function instantOf(day: EpochDay, minutes: number, timeZone: string): Date {
  const midnight = Date.parse(`${isoDateOf(day)}T00:00:00Z`);
  const aimed = day * 1440 + minutes;
  for (let offset = 14 * 60; offset >= -12 * 60; offset -= 15) {
    const instant = new Date(midnight + (minutes - offset) * MILLISECONDS_PER_MINUTE);
    const shown = localTime(instant, timeZone);
    if (shown.day * 1440 + shown.minutes >= aimed) return firstAtOrAfter(instant, aimed, timeZone);
  }
  throw new RangeError(`${timeZone} never shows ${isoDateOf(day)}`);
}

/** Goes back minute by minute while clocks still show the time aimed at or a later one. */
function firstAtOrAfter(found: Date, aimed: number, timeZone: string): Date {
  let instant = found;
  for (;;) {
    const before = new Date(instant.getTime() - MILLISECONDS_PER_MINUTE);
    const shown = localTime(before, timeZone);
    if (shown.day * 1440 + shown.minutes < aimed) return instant;
    instant = before;
  }
}
