import {
  type CalendarDay,
  COUNTRIES,
  type Country,
  europeanOccasions,
  holidaysOf,
  worldOccasions,
} from '../calendars/holidays.ts';
import { partsOf } from '../day.ts';
import type { Random } from '../random.ts';
import { CATEGORIES } from './categories.ts';
import type { SamplePlan } from './options.ts';
import type { Store } from './places.ts';

/** A calendar row of the company; neither region nor store: everywhere. */
export interface CompanyEvent {
  day: number;
  event: string;
  kind: string;
  region?: string;
  store?: number;
  isClosed: boolean;
}

/** Log effect on demand on the day itself, before the category's festive factor. */
const EFFECTS: Readonly<Record<string, number>> = {
  'Chinese New Year shopping': 0.45,
  "Chinese New Year's Eve": 0.3,
  'Chinese New Year holiday': -0.35,
  'Christmas shopping': 0.3,
  'Black Friday': 0.45,
  '11.11': 0.25,
  "Valentine's Day": 0.2,
  'Mid-Autumn Festival': 0.35,
  'Dragon Boat Festival': 0.2,
  'Golden Week': 0.2,
  Qingming: -0.15,
};
const OTHER_HOLIDAY = -0.2;
/** 11.11 is the greatest shopping day in China and a small one elsewhere. */
const SINGLES_DAY_IN_CHINA = 0.9;
/** Shoppers come the day before a closed day. */
const EVE_OF_CLOSING = 0.3;

function yearsOf(plan: SamplePlan): number[] {
  const first = partsOf(plan.startDay).year;
  const last = partsOf(plan.startDay + plan.days - 1).year;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function daysOf(country: Country, plan: SamplePlan): CalendarDay[] {
  return yearsOf(plan).flatMap((year) => [
    ...holidaysOf(country, year),
    ...worldOccasions(year),
    ...(country === 'China' ? [] : europeanOccasions(year)),
  ]);
}

/**
 * Log effect of holidays and occasions, [category][country][days], minus infinity on days when shops are shut.
 * Cost O(categories x countries x days).
 */
export function eventEffects(plan: SamplePlan): Float64Array[][] {
  const calendars = COUNTRIES.map((country) => daysOf(country, plan));
  return CATEGORIES.map(({ festive }) =>
    COUNTRIES.map((country, c) => {
      const effect = new Float64Array(plan.days);
      for (const { day, event, isClosed } of calendars[c]!) {
        const t = day - plan.startDay;
        const strength =
          event === '11.11' && country === 'China' ? SINGLES_DAY_IN_CHINA : (EFFECTS[event] ?? OTHER_HOLIDAY);
        if (t >= 0 && t < plan.days) effect[t]! += isClosed ? Number.NEGATIVE_INFINITY : strength * festive;
        if (isClosed && t > 0 && t <= plan.days) effect[t - 1]! += EVE_OF_CLOSING;
      }
      return effect;
    }),
  );
}

/** Two refurbishments that shut a store for some days: one in the past, one planned in the 30 days ahead. */
export function makeClosures(plan: SamplePlan, stores: readonly Store[], random: Random): CompanyEvent[] {
  const past = { store: random.below(stores.length), from: Math.floor(plan.history * (0.4 + 0.3 * random.uniform())) };
  const ahead = { store: random.below(stores.length), from: plan.history + 12 };
  return [past, ahead].flatMap(({ store, from }, i) =>
    Array.from({ length: i === 0 ? 10 : 3 }, (_, d) => ({
      day: plan.startDay + from + d,
      event: 'Refurbishment',
      kind: 'closure',
      store,
      isClosed: true,
    })),
  );
}

/** Rows of the `calendar` table: national days by store in Europe and by region in China, the rest everywhere. */
export function companyEvents(plan: SamplePlan, stores: readonly Store[], closures: CompanyEvent[]): CompanyEvent[] {
  const rows = yearsOf(plan).flatMap((year): CompanyEvent[] => [
    ...worldOccasions(year),
    ...europeanOccasions(year).map((day) => ({ ...day, region: 'Europe' })),
    ...holidaysOf('China', year).map((day) => ({ ...day, region: 'China' })),
    ...stores.flatMap(({ country }, store) =>
      country === 'China' ? [] : holidaysOf(country, year).map((day) => ({ ...day, store })),
    ),
  ]);
  const end = plan.startDay + plan.days;
  return [...rows, ...closures]
    .filter(({ day }) => day >= plan.startDay && day < end)
    .sort((a, b) => a.day - b.day || a.event.localeCompare(b.event, 'en') || (a.store ?? -1) - (b.store ?? -1));
}
