import { firstOnOrAfter, type OrderDays } from './customer-events.ts';

/**
 * What is known of every customer who had bought before `cutoff`, one entry each. Times are days. A purchase is a day
 * whose orders outweigh its returns.
 */
export interface OrderHistory {
  cutoff: number;
  /** Index of the customer. */
  customer: Int32Array;
  /** Purchases after the first. */
  frequency: Int32Array;
  /** Days from the first to the last purchase. */
  recency: Int32Array;
  /** Days from the first purchase to the cutoff. */
  age: Int32Array;
  /** Days since the last purchase. */
  silence: Int32Array;
  /** Net money of all purchases, per purchase; never negative. */
  meanValue: Float64Array;
  /** Net money of the last 365 days, and of all time. */
  yearValue: Float64Array;
  totalValue: Float64Array;
}

/** Nothing on or after `cutoff` is read. O(events). */
export function orderHistory(orders: OrderDays, cutoff: number): OrderHistory {
  const customers = orders.start.length - 1;
  const rows: number[][] = [];
  for (let c = 0; c < customers; c++) {
    const end = firstOnOrAfter(orders, c, cutoff);
    let [purchases, first, last, total, year] = [0, 0, 0, 0, 0];
    for (let i = orders.start[c]!; i < end; i++) {
      const value = orders.netValue[i]!;
      total += value;
      if (orders.day[i]! >= cutoff - 365) year += value;
      if (value <= 0) continue;
      if (purchases === 0) first = orders.day[i]!;
      last = orders.day[i]!;
      purchases++;
    }
    if (purchases > 0) {
      rows.push([
        c,
        purchases - 1,
        last - first,
        cutoff - first,
        cutoff - last,
        Math.max(0, total / purchases),
        year,
        total,
      ]);
    }
  }
  const ints = (k: number): Int32Array => Int32Array.from(rows, (row) => row[k]!);
  const floats = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]!);
  return {
    cutoff,
    customer: ints(0),
    frequency: ints(1),
    recency: ints(2),
    age: ints(3),
    silence: ints(4),
    meanValue: floats(5),
    yearValue: floats(6),
    totalValue: floats(7),
  };
}

/** 1 for each customer of the history who bought nothing in the `days` from its cutoff on, else 0. */
export function silentAfter(orders: OrderDays, history: OrderHistory, days: number): Uint8Array {
  return Uint8Array.from(history.customer, (c) => {
    for (let i = firstOnOrAfter(orders, c, history.cutoff); i < orders.start[c + 1]!; i++) {
      if (orders.day[i]! >= history.cutoff + days) break;
      if (orders.netValue[i]! > 0) return 0;
    }
    return 1;
  });
}
