/**
 * Events of all customers, sorted by customer and day. Those of customer `c` are at `start[c]` to `start[c + 1] - 1`.
 * `day` is days since 1970-01-01.
 */
export interface CustomerEvents {
  start: Int32Array;
  day: Int32Array;
}

/** One event per customer and day with an order or a return. */
export interface OrderDays extends CustomerEvents {
  /** Money of the day, returns taken off. */
  netValue: Float64Array;
  /** Money of the day's returns, positive. */
  returnedValue: Float64Array;
  /** Different products ordered that day. */
  products: Int32Array;
}

/** One event per invoice, by the day it was due. `paidDay` is `NOT_PAID` where open. */
export interface InvoiceDays extends CustomerEvents {
  paidDay: Int32Array;
  invoicedDay: Int32Array;
  amount: Float64Array;
}

/** One event per contact; `score` is NaN where none was given. */
export interface ContactDays extends CustomerEvents {
  score: Float64Array;
}

export const NOT_PAID = 2147483647;

/** Offsets of each customer's events. O(events). @param customerOf customer of each event, ascending */
export function startsOf(customerOf: Int32Array, customers: number): Int32Array {
  const start = new Int32Array(customers + 1);
  for (const customer of customerOf) start[customer + 1]!++;
  for (let c = 0; c < customers; c++) start[c + 1]! += start[c]!;
  return start;
}

/** First event of customer `c` on or after `day`, by bisection within the customer's events. */
export function firstOnOrAfter(events: CustomerEvents, c: number, day: number): number {
  let low = events.start[c]!;
  let high = events.start[c + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events.day[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
