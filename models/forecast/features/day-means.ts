import { weekdayOf } from '../../../data/day.ts';
import type { Panel } from '../../panel.ts';

/** Mean sales of days of one kind, over the level that each of them started from. */
export interface DayMeans {
  learn(s: number, t: number, ratio: number): void;
  /** Mean ratio of the days with the weekday and promotion of `t`, 1 where there was none. */
  ratio(s: number, t: number): number;
  /** Share of such days that the mean was drawn from, 0 (none) to 1 (many). */
  support(s: number, t: number): number;
}

const KEEP = 0.97;
/** Days as any other that are mixed in. */
const PRIOR_DAYS = 1;
const LARGEST_RATIO = 8;

/**
 * Target encoding by series x weekday x promotion state, learned while time goes on so that a mean never holds the day that it
 * stands beside (Micci-Barreca 2001, ordered in time). Memory of about 33 days of a kind.
 */
export function createDayMeans(panel: Panel): DayMeans {
  const { seriesCount, promotionKind, periods, horizon, frequency, startDay } = panel;
  const width = periods + horizon;
  const sum = new Float32Array(seriesCount * 14);
  const weight = new Float32Array(seriesCount * 14);
  const cellOf = (s: number, t: number): number => {
    const weekday = frequency === 'daily' ? weekdayOf(startDay + t) : 0;
    return s * 14 + weekday * 2 + (promotionKind[s * width + t]! > 0 ? 1 : 0);
  };
  return {
    learn(s, t, ratio) {
      const cell = cellOf(s, t);
      sum[cell] = KEEP * sum[cell]! + Math.min(LARGEST_RATIO, ratio);
      weight[cell] = KEEP * weight[cell]! + 1;
    },
    ratio(s, t) {
      const cell = cellOf(s, t);
      return (sum[cell]! + PRIOR_DAYS) / (weight[cell]! + PRIOR_DAYS);
    },
    support(s, t) {
      const seen = weight[cellOf(s, t)]!;
      return seen / (seen + PRIOR_DAYS);
    },
  };
}
