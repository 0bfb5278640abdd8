import { describe, expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { AS_OF, oneStore, runRestock, steadySales } from './restock-fixture.ts';

const PRODUCTS = ['lamp', 'rice', 'tea'];

/** Three products of one supplier that sell 10 a day and are out of stock: each asks for about 70 units at 4. */
const threeProducts = {
  ...oneStore,
  sales: PRODUCTS.flatMap((product) => steadySales(product, 'north', 10)),
  products: PRODUCTS.map((product_id, i) => ({
    product_id,
    unit_cost: 4,
    list_price: 10,
    pack_size: 2,
    supplier_id: 'acme',
    volume_m3: 0.01 * (i + 1),
  })),
  stock: PRODUCTS.map((product_id) => ({ as_of: AS_OF, product_id, location_id: 'north', on_hand: 0 })),
  forecast: [10, 10, 10],
};
const costOfAll = (orders: readonly { order_quantity: number }[]): number =>
  orders.reduce((sum, { order_quantity }) => sum + order_quantity * 4, 0);
const dayAfter = (days: number): string => isoDateOf(dayOf(AS_OF) + days);

describe('limits over all orders', () => {
  it('keep a budget and say on each row what it was cut from', async () => {
    const free = await runRestock(threeProducts);
    expect(costOfAll(free.orders)).toBeGreaterThan(600);
    expect(free.orders[0]!.limited_by).toBeNull();
    const { orders, result } = await runRestock({ ...threeProducts, restock: { limits: [{ orderValue: 400 }] } });
    expect(costOfAll(orders)).toBeLessThanOrEqual(400);
    expect(costOfAll(orders)).toBeGreaterThan(380);
    expect(orders[0]).toMatchObject({ limited_by: 'ORDER_VALUE' });
    expect(orders[0]!.reason).toContain(`Cut from ${free.orders[0]!.order_quantity} by the order limit of EUR 400.`);
    expect(orders[0]!.reason_zh).toContain('订货限额 EUR 400');
    expect(orders[0]!.value_at_stake).toBeLessThan(free.orders[0]!.value_at_stake!);
    expect(result.counts.limited).toBe(3);
  });

  it('hold for the dates and suppliers they name only', async () => {
    const later = [{ orderValue: 1, from: '2026-04-01' }];
    const other = [{ orderValue: 1, supplier: 'somebody' }];
    for (const limits of [later, other]) {
      const { orders } = await runRestock({ ...threeProducts, restock: { limits } });
      expect(costOfAll(orders)).toBeGreaterThan(600);
    }
  });

  it('fill a container with what saves most for the room it takes', async () => {
    const { orders } = await runRestock({
      ...threeProducts,
      suppliers: [{ supplier_id: 'acme', max_volume_m3: 2 }],
    });
    const [lamp, rice, tea] = orders.map(({ order_quantity }) => order_quantity);
    expect(0.01 * lamp! + 0.02 * rice! + 0.03 * tea!).toBeLessThanOrEqual(2);
    expect(lamp).toBeGreaterThan(rice!);
    expect(rice).toBeGreaterThan(tea!);
    expect(orders[2]!.limited_by).toBe('VOLUME');
  });

  it('stretch orders to a minimum that is near, and hold them back for one that is far', async () => {
    const given = {
      ...oneStore,
      forecast: [10],
      stock: [{ as_of: AS_OF, product_id: 'tea', location_id: 'north', on_hand: 40 }],
    };
    const free = (await runRestock(given)).orders[0]!;
    const near = (
      await runRestock({ ...given, suppliers: [{ supplier_id: 'acme', min_order_value: free.cost! + 60 }] })
    ).orders[0]!;
    expect(near.cost).toBeGreaterThanOrEqual(free.cost! + 60);
    expect(near).toMatchObject({ limited_by: 'MIN_ORDER_VALUE' });
    expect(near.reason).toContain('more than wanted, to reach the minimum order of acme');
    const far = (await runRestock({ ...given, suppliers: [{ supplier_id: 'acme', min_order_value: 1e6 }] })).orders[0]!;
    expect(far).toMatchObject({ order_quantity: 0, reason_code: 'HELD_BACK', limited_by: 'MIN_ORDER_VALUE' });
  });

  it('count what has no supplier in a budget, and never order what was not counted to reach a minimum', async () => {
    const [lamp, rice, tea] = threeProducts.products;
    const given = {
      ...threeProducts,
      products: [{ ...lamp, supplier_id: null }, rice, tea] as typeof threeProducts.products,
      stock: threeProducts.stock.slice(0, 2),
    };
    const { orders } = await runRestock({
      ...given,
      restock: { limits: [{ orderValue: 400 }] },
      suppliers: [{ supplier_id: 'acme', min_order_value: 390 }],
    });
    const of = (product: string) => orders.find(({ product_id }) => product_id === product)!;
    expect(of('tea')).toMatchObject({ order_quantity: 0, reason_code: 'STOCK_UNKNOWN' });
    expect(costOfAll(orders)).toBeLessThanOrEqual(400);
    // rice alone reaches its supplier's minimum, or leaves all to the lamp
    expect([0, 390]).toContain(Math.min(390, of('rice').order_quantity * 4));
    expect(of('lamp').limited_by).toContain('ORDER_VALUE');
  });

  it('smooth the orders of a supplier where asked', async () => {
    const { orders } = await runRestock({ ...threeProducts, restock: { smoothingPct: 150 } });
    // 3 days between orders x 30 units a day x 4, and half more
    expect(costOfAll(orders)).toBeLessThanOrEqual(540);
    expect(orders.every(({ limited_by }) => limited_by === 'SMOOTHING')).toBe(true);
  });

  it('share out what a warehouse has, the region with more demand first on ties', async () => {
    const { orders } = await runRestock({
      sales: [...steadySales('rice', 'b', 30), ...steadySales('tea', 'a', 5), ...steadySales('tea', 'b', 5)],
      products: [{ product_id: 'tea', unit_cost: 4, list_price: 10, pack_size: 10 }],
      locations: [
        { location_id: 'a', region: 'A', kind: 'store', supplied_by: 'w' },
        { location_id: 'b', region: 'B', kind: 'store', supplied_by: 'w' },
        { location_id: 'w', region: 'A', kind: 'warehouse' },
      ],
      supply: [
        {
          product_id: 'tea',
          lead_time_days: 2,
          review_period_days: 2,
          holding_cost_per_unit_day: 0.01,
          shortage_cost_per_unit: 6,
        },
      ],
      stock: [
        { as_of: AS_OF, product_id: 'tea', location_id: 'a', on_hand: 0 },
        { as_of: AS_OF, product_id: 'tea', location_id: 'b', on_hand: 0 },
        { as_of: AS_OF, product_id: 'tea', location_id: 'w', on_hand: 10 },
      ],
      forecast: [30, 5, 5],
    });
    const of = (location: string) => orders.find((row) => row.product_id === 'tea' && row.location_id === location)!;
    expect([of('a').order_quantity, of('b').order_quantity]).toEqual([0, 10]);
    expect(of('a')).toMatchObject({ reason_code: 'HELD_BACK', limited_by: 'WAREHOUSE_STOCK' });
    expect(of('w').order_quantity).toBeGreaterThan(20);
  });

  it('wait for the order day of the supplier, and order for the time until the next', async () => {
    // 2 March 2026 is a Monday
    const given = {
      ...oneStore,
      forecast: [10],
      stock: [{ as_of: AS_OF, product_id: 'tea', location_id: 'north', on_hand: 30 }],
    };
    const { orders: daily } = await runRestock(given);
    expect(daily[0]).toMatchObject({ order_on: AS_OF, due_on: dayAfter(4) });
    const { orders: weekly } = await runRestock({
      ...given,
      suppliers: [{ supplier_id: 'acme', order_days: 'Wed' }],
      supplier_closures: [{ starts_on: dayAfter(2), ends_on: dayAfter(2) }],
    });
    expect(weekly[0]).toMatchObject({ order_on: dayAfter(9), order_by: dayAfter(9), due_on: dayAfter(13) });
    expect(weekly[0]!.order_quantity).toBeGreaterThan(daily[0]!.order_quantity);
    const { orders: missed } = await runRestock({ ...given, suppliers: [{ supplier_id: 'acme', cut_off: '08:30' }] });
    expect(missed[0]).toMatchObject({ order_on: dayAfter(1), due_on: dayAfter(5) });
    const { orders: odd } = await runRestock({
      ...given,
      suppliers: [{ supplier_id: 'acme', order_days: 'whenever' }],
    });
    expect(odd[0]).toMatchObject({ order_on: AS_OF, data_issues: 'ORDER_DAYS_UNREADABLE' });
  });
});
