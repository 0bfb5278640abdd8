import { partsOf } from '../../../data/day.ts';
import type { Panel } from '../../panel.ts';

/**
 * What can lift or lower sales on a day, apart from level and weekday: each event, the days around a rare event, the days
 * around a closure out of the usual rhythm, and the part of the month.
 */
export interface Drivers {
  count: number;
  /** Index into `DRIVER_KINDS`, [driver]; a rare driver is seen on few days, so that each sight of it counts for more. */
  kind: Uint8Array;
  /** Drivers that are regular events, in order. */
  regular: Int32Array;
  /** Drivers at work in period `t` of calendar `c`: `list` from `start[c * width + t]` to `start[c * width + t + 1]`. */
  start: Int32Array;
  list: Int32Array;
  /** `periods + horizon` of the panel. */
  width: number;
}

/** Regular events (benefit days, school holidays), rare events with the days around them, and parts of the month. */
export const DRIVER_KINDS = ['regular', 'rare', 'month'] as const;
const [REGULAR, RARE, MONTH] = [0, 1, 2];

/** An event on more days than this share is a regular one (benefit days, school holidays): no days before or after it. */
const RARE_SHARE = 0.08;
const OFFSETS = { daily: [-3, -2, -1, 0, 1], weekly: [-1, 0, 1] } as const;

/** Finds the drivers of a panel's calendars. O(calendars x events x periods). */
export function findDrivers(panel: Panel): Drivers {
  const { calendar, periods, horizon, frequency } = panel;
  const width = periods + horizon;
  const events = calendar.events.length;
  const rows = calendar.calendarCount * width;
  const active: number[][] = Array.from({ length: rows }, () => []);
  const kinds: number[] = [];
  for (let event = 0; event < events; event++) {
    let days = 0;
    for (let c = 0; c < calendar.calendarCount; c++) {
      for (let t = 0; t < width; t++) days += calendar.hasEvent[(c * events + event) * width + t]!;
    }
    const isRare = days < RARE_SHARE * rows;
    for (const offset of isRare ? OFFSETS[frequency] : [0]) {
      const driver = kinds.push(isRare ? RARE : REGULAR) - 1;
      for (let c = 0; c < calendar.calendarCount; c++) {
        const row = (c * events + event) * width;
        for (let t = 0; t < width; t++) {
          const at = t - offset;
          const isNear = at >= 0 && at < width && calendar.hasEvent[row + at] === 1;
          if (isNear && (offset === 0 || calendar.hasEvent[row + t] === 0)) active[c * width + t]!.push(driver);
        }
      }
    }
  }
  if (frequency === 'daily') {
    addClosureNeighbours(panel, width, active, kinds);
    addPartsOfMonth(panel, width, active, kinds);
  }
  const start = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) start[i + 1] = start[i]! + active[i]!.length;
  return {
    count: kinds.length,
    kind: Uint8Array.from(kinds),
    regular: Int32Array.from(kinds.keys()).filter((driver) => kinds[driver] === REGULAR),
    start,
    list: Int32Array.from(active.flat()),
    width,
  };
}

/** The open day after and the open day before a closure that the weeks around it do not have. */
function addClosureNeighbours(panel: Panel, width: number, active: number[][], kinds: number[]): void {
  const { isClosed, calendarCount } = panel.calendar;
  const after = kinds.push(RARE) - 1;
  const before = kinds.push(RARE) - 1;
  for (let c = 0; c < calendarCount; c++) {
    const closed = (t: number): boolean => t >= 0 && t < width && isClosed[c * width + t] === 1;
    const isUsual = (t: number): boolean => (t < 7 || closed(t - 7)) && (t + 7 >= width || closed(t + 7));
    const isUnusual = (t: number): boolean => closed(t) && !isUsual(t);
    for (let t = 0; t < width; t++) {
      if (closed(t)) continue;
      if (isUnusual(t - 1)) active[c * width + t]!.push(after);
      if (isUnusual(t + 1)) active[c * width + t]!.push(before);
    }
  }
}

const DAYS_PER_PART = 2;

/** Every two days of the month: wages and benefits are paid by the calendar, and spent soon after. */
function addPartsOfMonth(panel: Panel, width: number, active: number[][], kinds: number[]): void {
  const first = kinds.length;
  for (let k = 0; k < Math.ceil(31 / DAYS_PER_PART); k++) kinds.push(MONTH);
  for (let t = 0; t < width; t++) {
    const driver = first + Math.floor((partsOf(panel.startDay + t).dayOfMonth - 1) / DAYS_PER_PART);
    for (let c = 0; c < panel.calendar.calendarCount; c++) active[c * width + t]!.push(driver);
  }
}
