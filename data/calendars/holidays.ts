import { dayOf, type EpochDay, weekdayOf } from '../day.ts';
import { easterSunday } from './easter.ts';
import { lunisolarDay, qingming } from './lunisolar.ts';

export const COUNTRIES = ['Germany', 'France', 'China'] as const;
export type Country = (typeof COUNTRIES)[number];

/** One day of one event. An event of several days has one record for each. */
export interface CalendarDay {
  day: EpochDay;
  event: string;
  kind: 'holiday' | 'event';
  /** Shops are shut by law or custom. */
  isClosed: boolean;
}

const open = (day: EpochDay, event: string): CalendarDay => ({ day, event, kind: 'holiday', isClosed: false });
const closed = (day: EpochDay, event: string): CalendarDay => ({ day, event, kind: 'holiday', isClosed: true });
const occasion = (day: EpochDay, event: string): CalendarDay => ({ day, event, kind: 'event', isClosed: false });

function runOf(first: EpochDay, count: number, make: (day: EpochDay) => CalendarDay): CalendarDay[] {
  return Array.from({ length: count }, (_, i) => make(first + i));
}

function germany(year: number): CalendarDay[] {
  const easter = easterSunday(year);
  return [
    closed(dayOf(`${year}-01-01`), "New Year's Day"),
    closed(easter - 2, 'Good Friday'),
    closed(easter + 1, 'Easter Monday'),
    closed(dayOf(`${year}-05-01`), 'Labour Day'),
    closed(easter + 39, 'Ascension Day'),
    closed(easter + 50, 'Whit Monday'),
    closed(dayOf(`${year}-10-03`), 'German Unity Day'),
    closed(dayOf(`${year}-12-25`), 'Christmas Day'),
    closed(dayOf(`${year}-12-26`), "St Stephen's Day"),
  ];
}

function france(year: number): CalendarDay[] {
  const easter = easterSunday(year);
  return [
    closed(dayOf(`${year}-01-01`), "New Year's Day"),
    open(easter + 1, 'Easter Monday'),
    closed(dayOf(`${year}-05-01`), 'Labour Day'),
    open(dayOf(`${year}-05-08`), 'Victory Day'),
    open(easter + 39, 'Ascension Day'),
    open(easter + 50, 'Whit Monday'),
    open(dayOf(`${year}-07-14`), 'Bastille Day'),
    open(dayOf(`${year}-08-15`), 'Assumption Day'),
    open(dayOf(`${year}-11-01`), "All Saints' Day"),
    open(dayOf(`${year}-11-11`), 'Armistice Day'),
    closed(dayOf(`${year}-12-25`), 'Christmas Day'),
  ];
}

/** Shops in China stay open but for the first day of the lunar year. */
function china(year: number): CalendarDay[] {
  const newYear = lunisolarDay('newYear', year);
  return [
    open(dayOf(`${year}-01-01`), "New Year's Day"),
    ...runOf(newYear - 16, 15, (day) => occasion(day, 'Chinese New Year shopping')),
    open(newYear - 1, "Chinese New Year's Eve"),
    closed(newYear, 'Chinese New Year'),
    ...runOf(newYear + 1, 6, (day) => open(day, 'Chinese New Year holiday')),
    open(qingming(year), 'Qingming'),
    open(dayOf(`${year}-05-01`), 'Labour Day'),
    open(lunisolarDay('dragonBoat', year), 'Dragon Boat Festival'),
    open(lunisolarDay('midAutumn', year), 'Mid-Autumn Festival'),
    ...runOf(dayOf(`${year}-10-01`), 7, (day) => open(day, 'Golden Week')),
  ];
}

/** Public holidays of a country in a year, in no order. China is known from 2015 to 2035. */
export function holidaysOf(country: Country, year: number): CalendarDay[] {
  return { Germany: germany, France: france, China: china }[country](year);
}

/** Shopping days that hold in Europe: the weeks before Christmas and Black Friday. */
export function europeanOccasions(year: number): CalendarDay[] {
  const firstOfNovember = dayOf(`${year}-11-01`);
  const fourthThursday = firstOfNovember + ((3 - weekdayOf(firstOfNovember) + 7) % 7) + 21;
  return [
    occasion(fourthThursday + 1, 'Black Friday'),
    ...runOf(dayOf(`${year}-12-01`), 24, (day) => occasion(day, 'Christmas shopping')),
  ];
}

/** Shopping days that hold everywhere: Valentine's Day and 11.11. */
export function worldOccasions(year: number): CalendarDay[] {
  return [occasion(dayOf(`${year}-02-14`), "Valentine's Day"), occasion(dayOf(`${year}-11-11`), '11.11')];
}
