import type { Random } from '../random.ts';
import type { Customer } from './customers.ts';
import { pick, poisson } from './distributions.ts';
import type { Offer } from './offer.ts';
import type { SamplePlan } from './options.ts';

/** A product as business customers may order it: its id and the days and price on which they can. */
export interface Catalogue {
  id: string;
  from: number;
  end: number;
  packSize: number;
  /** Price in cents per day of the history and after, in the first region. */
  cents: Int32Array;
}

export interface OrderLine {
  product: string;
  quantity: number;
  unitCents: number;
}

export interface Order {
  day: number;
  minute: number;
  lines: OrderLine[];
  cents: number;
}

export interface Invoice {
  invoicedOn: number;
  dueOn: number;
  /** May lie after the as-of date. */
  paidOn: number;
  cents: number;
}

export interface Contact {
  day: number;
  minute: number;
  kind: 'call' | 'mail' | 'visit' | 'survey';
  score?: number;
}

/** Business customers pay so much of the list price. */
const BUSINESS_PRICE = 0.88;
const DAYS_TO_PAY = 30;
/** Days that payment is later when a customer is about to leave. */
const EXTRA_LATENESS = 28;
/** Share of contacts that is lost when a customer is about to leave. */
const LOST_CONTACTS = 0.85;
/** A customer who has left still answers for so many days, ever less. */
const DAYS_OF_SILENCE = 30;

export function catalogueOf({ product, listCents }: Offer): Catalogue {
  return {
    id: product.id,
    from: Math.max(0, product.launchDay),
    end: product.endDay,
    packSize: product.packSize,
    cents: listCents[0]!,
  };
}

/** The order of a purchase, or undefined where nothing of the catalogue is on sale that day. */
export function makeOrder(
  customer: Customer,
  day: number,
  catalogue: readonly Catalogue[],
  random: Random,
): Order | undefined {
  const lines = new Map<string, OrderLine>();
  const wanted = 1 + poisson(random, customer.basket - 1);
  const favourites = customer.index * 7;
  for (let i = 0; i < wanted; i++) {
    const isFavourite = random.uniform() < 0.7;
    const choice = isFavourite ? favourites + random.below(5) : random.below(catalogue.length);
    const { id, from, end, packSize, cents } = catalogue[choice % catalogue.length]!;
    if (day < from || day >= end) continue;
    const quantity = packSize * (1 + poisson(random, customer.volume));
    lines.set(id, { product: id, quantity, unitCents: Math.round(cents[day]! * BUSINESS_PRICE) });
  }
  if (lines.size === 0) return undefined;
  const all = [...lines.values()];
  const sum = all.reduce((total, { quantity, unitCents }) => total + quantity * unitCents, 0);
  return { day, minute: 8 * 60 + random.below(600), lines: all, cents: sum };
}

/** The invoice of an order. The more unhappy the customer, the later it is paid. */
export function makeInvoice(customer: Customer, order: Order, unhappiness: number, random: Random): Invoice {
  const dueOn = order.day + 1 + DAYS_TO_PAY;
  const delay = customer.lateness + EXTRA_LATENESS * unhappiness + 5 * random.normal();
  return {
    invoicedOn: order.day + 1,
    dueOn,
    paidOn: Math.max(order.day + 2, Math.round(dueOn + delay)),
    cents: order.cents,
  };
}

/** How unhappy a customer is on a day: as at the purchase before, 1 for good once left. */
export function unhappinessOn(customer: Customer, day: number): number {
  if (customer.leftOn !== undefined && day > customer.leftOn + DAYS_OF_SILENCE) return 1;
  return customer.purchases.findLast((purchase) => purchase.day <= day)?.unhappiness ?? 0;
}

/** Contacts over the history: they thin out, and survey scores fall, as a customer turns away. */
export function makeContacts(customer: Customer, plan: SamplePlan, random: Random): Contact[] {
  const contacts: Contact[] = [];
  let at = customer.since;
  for (;;) {
    at += -Math.log(1 - random.uniform()) / customer.contactRate;
    const day = Math.floor(at);
    if (day >= plan.history) return contacts;
    const unhappiness = unhappinessOn(customer, day);
    const isHeld = random.uniform() >= LOST_CONTACTS * unhappiness;
    const kind = pick(random, ['call', 'call', 'mail', 'mail', 'mail', 'visit', 'survey'] as const);
    const score = Math.round(8.2 - 3.5 * unhappiness + 1.2 * random.normal());
    const minute = 8 * 60 + random.below(600);
    if (isHeld)
      contacts.push({ day, minute, kind, score: kind === 'survey' ? Math.min(10, Math.max(0, score)) : undefined });
  }
}
