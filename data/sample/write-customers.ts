import { isoDateOf } from '../day.ts';
import type { Random } from '../random.ts';
import { type Catalogue, makeContacts, makeInvoice, makeOrder } from './customer-life.ts';
import { type Customer, makeCustomer } from './customers.ts';
import type { Market } from './market.ts';
import { REGIONS } from './places.ts';
import type { SampleTables } from './tables.ts';

const money = (cents: number): string => (cents / 100).toFixed(2);

function timestamp(day: number, minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${isoDateOf(day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`;
}

/** Writes what one customer did, and the truth about it. Orders after the as-of date are truth only. */
function writeCustomer(
  customer: Customer,
  market: Market,
  catalogue: readonly Catalogue[],
  tables: SampleTables,
  random: Random,
): void {
  const { startDay, history, stores } = { ...market.plan, stores: market.stores };
  const { input, truth } = tables;
  const near = stores.filter(({ region }) => region === customer.region);
  const location = (near.length > 0 ? near : stores)[customer.index % Math.max(1, near.length)]!.id;
  const ahead = { orders: 0, cents: 0 };
  customer.purchases.forEach(({ day, unhappiness }, i) => {
    const order = makeOrder(customer, day, catalogue, random);
    if (!order) return;
    if (day >= history) {
      ahead.orders++;
      ahead.cents += order.cents;
      return;
    }
    const orderId = `O${customer.id.slice(1)}-${String(i + 1).padStart(3, '0')}`;
    order.lines.forEach(({ product, quantity, unitCents }, line) => {
      const at = timestamp(startDay + day, order.minute);
      input.orders.row([orderId, line + 1, at, customer.id, product, location, quantity, money(unitCents)]);
    });
    const { invoicedOn, dueOn, paidOn, cents } = makeInvoice(customer, order, unhappiness, random);
    if (invoicedOn >= history) return;
    const paid = paidOn < history ? isoDateOf(startDay + paidOn) : undefined;
    const dates = [isoDateOf(startDay + invoicedOn), isoDateOf(startDay + dueOn), paid];
    input.payments.row([orderId.replace('O', 'I'), customer.id, ...dates, money(cents)]);
  });
  for (const { day, minute, kind, score } of makeContacts(customer, market.plan, random.fork('contacts'))) {
    const id = `K${String(input.contacts.rows + 1).padStart(7, '0')}`;
    input.contacts.row([id, customer.id, timestamp(startDay + day, minute), kind, score]);
  }
  const hasLeft = customer.leftOn !== undefined && customer.leftOn < history;
  input.customers.row([
    customer.id,
    customer.name,
    customer.segment,
    customer.owner,
    REGIONS[customer.region],
    isoDateOf(startDay + customer.since),
    isoDateOf(startDay + customer.contractEndsOn),
    customer.industry,
    customer.volume > 1.5 ? 'premium' : 'standard',
    customer.employees,
  ]);
  truth.customers.row([
    customer.id,
    customer.rate.toFixed(6),
    customer.dropout.toFixed(6),
    !hasLeft,
    customer.leftOn === undefined ? undefined : isoDateOf(startDay + customer.leftOn),
    ahead.orders,
    money(ahead.cents),
  ]);
}

/** All customers with their orders, invoices and contacts. */
export function writeCustomers(
  market: Market,
  catalogue: readonly Catalogue[],
  tables: SampleTables,
  random: Random,
): void {
  for (let i = 0; i < market.plan.customers; i++) {
    const own = random.fork(i);
    writeCustomer(makeCustomer(i, market.plan, own.fork('traits')), market, catalogue, tables, own.fork('life'));
  }
}
