import type { Panel } from '../panel.ts';

/** Days of a season block, within which the prices of a location are compared. */
const BLOCK_DAYS = 28;
const WEEKDAYS = 7;

/** Season blocks of a panel, and its dummies: weekdays (daily data only), events, kinds of promotion. */
export interface Dummies {
  blocks: number;
  /** Number of dummies. */
  count: number;
  /** Season block of a period. The newest block is whole; the oldest may be longer. */
  blockOf(period: number): number;
  /** Calls `visit` for each dummy that is on in a series and period. */
  visit(series: number, period: number, kind: number, visit: (dummy: number) => void): void;
}

/** Numbers the dummies of a panel. O(1). */
export function dummiesOf(panel: Panel): Dummies {
  const perBlock = BLOCK_DAYS / panel.periodDays;
  const blocks = Math.max(1, Math.floor(panel.periods / perBlock));
  const weekdays = panel.frequency === 'daily' ? WEEKDAYS : 0;
  const events = panel.calendar.events.length;
  const stride = panel.periods + panel.horizon;
  const firstEvent = weekdays;
  return {
    blocks,
    count: firstEvent + events + panel.promotionKinds.length,
    blockOf: (period) => Math.max(0, blocks - 1 - Math.floor((panel.periods - 1 - period) / perBlock)),
    visit(series, period, kind, visit) {
      if (weekdays > 0) visit((panel.startDay + period) % WEEKDAYS);
      const calendar = panel.calendar.calendarOf[panel.locationOf[series]!]!;
      for (let e = 0; e < events; e++) {
        if (panel.calendar.hasEvent[(calendar * events + e) * stride + period] === 1) visit(firstEvent + e);
      }
      if (kind > 0) visit(firstEvent + events + kind - 1);
    },
  };
}

/** Number of season blocks at the end that cover `weeks`, at most a quarter of all. */
export function blocksOfWeeks(weeks: number, blocks: number): number {
  return Math.min(Math.round((weeks * 7) / BLOCK_DAYS), Math.floor(blocks / 4));
}
