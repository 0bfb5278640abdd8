import { describe, expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { inlineExecutor } from '../../../pipelines/executor/executor.ts';
import { restockJob } from '../../../pipelines/restock.ts';
import type { Warehouse } from '../../../pipelines/warehouse/warehouse.ts';
import { type GivenRows, warehouseWith } from '../../warehouse-fixture.ts';

const AS_OF = '2026-03-02';
const HORIZON = 30;

interface Given extends GivenRows {
  /** Forecast mean per day of each series, in the order of product and location. */
  forecast: number[];
  restock?: Record<string, number>;
}

interface MartRow {
  product_id: string;
  location_id: string;
  order_quantity: number;
  order_by: string | null;
  due_on: string | null;
  reason_code: string;
  reason: string;
  reason_zh: string;
  data_issues: string | null;
  priority: number;
  on_hand: number | null;
  order_up_to: number;
  value_at_stake: number | null;
  stockout_probability: number;
  days_of_cover: number | null;
  cost: number | null;
  is_surge: boolean;
}

const daysBefore = (days: number): string => isoDateOf(dayOf(AS_OF) - days);

/** Sales of so many units on each of the last 40 days. */
function steadySales(product_id: string, location_id: string, quantity: number) {
  return Array.from({ length: 40 }, (_, i) => ({ date: daysBefore(40 - i), product_id, location_id, quantity }));
}

async function leaveForecast(warehouse: Warehouse, means: number[]): Promise<void> {
  const cells = means.flatMap((mean, series) => Array.from({ length: HORIZON }, (_, h) => ({ mean, series, h })));
  const of = (get: (cell: (typeof cells)[number]) => number) => Float64Array.from(cells, get);
  const quantiles = { q05: 0.5, q10: 0.6, q25: 0.8, q50: 1, q75: 1.2, q90: 1.4, q95: 1.5 };
  await warehouse.write(
    'out_forecast_series',
    {
      series_idx: 'i32',
      h: 'i32',
      model: 'text',
      is_champion: 'flag',
      fallback_code: 'text',
      mean: 'f64',
      ...(Object.fromEntries(Object.keys(quantiles).map((name) => [name, 'f64'])) as Record<'q05', 'f64'>),
    },
    {
      series_idx: Int32Array.from(cells, (cell) => cell.series),
      h: Int32Array.from(cells, (cell) => cell.h),
      model: cells.map(() => 'ets'),
      is_champion: Uint8Array.from(cells, () => 1),
      fallback_code: cells.map(() => null),
      mean: of((cell) => cell.mean),
      ...(Object.fromEntries(
        Object.entries(quantiles).map(([name, factor]) => [name, of((cell) => cell.mean * factor)]),
      ) as Record<'q05', Float64Array>),
    },
  );
  const backtest = [0, 1, 2, 3].flatMap((cutoff) => cells.map((cell) => ({ ...cell, cutoff })));
  await warehouse.write(
    'out_backtest_series',
    { series_idx: 'i32', cutoff_idx: 'i32', h: 'i32', actual: 'f64', forecast: 'f64' },
    {
      series_idx: Int32Array.from(backtest, (cell) => cell.series),
      cutoff_idx: Int32Array.from(backtest, (cell) => cell.cutoff),
      h: Int32Array.from(backtest, (cell) => cell.h),
      actual: Float64Array.from(backtest, (cell) => cell.mean),
      forecast: Float64Array.from(backtest, (cell) => cell.mean),
    },
  );
  await warehouse.run('create table out_hidden_demand (series_idx integer, period_idx integer, demand float)');
}

async function runRestock({ forecast, restock, ...rows }: Given) {
  const { warehouse, config } = await warehouseWith(rows, AS_OF, { restock });
  await leaveForecast(warehouse, forecast);
  const result = await restockJob.run({
    folder: '.',
    config,
    asOf: dayOf(AS_OF),
    seed: 1,
    warehouse,
    executor: inlineExecutor(),
    progress: { update: () => undefined },
    has: () => true,
  });
  const orders = await warehouse.readRows<MartRow>('mart_restock', ['product_id', 'location_id']);
  const transfers = await warehouse.readRows<{ from_location_id: string; to_location_id: string; quantity: number }>(
    'mart_transfer',
  );
  warehouse.close();
  return { result, orders, transfers };
}

const oneStore = {
  sales: steadySales('tea', 'north', 10),
  products: [{ product_id: 'tea', unit_cost: 4, list_price: 10, pack_size: 12, supplier_id: 'acme' }],
  locations: [{ location_id: 'north', region: 'R1', kind: 'store' }],
  supply: [
    {
      supplier_id: 'acme',
      lead_time_days: 4,
      review_period_days: 3,
      holding_cost_per_unit_day: 0.01,
      shortage_cost_per_unit: 6,
    },
  ],
};

describe('restock', () => {
  it('orders whole packs up to what lead time plus review period ask for, and says why', async () => {
    const { orders, result } = await runRestock({
      ...oneStore,
      forecast: [10],
      stock: [{ as_of: AS_OF, product_id: 'tea', location_id: 'north', on_hand: 30 }],
      inbound: [
        { product_id: 'tea', location_id: 'north', ordered_on: daysBefore(2), due_on: daysBefore(-2), quantity: 12 },
      ],
    });
    const [order] = orders;
    expect(orders).toHaveLength(1);
    // 7 days x 10 = 70 in the mean, of which 42 are there or on the way
    expect(order!.order_quantity % 12).toBe(0);
    expect(order!.order_quantity).toBeGreaterThanOrEqual(36);
    expect(order!.order_quantity).toBeLessThanOrEqual(84);
    expect(order!.due_on).toBe(daysBefore(-4));
    expect(order!.order_by).toBe(AS_OF);
    expect(order!.reason).toContain('30 on hand, 12 on the way, order');
    expect(order!.reason_zh).toContain('现有 30，在途 12，订');
    expect(order!.value_at_stake).toBeGreaterThan(0);
    expect(order!.cost).toBe(order!.order_quantity * 4);
    expect(order!.data_issues).toBeNull();
    expect(result.counts.work_orders).toBe(1);
  });

  it('orders nothing where stock lasts, and names the day by which to order', async () => {
    const { orders } = await runRestock({
      ...oneStore,
      forecast: [10],
      stock: [{ as_of: AS_OF, product_id: 'tea', location_id: 'north', on_hand: 200 }],
    });
    expect(orders[0]).toMatchObject({ order_quantity: 0, reason_code: 'COVERED', due_on: null, days_of_cover: 20 });
    expect(orders[0]!.order_by! > AS_OF).toBe(true);
  });

  it('opens a work order at once where the forecast is three times the last 30 days', async () => {
    const given = {
      ...oneStore,
      stock: [{ as_of: AS_OF, product_id: 'tea', location_id: 'north', on_hand: 250 }],
    };
    const steady = await runRestock({ ...given, forecast: [20] });
    expect(steady.orders[0]).toMatchObject({ reason_code: 'COVERED', is_surge: false });
    const surge = await runRestock({ ...given, forecast: [31] });
    expect(surge.orders[0]).toMatchObject({ reason_code: 'SURGE', is_surge: true, order_by: AS_OF });
    expect(surge.orders[0]!.order_quantity).toBeGreaterThan(0);
  });

  it('gives coded rows for bad input and never stops', async () => {
    const { orders } = await runRestock({
      sales: [
        ...steadySales('lamp', 'north', 2),
        ...steadySales('rice', 'north', 5),
        ...steadySales('soap', 'north', 1),
        ...steadySales('tea', 'north', 10),
      ],
      products: [
        { product_id: 'lamp', supplier_id: 'nobody' },
        { product_id: 'tea', supplier_id: 'acme', unit_cost: 4, list_price: 10 },
      ],
      locations: [{ location_id: 'north', region: 'R1', kind: 'store', supplied_by: 'nowhere' }],
      supply: [{ supplier_id: 'acme', lead_time_days: 0, review_period_days: 0, service_level: 0.9 }],
      stock: [
        { as_of: AS_OF, product_id: 'lamp', location_id: 'north', on_hand: 0 },
        { as_of: AS_OF, product_id: 'tea', location_id: 'north', on_hand: -5 },
        { as_of: AS_OF, product_id: 'soap', location_id: 'north', on_hand: 3 },
        { as_of: AS_OF, product_id: 'ghost', location_id: 'cellar', on_hand: 3 },
      ],
      inbound: [
        { product_id: 'lamp', location_id: 'north', ordered_on: daysBefore(90), due_on: daysBefore(60), quantity: 40 },
        { product_id: 'soap', location_id: 'north', ordered_on: daysBefore(9), due_on: daysBefore(3), quantity: 10 },
      ],
      forecast: [2, 5, 0, 10],
    });
    const by = new Map(orders.map((row) => [row.product_id, row]));
    expect(by.get('ghost')).toMatchObject({ reason_code: 'NO_FORECAST', order_quantity: 0 });
    expect(by.get('lamp')).toMatchObject({
      reason_code: 'STOCKED_OUT',
      data_issues: 'INBOUND_LOST; SUPPLIER_UNKNOWN; TERMS_DEFAULT',
      value_at_stake: null,
    });
    expect(by.get('lamp')!.order_quantity).toBeGreaterThan(20);
    expect(by.get('rice')).toMatchObject({ reason_code: 'STOCK_UNKNOWN', order_quantity: 0 });
    expect(by.get('soap')).toMatchObject({ reason_code: 'NO_DEMAND', order_quantity: 0, days_of_cover: null });
    expect(by.get('soap')!.data_issues).toContain('INBOUND_OVERDUE');
    expect(by.get('tea')).toMatchObject({ reason_code: 'STOCKED_OUT', due_on: AS_OF });
    expect(by.get('tea')!.data_issues).toBe('STOCK_NEGATIVE; LEAD_TIME_ZERO');
    expect(by.get('tea')!.value_at_stake).toBeGreaterThan(0);
  });

  it('brings an older stock count forward by sales and deliveries since', async () => {
    const { orders } = await runRestock({
      ...oneStore,
      forecast: [10],
      stock: [{ as_of: daysBefore(3), product_id: 'tea', location_id: 'north', on_hand: 50 }],
      inbound: [
        { product_id: 'tea', location_id: 'north', ordered_on: daysBefore(8), due_on: daysBefore(1), quantity: 24 },
      ],
    });
    expect(orders[0]!.on_hand).toBe(50 - 30 + 24);
  });

  it('lets a warehouse cover the demand of the stores it serves, the one of the larger region first', async () => {
    const warehouseTerms = { product_id: 'tea', lead_time_days: 10, review_period_days: 7, service_level: 0.95 };
    const { orders } = await runRestock({
      sales: [...steadySales('tea', 'a1', 4), ...steadySales('tea', 'a2', 4), ...steadySales('tea', 'b1', 20)],
      products: [{ product_id: 'tea', unit_cost: 4, list_price: 10 }],
      locations: [
        { location_id: 'a1', region: 'A', kind: 'store', supplied_by: 'wa' },
        { location_id: 'a2', region: 'A', kind: 'store', supplied_by: 'wa' },
        { location_id: 'b1', region: 'B', kind: 'store', supplied_by: 'wb' },
        { location_id: 'wa', region: 'A', kind: 'warehouse' },
        { location_id: 'wb', region: 'B', kind: 'warehouse' },
      ],
      supply: [
        ...['a1', 'a2', 'b1'].map((location_id) => ({
          product_id: 'tea',
          location_id,
          lead_time_days: 1,
          review_period_days: 1,
        })),
        ...['wa', 'wb'].map((location_id) => ({ ...warehouseTerms, location_id })),
      ],
      stock: ['a1', 'a2', 'b1', 'wa', 'wb'].map((location_id) => ({
        as_of: AS_OF,
        product_id: 'tea',
        location_id,
        on_hand: 20,
      })),
      forecast: [4, 4, 20],
    });
    const [wb, wa] = orders
      .filter(({ location_id }) => location_id.startsWith('w'))
      .sort((x, y) => x.priority - y.priority);
    expect([wb!.location_id, wb!.priority]).toEqual(['wb', 1]);
    expect(wa!.location_id).toBe('wa');
    // the 60 in warehouse and stores are gone before the delivery reaches the stores after 12 days, and what is missed until
    // then is lost; the 7 days after it need 8 x 7 = 56 in the mean
    expect(wa!.order_quantity).toBeGreaterThan(56);
    expect(wa!.order_quantity).toBeLessThan(100);
    expect(wa!.reason).toContain('60 on hand here and in its stores');
  });

  it('moves what lies too much in one store to a short neighbour of the region', async () => {
    const { transfers, orders } = await runRestock({
      sales: [...steadySales('tea', 'long', 1), ...steadySales('tea', 'other', 10), ...steadySales('tea', 'short', 10)],
      products: [{ product_id: 'tea', unit_cost: 4, list_price: 10 }],
      locations: [
        { location_id: 'long', region: 'A', kind: 'store' },
        { location_id: 'short', region: 'A', kind: 'store' },
        { location_id: 'other', region: 'B', kind: 'store' },
      ],
      stock: [
        { as_of: AS_OF, product_id: 'tea', location_id: 'long', on_hand: 300 },
        { as_of: AS_OF, product_id: 'tea', location_id: 'other', on_hand: 0 },
        { as_of: AS_OF, product_id: 'tea', location_id: 'short', on_hand: 0 },
      ],
      forecast: [1, 10, 10],
    });
    const short = orders.find(({ location_id }) => location_id === 'short')!;
    expect(transfers).toEqual([
      expect.objectContaining({ from_location_id: 'long', to_location_id: 'short', quantity: short.order_quantity }),
    ]);
  });
});
