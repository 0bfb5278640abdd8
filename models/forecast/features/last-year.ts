import { type Feature, fromPast, logRatio } from './feature.ts';
import type { Partition } from './partitions.ts';
import type { Vantage } from './vantage.ts';

type Mean = (at: Vantage, from: number, to: number) => number;

const ownMean: Mean = (at, from, to) =>
  to < at.origin || at.isRecent(to - from) ? at.adjustedMean(from, to) : Number.NaN;
const meanOf =
  (partition: Partition): Mean =>
  (at, from, to) =>
    at.groupMean(partition, from, to);

/** Sales around the target `years` back, over those of the four weeks before the origin of that year. */
function move(at: Vantage, mean: Mean, years: number, halfDays: number): number {
  const back = years * at.year;
  const half = Math.round(halfDays / at.panel.periodDays);
  const level = mean(at, at.origin - back - at.spanOf(28), at.origin - back);
  return logRatio(mean(at, at.target - back - half, at.target - back + half + 1), level);
}

/** Mean of the moves of up to `most` earlier years, drawn towards none by half a year. */
function meanMove(at: Vantage, mean: Mean, most: number, halfDays: number): number {
  let sum = 0;
  let count = 0;
  for (let years = 1; years <= most && at.origin > years * at.year; years++) {
    const moved = move(at, mean, years, halfDays);
    if (Number.isNaN(moved)) continue;
    sum += moved;
    count++;
  }
  return count > 0 ? sum / (count + 0.5) : Number.NaN;
}

/** Log ratio of a window before the origin to the same one a year earlier. */
function growth(at: Vantage, mean: Mean, days: number): number {
  const span = at.spanOf(days);
  return logRatio(mean(at, at.origin - span, at.origin), mean(at, at.origin - at.year - span, at.origin - at.year));
}

const MOVE = 'log ratio to the level of that time';

/** How one series, or a group, moved from the same day of earlier years, and how it has grown since. */
function yearly(suffix: string, mean: Mean): Feature[] {
  const feature = (name: string, unit: string, scope: Feature['scope'], value: Feature['value']): Feature =>
    fromPast(1, { name: `${name}${suffix}`, unit, source: 'sales', scope, value });
  return [
    feature('last_year_week', MOVE, 'target', (at) => move(at, mean, 1, 3)),
    feature('earlier_years_week', MOVE, 'target', (at) => meanMove(at, mean, 4, 3)),
    feature('growth_28_days', 'log ratio to a year before', 'origin', (at) => growth(at, mean, 28)),
  ];
}

const own: Feature[] = [
  ...yearly('', ownMean),
  fromPast(1, {
    name: 'growth_91_days',
    unit: 'log ratio to a year before',
    source: 'sales',
    scope: 'origin',
    value: (at) => growth(at, ownMean, 91),
  }),
  fromPast(1, {
    name: 'last_year_day',
    unit: 'ratio to the level of that time',
    source: 'sales',
    scope: 'target',
    value: (at) => {
      const then = at.target - at.year;
      const level = at.adjustedMean(at.origin - at.year - at.spanOf(28), at.origin - at.year);
      return level > 0 ? Math.min(8, at.sold(then) / level) : Number.NaN;
    },
  }),
  fromPast(1, {
    name: 'last_year_units',
    unit: 'log ratio to the level of today',
    source: 'sales',
    scope: 'target',
    value: (at) => {
      const half = Math.round(3 / at.panel.periodDays);
      const then = at.target - at.year;
      return logRatio(at.adjustedMean(then - half, then + half + 1), at.level);
    },
  }),
];

/** How a group sold in its last `days` days beside a longer while. */
const levelRatio = (partition: Partition, days: number, longerDays: number) => (at: Vantage) =>
  logRatio(
    at.groupMean(partition, at.origin - at.spanOf(days), at.origin),
    at.groupMean(partition, at.origin - at.spanOf(longerDays), at.origin),
  );

/** The same time last year, of the series and of each group that it belongs to. */
export const lastYearFeatures = (partitions: readonly Partition[]): Feature[] => [
  ...own,
  ...partitions.flatMap((partition) => [
    ...yearly(`_of_${partition.name}`, meanOf(partition)),
    fromPast(1, {
      name: `trend_of_${partition.name}`,
      unit: 'log ratio of 7 to 28 days',
      source: 'sales' as const,
      scope: 'origin' as const,
      value: levelRatio(partition, 7, 28),
    }),
    fromPast(1, {
      name: `drift_of_${partition.name}`,
      unit: 'log ratio of 28 to 91 days',
      source: 'sales' as const,
      scope: 'origin' as const,
      value: levelRatio(partition, 28, 91),
    }),
    fromPast(1, {
      name: `share_of_${partition.name}`,
      unit: 'log of the share of the group',
      source: 'sales' as const,
      scope: 'origin' as const,
      value: (at: Vantage) =>
        at.level > 0 ? Math.log(at.level / at.groupMean(partition, at.origin - at.spanOf(28), at.origin)) : Number.NaN,
    }),
  ]),
];
