import { activeRate, type BgNbd } from './bg-nbd.ts';
import { type ContactDays, firstOnOrAfter, type InvoiceDays, NOT_PAID, type OrderDays } from './customer-events.ts';
import type { OrderHistory } from './order-history.ts';

/** All events that speak of a customer; those not given are left out. */
export interface CustomerRecord {
  orders: OrderDays;
  invoices?: InvoiceDays;
  contacts?: ContactDays;
}

/**
 * How a customer differs from the customer's own past. Each signal is 0 where all is as ever, above 0 where it speaks of
 * leaving; clamped to +-3. The figures behind it are kept for the sentence.
 */
export const SIGNALS = ['silence', 'orders', 'spend', 'range', 'returns', 'payment', 'contact', 'score'] as const;
export type Signal = (typeof SIGNALS)[number];

/** `now` and `before` are in the signal's own unit; see `reason-sentences.ts`. */
export interface SignalValue {
  strength: number;
  now: number;
  before: number;
}

export type Signals = Record<Signal, SignalValue>;

const NONE: SignalValue = { strength: 0, now: Number.NaN, before: Number.NaN };
const clamp = (x: number): number => Math.min(3, Math.max(-3, Number.isFinite(x) ? x : 0));
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Signals of every customer of the history, from events before its cutoff only.
 *
 * @param window days that count as recent
 * Cost: O(events).
 */
export function customerSignals(
  record: CustomerRecord,
  history: OrderHistory,
  model: BgNbd,
  window: number,
): Signals[] {
  return Array.from(history.customer, (c, i) => {
    const rhythm = rhythmSignals(record.orders, history, model, window, i);
    return {
      ...rhythm,
      payment: record.invoices ? paymentSignal(record.invoices, c, history.cutoff, window) : NONE,
      ...(record.contacts
        ? contactSignals(record.contacts, c, history.cutoff, window)
        : { contact: NONE, score: NONE }),
    };
  });
}

function rhythmSignals(
  orders: OrderDays,
  history: OrderHistory,
  model: BgNbd,
  window: number,
  i: number,
): Pick<Signals, 'silence' | 'orders' | 'spend' | 'range' | 'returns'> {
  const c = history.customer[i]!;
  const cutoff = history.cutoff;
  // the customer's own gap while active, drawn towards that of all where there is little to go by
  const gap = 1 / activeRate(model, history.frequency[i]!, history.recency[i]!);
  const silence = history.silence[i]!;
  const start = orders.start[c]!;
  const end = firstOnOrAfter(orders, c, cutoff);
  const recent = firstOnOrAfter(orders, c, cutoff - window);
  const sums = { count: [0, 0], value: [0, 0], returned: [0, 0], bought: [0, 0], products: [0, 0] };
  for (let k = start; k < end; k++) {
    const side = k < recent ? 0 : 1;
    sums.value[side]! += orders.netValue[k]!;
    sums.returned[side]! += orders.returnedValue[k]!;
    sums.bought[side]! += orders.netValue[k]! + orders.returnedValue[k]!;
    if (orders.netValue[k]! <= 0) continue;
    sums.count[side]!++;
    sums.products[side]! += orders.products[k]!;
  }
  const daysBefore = history.age[i]! - window;
  const usual = daysBefore >= window / 2 ? window / daysBefore : Number.NaN;
  const expectedCount = sums.count[0]! * usual;
  const expectedValue = Math.max(0, sums.value[0]!) * usual;
  const grain = Math.max(history.meanValue[i]!, 1e-9) / 2;
  const range = [sums.products[0]! / sums.count[0]!, sums.products[1]! / sums.count[1]!] as const;
  const returned = [sums.returned[0]! / sums.bought[0]!, sums.returned[1]! / sums.bought[1]!] as const;
  return {
    silence: { strength: clamp(Math.log((silence + 1) / (gap + 1))), now: silence, before: gap },
    orders: {
      strength: clamp(Math.log((expectedCount + 0.5) / (sums.count[1]! + 0.5))),
      now: sums.count[1]!,
      before: expectedCount,
    },
    spend: {
      strength: clamp(Math.log((expectedValue + grain) / (Math.max(0, sums.value[1]!) + grain))),
      now: sums.value[1]!,
      before: expectedValue,
    },
    range: { strength: clamp(Math.log(range[0] / range[1])), now: range[1], before: range[0] },
    returns: { strength: clamp(3 * (returned[1] - returned[0])), now: returned[1], before: returned[0] },
  };
}

/** Days late of the last invoices due, against those before. An open invoice is late up to the cutoff. */
function paymentSignal(invoices: InvoiceDays, c: number, cutoff: number, window: number): SignalValue {
  const recent: number[] = [];
  const before: number[] = [];
  for (let k = invoices.start[c]!; k < invoices.start[c + 1]!; k++) {
    const due = invoices.day[k]!;
    if (due >= cutoff || invoices.invoicedDay[k]! >= cutoff) continue;
    const paid = invoices.paidDay[k]!;
    const late = (paid === NOT_PAID || paid >= cutoff ? cutoff : paid) - due;
    (due >= cutoff - window ? recent : before).push(Math.min(late, 180));
  }
  if (recent.length === 0 || before.length < 2) return NONE;
  const [now, usual] = [mean(recent), mean(before)];
  return { strength: clamp((now - usual) / 10), now, before: usual };
}

function contactSignals(
  contacts: ContactDays,
  c: number,
  cutoff: number,
  window: number,
): { contact: SignalValue; score: SignalValue } {
  const start = contacts.start[c]!;
  const end = firstOnOrAfter(contacts, c, cutoff);
  const recent = firstOnOrAfter(contacts, c, cutoff - window);
  if (end === start) return { contact: NONE, score: NONE };
  const scores: number[] = [];
  for (let k = start; k < end; k++) if (!Number.isNaN(contacts.score[k]!)) scores.push(contacts.score[k]!);
  const last = scores.slice(-2);
  const earlier = scores.slice(0, -2);
  const spread = Math.max(Math.sqrt(mean(earlier.map((value) => (value - mean(earlier)) ** 2))), 1e-9);
  const score =
    earlier.length >= 2
      ? {
          strength: clamp((mean(earlier) - mean(last)) / Math.max(spread, 0.1 * Math.abs(mean(earlier)))),
          now: mean(last),
          before: mean(earlier),
        }
      : NONE;
  const daysBefore = cutoff - window - contacts.day[start]!;
  if (daysBefore < window / 2) return { contact: NONE, score };
  const expected = ((recent - start) * window) / daysBefore;
  const now = end - recent;
  return { contact: { strength: clamp(Math.log((expected + 0.5) / (now + 0.5))), now, before: expected }, score };
}
