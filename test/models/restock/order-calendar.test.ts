import { describe, expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import {
  lastOrderDayUntil,
  nextOrderDay,
  orderChances,
  parseCutOff,
  parseWeekdays,
} from '../../../models/restock/order-calendar.ts';

// 24 November 2026 is a Tuesday
const TUESDAY = dayOf('2026-11-24');
const mondaysAndThursdays = { weekdays: parseWeekdays('mon thu')!, closures: [], cutOffMinute: Infinity };

describe('the calendar of a supplier', () => {
  it('gives the next two chances to order', () => {
    expect(orderChances(mondaysAndThursdays, TUESDAY, 1)).toEqual({ waitDays: 2, reviewDays: 4 });
    expect(orderChances(mondaysAndThursdays, TUESDAY, 7)).toEqual({ waitDays: 2, reviewDays: 7 });
    expect(orderChances(mondaysAndThursdays, TUESDAY + 2, 1)).toEqual({ waitDays: 0, reviewDays: 4 });
  });

  it('skips closures, and today where the cut-off is before nine', () => {
    const closed = { ...mondaysAndThursdays, closures: [{ from: TUESDAY, until: TUESDAY + 6 }] };
    expect(isoDateOf(nextOrderDay(closed, TUESDAY)!)).toBe('2026-12-03');
    const early = { ...mondaysAndThursdays, cutOffMinute: parseCutOff('08:59')! };
    expect(orderChances(early, TUESDAY + 2, 1)).toEqual({ waitDays: 4, reviewDays: 3 });
    expect(orderChances({ ...early, cutOffMinute: parseCutOff('9:00')! }, TUESDAY + 2, 1)!.waitDays).toBe(0);
  });

  it('has no chance where no orders are ever taken', () => {
    const never = { ...mondaysAndThursdays, weekdays: Array<boolean>(7).fill(false) };
    expect(orderChances(never, TUESDAY, 1)).toBeUndefined();
  });

  it('finds the last order day before another day', () => {
    expect(lastOrderDayUntil(mondaysAndThursdays, TUESDAY + 8, TUESDAY + 2)).toBe(TUESDAY + 6);
    expect(lastOrderDayUntil(mondaysAndThursdays, TUESDAY, TUESDAY + 2)).toBe(TUESDAY + 2);
  });

  it('reads weekdays and times as people write them, and says where it cannot', () => {
    const days = [true, false, false, true, false, false, false];
    for (const text of ['mon thu', 'Monday, Thursday', '1;4', 'MON/THU']) expect(parseWeekdays(text)).toEqual(days);
    expect(parseWeekdays('')).toEqual(Array(7).fill(true));
    for (const text of ['whenever', '0', '8', '??']) expect(parseWeekdays(text)).toBeUndefined();
    expect([parseCutOff(''), parseCutOff('14:00'), parseCutOff('7:05:00')]).toEqual([Infinity, 840, 425]);
    for (const text of ['noon', '14.00', '25:00', '12:60']) expect(parseCutOff(text)).toBeUndefined();
  });
});
