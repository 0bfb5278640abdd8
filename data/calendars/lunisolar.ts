import { LeadtimeError } from '../../errors.ts';
import { dayOf, type EpochDay } from '../day.ts';

/** The lunisolar festivals that move most in the Gregorian year. */
export interface LunisolarYear {
  /** First day of the first month. */
  newYear: string;
  /** Fifth day of the fifth month. */
  dragonBoat: string;
  /** Fifteenth day of the eighth month. */
  midAutumn: string;
}

/**
 * Dates in China Standard Time, 2015 to 2035. The test computes each from the instant of its new moon (Meeus, chapter
 * 49). The Chinese calendar of ICU, and so of `Intl`, is a day late in 2027 and a day early in 2030.
 */
export const LUNISOLAR_YEARS: Readonly<Record<number, LunisolarYear>> = {
  2015: { newYear: '2015-02-19', dragonBoat: '2015-06-20', midAutumn: '2015-09-27' },
  2016: { newYear: '2016-02-08', dragonBoat: '2016-06-09', midAutumn: '2016-09-15' },
  2017: { newYear: '2017-01-28', dragonBoat: '2017-05-30', midAutumn: '2017-10-04' },
  2018: { newYear: '2018-02-16', dragonBoat: '2018-06-18', midAutumn: '2018-09-24' },
  2019: { newYear: '2019-02-05', dragonBoat: '2019-06-07', midAutumn: '2019-09-13' },
  2020: { newYear: '2020-01-25', dragonBoat: '2020-06-25', midAutumn: '2020-10-01' },
  2021: { newYear: '2021-02-12', dragonBoat: '2021-06-14', midAutumn: '2021-09-21' },
  2022: { newYear: '2022-02-01', dragonBoat: '2022-06-03', midAutumn: '2022-09-10' },
  2023: { newYear: '2023-01-22', dragonBoat: '2023-06-22', midAutumn: '2023-09-29' },
  2024: { newYear: '2024-02-10', dragonBoat: '2024-06-10', midAutumn: '2024-09-17' },
  2025: { newYear: '2025-01-29', dragonBoat: '2025-05-31', midAutumn: '2025-10-06' },
  2026: { newYear: '2026-02-17', dragonBoat: '2026-06-19', midAutumn: '2026-09-25' },
  2027: { newYear: '2027-02-06', dragonBoat: '2027-06-09', midAutumn: '2027-09-15' },
  2028: { newYear: '2028-01-26', dragonBoat: '2028-05-28', midAutumn: '2028-10-03' },
  2029: { newYear: '2029-02-13', dragonBoat: '2029-06-16', midAutumn: '2029-09-22' },
  2030: { newYear: '2030-02-03', dragonBoat: '2030-06-05', midAutumn: '2030-09-12' },
  2031: { newYear: '2031-01-23', dragonBoat: '2031-06-24', midAutumn: '2031-10-01' },
  2032: { newYear: '2032-02-11', dragonBoat: '2032-06-12', midAutumn: '2032-09-19' },
  2033: { newYear: '2033-01-31', dragonBoat: '2033-06-01', midAutumn: '2033-09-08' },
  2034: { newYear: '2034-02-19', dragonBoat: '2034-06-20', midAutumn: '2034-09-27' },
  2035: { newYear: '2035-02-08', dragonBoat: '2035-06-10', midAutumn: '2035-09-16' },
};

/** The day of a festival. Throws `CALENDAR_YEAR_UNKNOWN` outside 2015 to 2035. */
export function lunisolarDay(festival: keyof LunisolarYear, year: number): EpochDay {
  const dates = LUNISOLAR_YEARS[year];
  if (!dates) {
    throw new LeadtimeError(
      'CALENDAR_YEAR_UNKNOWN',
      `The lunisolar calendar of ${year} is not listed.`,
      'Use years from 2015 to 2035.',
      { value: year },
    );
  }
  return dayOf(dates[festival]);
}

/**
 * Qingming, the day the sun reaches 15 degrees, by the customary century formula (valid 2000 to 2099 in China time).
 *
 * `isoDateOf(qingming(2025))` is '2025-04-04'.
 */
export function qingming(year: number): EpochDay {
  const y = year % 100;
  return dayOf(`${year}-04-0${Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4)}`);
}
