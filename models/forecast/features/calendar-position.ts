import { partsOf, weekdayOf } from '../../../data/day.ts';
import type { Panel } from '../../panel.ts';
import { type Feature, fromPlan } from './feature.ts';

const daysOfMonth = (day: number): number => {
  const { year, month } = partsOf(day);
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
};

/** Where in the week, month and year the target lies; wages and benefits are paid by it. */
export function calendarPositionFeatures(panel: Panel): Feature[] {
  const width = panel.periods + panel.horizon;
  // A week stands for its middle day.
  const middle = panel.frequency === 'daily' ? 0 : 3;
  const table = (of: (day: number) => number): Float32Array =>
    Float32Array.from({ length: width }, (_, t) => of(panel.startDay + t * panel.periodDays + middle));
  const feature = (name: string, unit: string, of: (day: number) => number): Feature => {
    const values = table(of);
    return fromPlan({
      name,
      unit,
      source: 'calendar',
      scope: 'target',
      value: (at) => values[at.target] ?? Number.NaN,
    });
  };
  const daily = [
    feature('weekday', 'days from Monday', weekdayOf),
    feature('days_to_month_end', 'days', (day) => daysOfMonth(day) - partsOf(day).dayOfMonth),
    feature('week_of_month', 'weeks', (day) => Math.floor((partsOf(day).dayOfMonth - 1) / 7)),
  ];
  return [
    ...(panel.frequency === 'daily' ? daily : []),
    feature('day_of_month', 'days', (day) => partsOf(day).dayOfMonth),
    feature('day_of_year', 'days', (day) => partsOf(day).dayOfYear),
    feature('month', 'months', (day) => partsOf(day).month),
    feature('days_to_christmas', 'days', (day) => {
      const { year } = partsOf(day);
      const days = Date.UTC(year, 11, 25) / 86_400_000 - day;
      return days < -7 ? days + 365 : days;
    }),
  ];
}
