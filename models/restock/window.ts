import type { DemandCurve } from './demand-curve.ts';
import { demandUntil } from './demand-curve.ts';
import { MAX_BLOCKS } from './scenarios.ts';

/** A delivery, as days after the as-of morning (0: this morning, before opening). */
export interface Arrival {
  day: number;
  quantity: number;
}

/**
 * The days that an order placed this morning must last: it arrives after the lead time, and the next chance to order is a
 * review period later, so that its goods arrive at `days`. A delivery counts from the morning of its day.
 */
export interface ProtectionWindow {
  /** Lead time plus review period. */
  days: number;
  leadDays: number;
  /** Mean demand of each block of days between deliveries. */
  blockMeans: number[];
  /** What arrives at the start of each block. */
  arrivals: number[];
  /** Block at whose start an order placed now arrives. */
  ownBlock: number;
}

/**
 * Cuts the window at the deliveries under way and at the arrival of an order placed now.
 *
 * Where there are more deliveries than blocks, one is counted with the next later one, so that stock is never seen
 * before it is there.
 * @param arrivals ascending by day; those at or after the window's end are left out
 * @param maxBlocks two at least
 */
export function protectionWindow(
  curve: DemandCurve,
  arrivals: readonly Arrival[],
  leadDays: number,
  reviewDays: number,
  maxBlocks = MAX_BLOCKS,
): ProtectionWindow {
  const days = leadDays + reviewDays;
  const inside = arrivals.filter(({ day }) => day < days);
  const cuts = [...new Set([0, ...inside.map(({ day }) => day), leadDays])].sort((a, b) => a - b);
  while (cuts.length > maxBlocks) cuts.splice(cuts[1] === leadDays ? 2 : 1, 1);
  const blockMeans = cuts.map((from, i) => demandUntil(curve, cuts[i + 1] ?? days) - demandUntil(curve, from));
  const due = cuts.map(() => 0);
  for (const { day, quantity } of inside) {
    const at = cuts.findIndex((cut) => cut >= day);
    if (at >= 0) due[at]! += quantity;
  }
  return { days, leadDays, blockMeans, arrivals: due, ownBlock: cuts.indexOf(leadDays) };
}
