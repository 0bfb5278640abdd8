import type { Panel } from '../../panel.ts';
import type { WindowShape, Windows } from './window-shape.ts';
import { windowsBetween } from './windows.ts';

/** Days of origins that are held out; their targets reach a horizon further. */
const HELD_OUT_DAYS = 28;

/** First period of the newest weeks before a cutoff, which judge what was learned before them. */
export const heldOutFrom = (panel: Panel, cutoff: number, horizon: number): number =>
  Math.max(0, cutoff - horizon - Math.round(HELD_OUT_DAYS / panel.periodDays));

/** Windows with all targets before a period, and windows that begin in it or later; those across it are in neither. */
export function splitAt(windows: Windows, shape: WindowShape, period: number): { before: Windows; after: Windows } {
  const origins = windows.origin.subarray(0, windows.count);
  const countWhere = (isBefore: (origin: number) => boolean): number => {
    const first = origins.findIndex((origin) => !isBefore(origin));
    return first < 0 ? windows.count : first;
  };
  const end = countWhere((origin) => origin + shape.horizon <= period);
  const start = countWhere((origin) => origin < period);
  return {
    before: windowsBetween(windows, shape, 0, end),
    after: windowsBetween(windows, shape, start, windows.count),
  };
}
