import type { Arrival } from './window.ts';

/** Days ahead beyond which nobody plans an order. */
const FARTHEST_DAY = 730;

/**
 * First day on which demand up to and including it may exceed what has arrived by then, or Infinity.
 *
 * @param quantileUntil demand from now to so many days ahead that is not exceeded with the wanted probability; rising
 */
export function firstShortDay(
  quantileUntil: (days: number) => number,
  onHand: number,
  arrivals: readonly Arrival[],
): number {
  let available = onHand;
  let from = 0;
  const stretches = [...arrivals.map(({ day }) => day), FARTHEST_DAY];
  for (let i = 0; i < stretches.length; i++) {
    const to = Math.min(stretches[i]!, FARTHEST_DAY);
    if (to > from && quantileUntil(to) > available) {
      let low = from;
      let high = to;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (quantileUntil(middle) > available) high = middle;
        else low = middle;
      }
      return high - 1;
    }
    from = Math.max(from, to);
    available += arrivals[i]?.quantity ?? 0;
  }
  return Infinity;
}

/**
 * Last day on which ordering still meets the target: the lead time before the first day that may be short. An order that
 * is needed now cannot wait for the next review, and one that is not needed now can.
 */
export function lastOrderDay(
  quantileUntil: (days: number) => number,
  onHand: number,
  arrivals: readonly Arrival[],
  leadDays: number,
  reviewDays: number,
  isNeededNow: boolean,
): number {
  const latest = Math.floor(firstShortDay(quantileUntil, onHand, arrivals) - leadDays);
  const review = Math.ceil(reviewDays);
  return isNeededNow ? Math.max(0, Math.min(latest, review - 1)) : Math.max(review, latest);
}
