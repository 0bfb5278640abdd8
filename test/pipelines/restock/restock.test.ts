import { describe, expect, it } from 'vitest';
import { AS_OF, daysBefore, oneStore, runRestock, steadySales } from './restock-fixture.ts';

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

  it('moves what lies too much in one store to a short neighbour of the region, unless nothing is moved', async () => {
    const shop = {
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
    };
    const { transfers, orders } = await runRestock(shop);
    const by = new Map(orders.map((row) => [row.location_id, row]));
    const { quantity } = transfers[0]!;
    expect(transfers).toHaveLength(1);
    expect(transfers[0]).toMatchObject({ from_location_id: 'long', to_location_id: 'short' });
    // what is moved is not ordered as well: the same shop without a neighbour orders it all
    expect(quantity).toBe(by.get('other')!.order_quantity);
    expect(by.get('short')).toMatchObject({
      order_quantity: 0,
      reason_code: 'TRANSFER_COVERS',
      transfer_quantity: quantity,
    });
    expect(by.get('short')!.reason).toContain('come from a neighbour');
    const apart = await runRestock({ ...shop, restock: { transfers: false } });
    expect(apart.transfers).toEqual([]);
    expect(apart.orders.find((row) => row.location_id === 'short')!.order_quantity).toBe(quantity);
  });
});
