import { date, days, flag, knownAt, MAX_MONEY, MAX_QUANTITY, money, quantity, required, text } from './columns.ts';
import type { TableContract } from './table-contract.ts';

/** The input contract: every table a project can give. All dates are ISO days. */
export const TABLES = {
  sales: {
    about: 'Units sold per period, product and location. Without known_at, known the morning after the period.',
    key: ['date', 'product_id', 'location_id'],
    columns: {
      date: required(date('the day, or the first day of the week')),
      product_id: required(text('product')),
      location_id: required(text('location')),
      quantity: required(quantity('units sold')),
      revenue: { type: 'money', min: -MAX_MONEY, max: MAX_MONEY, about: 'money taken' },
      unit_price: money('price paid per unit'),
      list_price: money('price before discount'),
      on_promotion: flag('whether a promotion ran'),
      in_stock: flag('false: the shelf was empty, so sales are less than demand'),
      known_at: knownAt,
    },
  },
  products: {
    about: 'What is sold. Further columns are kept as free attributes, and forecasts learn from them.',
    key: ['product_id'],
    freeAttributes: true,
    columns: {
      product_id: required(text('product')),
      name: text('name people use'),
      category: text('category, a level of the hierarchy'),
      department: text('department'),
      unit_cost: money('cost of one unit'),
      list_price: money('normal price of one unit'),
      pack_size: { type: 'quantity', min: 1, max: MAX_QUANTITY, about: 'orders are whole packs of so many units' },
      min_order_quantity: quantity('smallest order'),
      supplier_id: text('supplier'),
      launched_on: date('first day on sale'),
      discontinued_on: date('last day on sale; nothing is ordered for the time after'),
      shelf_life_days: days('days until unsaleable'),
      volume_m3: { type: 'number', min: 0, max: 1e4, about: 'room that one unit takes on the way, cubic metres' },
      weight_kg: { type: 'number', min: 0, max: 1e6, about: 'weight of one unit with its packing' },
      units_per_pallet: { type: 'quantity', min: 1, max: MAX_QUANTITY, about: 'units that fill a pallet' },
    },
  },
  suppliers: {
    about: 'When suppliers take orders, and how small or large an order of one date may be.',
    key: ['supplier_id'],
    columns: {
      supplier_id: required(text('supplier, as in products and supply')),
      name: text('name people use'),
      order_days: text('weekdays on which orders are taken, such as `mon thu`; empty: every day'),
      cut_off: text('time until which orders of a day are taken, such as `14:00`; empty: all day'),
      min_order_value: money('least cost of all products in an order; below it nothing is ordered'),
      max_order_value: money('most cost of all products in an order'),
      max_volume_m3: { type: 'number', min: 0, max: 1e9, about: 'room of the container or lorry, cubic metres' },
      max_weight_kg: { type: 'number', min: 0, max: 1e9, about: 'weight that it carries' },
      max_pallets: { type: 'number', min: 0, max: 1e9, about: 'pallets that it carries' },
    },
  },
  supplier_closures: {
    about: 'Days on which no orders are taken, past and ahead. Empty supplier: none of them does.',
    key: ['supplier_id', 'starts_on'],
    rules: [{ kind: 'in_order', first: 'starts_on', second: 'ends_on' }],
    columns: {
      supplier_id: text('supplier'),
      starts_on: required(date('first day')),
      ends_on: required(date('last day')),
    },
  },
  locations: {
    about: 'Stores and warehouses. Further columns are kept as free attributes, and forecasts learn from them.',
    key: ['location_id'],
    freeAttributes: true,
    columns: {
      location_id: required(text('location')),
      name: text('name people use'),
      region: text('region, a level of the hierarchy'),
      kind: required({ type: 'text', oneOf: ['store', 'warehouse'], about: 'store or warehouse' }),
      supplied_by: text('location_id of the warehouse that serves it'),
    },
  },
  stock: {
    about: 'Stock on hand, counted in the morning of as_of.',
    key: ['as_of', 'product_id', 'location_id'],
    columns: {
      as_of: required(date('the day counted, before opening')),
      product_id: required(text('product')),
      location_id: required(text('location')),
      on_hand: required({ type: 'quantity', min: -MAX_QUANTITY, max: MAX_QUANTITY, about: 'units' }),
    },
  },
  inbound: {
    about: 'Deliveries under way.',
    key: ['product_id', 'location_id', 'due_on', 'ordered_on'],
    columns: {
      product_id: required(text('product')),
      location_id: required(text('location')),
      due_on: required(date('the day it is expected, before opening')),
      ordered_on: required(date('the day it was ordered')),
      quantity: required(quantity('units')),
    },
  },
  supply: {
    about: 'Terms of supply, per product or per supplier; empty location: everywhere.',
    key: ['product_id', 'supplier_id', 'location_id'],
    columns: {
      product_id: text('product; or give supplier_id'),
      supplier_id: text('supplier; or give product_id'),
      location_id: text('location that orders'),
      lead_time_days: days('days from order to delivery'),
      lead_time_sd_days: days('standard deviation of it'),
      review_period_days: days('days between chances to order'),
      order_cost: money('cost of placing one order'),
      holding_cost_per_unit_day: money('cost of keeping one unit for one day'),
      shortage_cost_per_unit: money('cost of one unit that could not be sold'),
      service_level: { type: 'fraction', min: 0, max: 1, about: 'wanted service; of what, service_kind says' },
      service_kind: {
        type: 'text',
        oneOf: ['cycle_service', 'fill_rate'],
        about: 'share of order cycles without a stock-out, or of demand served',
      },
    },
  },
  calendar: {
    about: 'Holidays, events and closed days, past and ahead. Empty region and location: everywhere.',
    key: ['date', 'event', 'region', 'location_id'],
    columns: {
      date: required(date('the day')),
      event: required(text('name of the event')),
      region: text('region it applies to'),
      location_id: text('location it applies to'),
      kind: required(text('holiday, event, closure, snap, ...')),
      is_closed: flag('nothing can be sold'),
    },
  },
  promotions: {
    about: 'Promotions, past and planned. Empty product or location: all of them.',
    key: ['promotion_id', 'product_id', 'location_id'],
    columns: {
      promotion_id: required(text('promotion')),
      product_id: text('product'),
      location_id: text('location'),
      starts_on: required(date('first day')),
      ends_on: required(date('last day')),
      discount_pct: { type: 'number', min: 0, max: 100, about: 'per cent off' },
      kind: text('flyer, display, ...; forecasts learn what each kind does'),
      known_at: knownAt,
    },
  },
  prices: {
    about: 'The price list, past and planned. Empty location: everywhere.',
    key: ['product_id', 'location_id', 'starts_on'],
    columns: {
      product_id: required(text('product')),
      location_id: text('location'),
      starts_on: required(date('first day of the price')),
      price: required(money('price of one unit')),
      ends_on: date('last day; empty: until the next price'),
      known_at: knownAt,
    },
  },
  overrides: {
    about:
      'What planners put in the place of a forecast. Empty location: everywhere, spread as the forecast is. Of several for a day the one known last counts; of those known at once, the one for the location, then the shorter.',
    key: ['product_id', 'location_id', 'starts_on', 'ends_on', 'known_at'],
    rules: [
      { kind: 'in_order', first: 'starts_on', second: 'ends_on' },
      { kind: 'exactly_one', columns: ['quantity', 'pct'] },
    ],
    columns: {
      product_id: required(text('product')),
      location_id: text('location'),
      starts_on: required(date('first day')),
      ends_on: required(date('last day')),
      quantity: quantity('units over all these days; or give pct'),
      pct: { type: 'number', min: -100, max: 1000, about: 'per cent more or less than the forecast; or give quantity' },
      reason: required(text('why')),
      planner: text('who'),
      known_at: { ...knownAt, required: true, about: 'when it was entered; a forecast made before does not know it' },
    },
  },
  indicators: {
    about: 'Macro series, each value with the time it was published.',
    key: ['indicator', 'date'],
    columns: {
      indicator: required(text('name of the series')),
      date: required(date('the period it describes')),
      value: required({ type: 'number', about: 'value' }),
      known_at: { ...knownAt, required: true },
    },
  },
  customers: {
    about: 'Who buys. Further columns are kept as free attributes.',
    key: ['customer_id'],
    freeAttributes: true,
    columns: {
      customer_id: required(text('customer')),
      name: text('name people use'),
      segment: text('segment'),
      owner: text('who looks after the customer'),
      region: text('region'),
      since: date('customer since'),
      contract_ends_on: date('end of the contract'),
    },
  },
  orders: {
    about: 'Order lines of customers. Negative quantities are returns.',
    key: ['order_id', 'line'],
    columns: {
      order_id: required(text('order')),
      line: required({ type: 'integer', min: 0, about: 'line of the order' }),
      ordered_at: required({ type: 'timestamp', about: 'when it was ordered' }),
      customer_id: text('customer; empty: unknown'),
      product_id: required(text('product')),
      location_id: text('location'),
      quantity: required({ type: 'quantity', min: -MAX_QUANTITY, max: MAX_QUANTITY, about: 'units' }),
      unit_price: required(money('price of one unit')),
    },
  },
  payments: {
    about: 'Invoices and when they were paid.',
    key: ['invoice_id'],
    columns: {
      invoice_id: required(text('invoice')),
      customer_id: required(text('customer')),
      invoiced_on: required(date('day of the invoice')),
      due_on: required(date('day it is due')),
      paid_on: date('day it was paid; empty: open'),
      amount: required({ type: 'money', min: -MAX_MONEY, max: MAX_MONEY, about: 'amount' }),
    },
  },
  contacts: {
    about: 'Calls, mails, visits and surveys.',
    key: ['contact_id'],
    columns: {
      contact_id: required(text('contact')),
      customer_id: required(text('customer')),
      at: required({ type: 'timestamp', about: 'when' }),
      kind: required(text('call, mail, visit, survey, ...')),
      score: { type: 'number', about: 'satisfaction, where one was given' },
    },
  },
  opportunities: {
    about: 'Deals, one row per stage entered.',
    key: ['opportunity_id', 'stage'],
    columns: {
      opportunity_id: required(text('deal')),
      stage: required(text('stage of the sale')),
      customer_id: text('customer; empty: not named yet'),
      owner: text('who runs the deal'),
      product_id: text('product'),
      entered_on: required(date('day it entered the stage')),
      left_on: date('day it left; empty: still there'),
      amount: money('value of the deal'),
      outcome: { type: 'text', oneOf: ['won', 'lost'], about: 'how the deal ended' },
      last_activity_on: date('last sign of life'),
    },
  },
  funnel: {
    about: 'Visitors per day and stage, from visit to repurchase.',
    key: ['date', 'stage', 'segment'],
    columns: {
      date: required(date('the day')),
      stage: required(text('stage of the funnel')),
      segment: text('segment'),
      visitors: required({ type: 'quantity', min: 0, max: MAX_QUANTITY, about: 'people counted' }),
    },
  },
} as const satisfies Record<string, TableContract>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** The contract of a table, with its columns as a plain record. */
export function contractOf(table: TableName): TableContract {
  return TABLES[table];
}
