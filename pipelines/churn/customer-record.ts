import { NOT_PAID, startsOf } from '../../models/churn/customer-events.ts';
import type { CustomerRecord } from '../../models/churn/customer-signals.ts';
import type { JobContext } from '../job.ts';
import { NO_VALUE } from '../warehouse/columns.ts';

export interface CustomerList {
  customers: number;
  /** JSON of the free attributes, by customer index. */
  attributes: (string | null)[];
  /** Whether the customer is in the customer list, rather than seen in orders only. */
  isListed: Uint8Array;
  /** Day the contract ends, NaN where there is none. */
  contractEndsOn: Float64Array;
}

export async function readCustomers({ warehouse }: JobContext): Promise<CustomerList> {
  await warehouse.build(['int_customers']);
  const { rows, columns } = await warehouse.read(
    'int_customers',
    { customer_idx: 'i32', attributes: 'text', is_listed: 'flag', contract_ends_on: 'day' },
    ['customer_idx'],
  );
  return {
    customers: rows,
    attributes: columns.attributes,
    isListed: columns.is_listed,
    contractEndsOn: Float64Array.from(columns.contract_ends_on, (day) => (day === NO_VALUE ? Number.NaN : day)),
  };
}

/** Orders, invoices and contacts of every customer, sorted by customer and day. */
export async function readCustomerRecord(context: JobContext, customers: number): Promise<CustomerRecord> {
  const { warehouse } = context;
  await warehouse.build(['int_customer_orders', 'int_customer_invoices', 'int_customer_contacts']);
  const { columns: orders } = await warehouse.read(
    'int_customer_orders',
    { customer_idx: 'i32', ordered_on: 'day', net_value: 'f64', returned_value: 'f64', products: 'i32' },
    ['customer_idx', 'ordered_on'],
  );
  const record: CustomerRecord = {
    orders: {
      start: startsOf(orders.customer_idx, customers),
      day: orders.ordered_on,
      netValue: orders.net_value,
      returnedValue: orders.returned_value,
      products: orders.products,
    },
  };
  if (context.has('payments')) {
    const { columns: invoices } = await warehouse.read(
      'int_customer_invoices',
      { customer_idx: 'i32', invoice_id: 'text', invoiced_on: 'day', due_on: 'day', paid_on: 'day', amount: 'f64' },
      ['customer_idx', 'due_on', 'invoice_id'],
    );
    record.invoices = {
      start: startsOf(invoices.customer_idx, customers),
      day: invoices.due_on,
      invoicedDay: invoices.invoiced_on,
      paidDay: invoices.paid_on.map((day) => (day === NO_VALUE ? NOT_PAID : day)),
      amount: invoices.amount,
    };
  }
  if (context.has('contacts')) {
    const { columns: contacts } = await warehouse.read(
      'int_customer_contacts',
      { customer_idx: 'i32', contact_id: 'text', contacted_on: 'day', score: 'f64' },
      ['customer_idx', 'contacted_on', 'contact_id'],
    );
    record.contacts = {
      start: startsOf(contacts.customer_idx, customers),
      day: contacts.contacted_on,
      score: contacts.score,
    };
  }
  return record;
}
