import type { Arrival } from './window.ts';

/** Deliveries under way as they will be counted. */
export interface Inbound {
  /** Ascending by day. */
  arrivals: Arrival[];
  /** Units that should have come already and are counted as due today. */
  overdue: number;
  /** Units overdue for so long that they are not counted. */
  lost: number;
}

/**
 * Deliveries of one pair: what is overdue is expected today, what is overdue by more than `lostAfterDays` never comes.
 *
 * @param deliveries days after the as-of day (negative: overdue) and units
 */
export function expectArrivals(deliveries: readonly Arrival[], lostAfterDays: number): Inbound {
  const byDay = new Map<number, number>();
  let [overdue, lost] = [0, 0];
  for (const { day, quantity } of deliveries) {
    if (!(quantity > 0)) continue;
    if (day < -lostAfterDays) {
      lost += quantity;
      continue;
    }
    if (day < 0) overdue += quantity;
    byDay.set(Math.max(0, day), (byDay.get(Math.max(0, day)) ?? 0) + quantity);
  }
  const arrivals = [...byDay].map(([day, quantity]) => ({ day, quantity })).sort((a, b) => a.day - b.day);
  return { arrivals, overdue, lost };
}
