import type { StockProduct } from './stock-product.ts';
import type { StockState } from './stock-state.ts';

/** What truly is wanted. */
interface Truth {
  demandOn(location: number, day: number): number;
}

/**
 * What an order was worth, seen afterwards and counted as its promise is: money not lost to empty shelves from its arrival to the
 * end of its window, less keeping for one review period what is then left of it, less the order's own cost. The window is played on
 * what was truly wanted and came, with and without the order and with no later one. An order of a location that serves others
 * is taken for all of them, as if their stock lay in one place.
 *
 * @returns NaN where the window ends after the replay. O(window)
 */
export function realisedValue(
  truth: Truth,
  { locations }: StockProduct,
  served: readonly number[],
  state: StockState,
  location: number,
  day: number,
  arrivesOn: number,
  { quantity, end }: { quantity: number; end: number },
): number {
  const { terms } = locations[location]!;
  const onward = served.length === 0 ? 0 : Math.max(...served.map((l) => locations[l]!.terms.leadDays));
  const review = Math.max(1, Math.round(terms.reviewDays));
  const usableOn = arrivesOn + onward;
  const to = usableOn + review;
  if (to > end) return Number.NaN;
  const members = new Set([location, ...served]);
  let without = 0;
  for (const l of members) without += state.onHand[l]!;
  const due = new Map<number, number>();
  for (const delivery of state.underWay) {
    if (!members.has(delivery.location)) continue;
    const on = delivery.arrivesOn + (delivery.location === location ? onward : 0);
    due.set(on, (due.get(on) ?? 0) + delivery.quantity);
  }
  let withIt = without;
  let saved = 0;
  for (let t = day; t < to; t++) {
    const came = t === day ? 0 : (due.get(t) ?? 0);
    without += came;
    withIt += came + (t === usableOn ? quantity : 0);
    let wanted = 0;
    for (const l of members) wanted += truth.demandOn(l, t);
    saved += Math.min(wanted, withIt) - Math.min(wanted, without);
    without = Math.max(0, without - wanted);
    withIt = Math.max(0, withIt - wanted);
  }
  const kept = (withIt - without) * review * (terms.holdingEstimate || 0);
  return saved * (terms.shortageEstimate || 0) - kept - terms.orderCost;
}
