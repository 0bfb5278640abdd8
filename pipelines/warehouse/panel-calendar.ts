import type { PanelCalendar } from '../../models/panel.ts';
import type { Warehouse } from './warehouse.ts';

/**
 * Events and closed periods of every location; locations with the same days share one calendar.
 *
 * @param warehouse without one the calendar is empty
 * @param width periods, known and ahead
 */
export async function readCalendar(
  warehouse: Warehouse | undefined,
  locationCount: number,
  width: number,
): Promise<PanelCalendar> {
  const given = await warehouse?.read(
    'int_calendar',
    { location_idx: 'i32', period_idx: 'i32', event: 'text', is_closure: 'flag', is_closed: 'flag' },
    ['location_idx', 'period_idx', 'event'],
  );
  const rows = given?.rows ?? 0;
  const days = given?.columns;
  const names = new Set<string>();
  for (let i = 0; i < rows; i++) if (!days!.is_closure[i]) names.add(days!.event[i]!);
  const events = [...names].sort();
  const eventOf = new Map(events.map((event, i) => [event, i]));
  const size = (events.length + 1) * width;

  const calendarOf = new Int32Array(new SharedArrayBuffer(locationCount * 4) as unknown as ArrayBuffer);
  const seen = new Map<string, number>();
  const calendars: Uint8Array[] = [];
  let row = 0;
  for (let location = 0; location < locationCount; location++) {
    const own = new Uint8Array(size);
    for (; row < rows && days!.location_idx[row] === location; row++) {
      const period = days!.period_idx[row]!;
      if (!days!.is_closure[row]) own[eventOf.get(days!.event[row]!)! * width + period] = 1;
      if (days!.is_closed[row]) own[events.length * width + period] = 1;
    }
    const key = Buffer.from(own.buffer).toString('latin1');
    const same = seen.get(key);
    if (same === undefined) {
      seen.set(key, calendars.length);
      calendars.push(own);
    }
    calendarOf[location] = same ?? calendars.length - 1;
  }

  const shared = (bytes: number): Uint8Array<ArrayBuffer> =>
    new Uint8Array(new SharedArrayBuffer(bytes) as unknown as ArrayBuffer);
  const hasEvent = shared(calendars.length * events.length * width);
  const isClosed = shared(calendars.length * width);
  calendars.forEach((own, i) => {
    hasEvent.set(own.subarray(0, events.length * width), i * events.length * width);
    isClosed.set(own.subarray(events.length * width), i * width);
  });
  return { events, calendarOf, calendarCount: calendars.length, hasEvent, isClosed };
}
