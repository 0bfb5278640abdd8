import { describe, expect, it } from 'vitest';
import { easterSunday } from '../../../data/calendars/easter.ts';
import { europeanOccasions, holidaysOf } from '../../../data/calendars/holidays.ts';
import { LUNISOLAR_YEARS, lunisolarDay, qingming } from '../../../data/calendars/lunisolar.ts';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { newMoonNear } from './new-moon.ts';

const years = Object.keys(LUNISOLAR_YEARS).map(Number);

describe('the lunisolar calendar', () => {
  it('covers 2015 to 2035 and refuses other years by name', () => {
    expect(years).toEqual(Array.from({ length: 21 }, (_, i) => 2015 + i));
    expect(() => lunisolarDay('newYear', 2036)).toThrow('2036');
  });

  it('has the new years published by the Hong Kong Observatory', () => {
    expect(LUNISOLAR_YEARS[2020]!.newYear).toBe('2020-01-25');
    expect(LUNISOLAR_YEARS[2024]!.newYear).toBe('2024-02-10');
    expect(LUNISOLAR_YEARS[2025]!.newYear).toBe('2025-01-29');
    expect(LUNISOLAR_YEARS[2027]!.newYear).toBe('2027-02-06');
    expect(LUNISOLAR_YEARS[2030]!.newYear).toBe('2030-02-03');
  });

  it.each(years)('starts the months of the festivals of %i on the day of a new moon in China', (year) => {
    const starts = [
      lunisolarDay('newYear', year),
      lunisolarDay('dragonBoat', year) - 4,
      lunisolarDay('midAutumn', year) - 14,
    ];
    for (const start of starts) expect(Math.floor(newMoonNear(start))).toBe(start);
  });

  it('has years of 12 or 13 moons that begin between 21 January and 20 February', () => {
    for (const year of years) {
      const newYear = LUNISOLAR_YEARS[year]!.newYear;
      expect(newYear >= `${year}-01-21` && newYear <= `${year}-02-20`).toBe(true);
      if (year === 2035) continue;
      const length = lunisolarDay('newYear', year + 1) - lunisolarDay('newYear', year);
      expect([354, 355, 383, 384, 385]).toContain(length);
    }
  });

  it('puts Qingming on the published days', () => {
    expect([2015, 2019, 2023, 2024, 2025, 2031].map((year) => isoDateOf(qingming(year)))).toEqual([
      '2015-04-05',
      '2019-04-05',
      '2023-04-05',
      '2024-04-04',
      '2025-04-04',
      '2031-04-05',
    ]);
  });
});

describe('Christian and commercial holidays', () => {
  it('puts Easter Sunday on the days of the church tables', () => {
    expect([2000, 2008, 2011, 2019, 2024, 2025, 2026, 2038].map((year) => isoDateOf(easterSunday(year)))).toEqual([
      '2000-04-23',
      '2008-03-23',
      '2011-04-24',
      '2019-04-21',
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2038-04-25',
    ]);
  });

  it('counts Ascension Day and Whit Monday from Easter', () => {
    const days = Object.fromEntries(holidaysOf('Germany', 2025).map(({ event, day }) => [event, isoDateOf(day)]));
    expect(days['Good Friday']).toBe('2025-04-18');
    expect(days['Ascension Day']).toBe('2025-05-29');
    expect(days['Whit Monday']).toBe('2025-06-09');
  });

  it('puts Black Friday on the day after the fourth Thursday of November', () => {
    const of = (year: number) => isoDateOf(europeanOccasions(year).find(({ event }) => event === 'Black Friday')!.day);
    expect([2019, 2022, 2024, 2025].map(of)).toEqual(['2019-11-29', '2022-11-25', '2024-11-29', '2025-11-28']);
  });

  it('never names one event twice on a day', () => {
    for (const country of ['Germany', 'France', 'China'] as const) {
      const keys = holidaysOf(country, 2025).map(({ day, event }) => `${day}${event}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('has the eve of Chinese New Year the day before it', () => {
    const days = holidaysOf('China', 2026);
    expect(days.find(({ event }) => event === "Chinese New Year's Eve")!.day).toBe(dayOf('2026-02-16'));
  });
});
