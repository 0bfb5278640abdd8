import type { Panel } from '../../panel.ts';
import { createDecomposition, type Decomposition } from '../decomposition/decomposition.ts';
import { type Drivers, findDrivers } from '../decomposition/drivers.ts';
import { type Groups, groupSeries } from '../decomposition/groups.ts';
import { createDayMeans, type DayMeans } from './day-means.ts';
import { type Partition, partitionsOf } from './partitions.ts';

/** What has been learned of a panel from its sales so far; time only goes on. */
export interface Timeline {
  panel: Panel;
  drivers: Drivers;
  groups: Groups;
  decomposition: Decomposition;
  partitions: Partition[];
  dayMeans: DayMeans;
  /** Takes in all periods before `origin` that have not been. */
  feedUntil(origin: number): void;
  /** Whether sales of a period show demand: a record, an open shop, a filled shelf. */
  isKnown(s: number, t: number): boolean;
}

/** Starts a timeline before the first period. O(series) per period fed, and per event in it. */
export function createTimeline(panel: Panel): Timeline {
  const { periods, horizon, seriesCount, quantity, inStock, firstPeriod, locationOf, calendar } = panel;
  const width = periods + horizon;
  const drivers = findDrivers(panel);
  const groups = groupSeries(panel);
  const decomposition = createDecomposition(panel, drivers, groups);
  const partitions = partitionsOf(panel);
  const dayMeans = createDayMeans(panel);
  let known = 0;

  const isKnown = (s: number, t: number): boolean =>
    t >= firstPeriod[s]! &&
    Number.isFinite(quantity[s * periods + t]!) &&
    inStock[s * periods + t] === 1 &&
    calendar.isClosed[(calendar.calendarOf[locationOf[s]!] ?? 0) * width + t] !== 1;

  const feed = (t: number): void => {
    for (let s = 0; s < seriesCount; s++) {
      const level = decomposition.level(s, 1);
      if (level > 0 && isKnown(s, t)) dayMeans.learn(s, t, quantity[s * periods + t]! / level);
    }
    decomposition.advance(t);
    for (let s = 0; s < seriesCount; s++) {
      const value = decomposition.adjusted[s * periods + t]!;
      const stand = Number.isFinite(value) ? value : decomposition.level(s, 1);
      if (!Number.isFinite(stand)) continue;
      for (const { of, adjusted } of partitions) {
        const at = of[s]! * periods + t;
        adjusted[at] = (Number.isNaN(adjusted[at]!) ? 0 : adjusted[at]!) + stand;
      }
    }
  };

  return {
    panel,
    drivers,
    groups,
    decomposition,
    partitions,
    dayMeans,
    isKnown,
    feedUntil(origin) {
      for (; known < Math.min(origin, periods); known++) feed(known);
    },
  };
}
