import { expect, it } from 'vitest';
import { AS_OF, daysBefore, runRestock, steadySales } from './restock-fixture.ts';

const given = (terms: Record<string, string | number>, product: Record<string, string | number> = {}) => ({
  sales: steadySales('tea', 'north', 10),
  products: [{ product_id: 'tea', unit_cost: 4, list_price: 10, supplier_id: 'acme', ...product }],
  locations: [{ location_id: 'north', region: 'R1', kind: 'store' }],
  supply: [{ supplier_id: 'acme', lead_time_days: 4, review_period_days: 3, service_level: 0.95, ...terms }],
  stock: [{ as_of: AS_OF, product_id: 'tea', location_id: 'north', on_hand: 30 }],
  forecast: [10],
});

it('a fill rate asks for less than the same share of cycles, and the row says what it is a share of', async () => {
  const cycles = (await runRestock(given({}))).orders[0]!;
  const byConfig = (await runRestock({ ...given({}), restock: { target: 'fill_rate' } })).orders[0]!;
  const byRow = (await runRestock(given({ service_kind: 'fill_rate' }))).orders[0]!;
  expect(byConfig.order_quantity).toBeLessThan(cycles.order_quantity);
  expect(byRow).toEqual(byConfig);
  expect(cycles.reason).toContain('to be 95 % sure');
  expect(byRow.reason).toContain('are wanted to serve 95 % of the rest');
  expect(byRow.reason_zh).toContain('要满足其余 95%');
  const nearlySure = (await runRestock(given({ service_level: 0.995 }))).orders[0]!;
  expect(nearlySure.reason).toContain('to be over 99 % sure');
  expect(nearlySure.reason_zh).toContain('要有超过 99% 把握');
  expect(cycles.order_quantity).toBeGreaterThan(40);
});

it('an order that costs money covers several reviews, by service and by cost', async () => {
  const costs = { holding_cost_per_unit_day: 0.05, shortage_cost_per_unit: 6 };
  for (const terms of [{}, costs]) {
    const free = (await runRestock(given(terms))).orders[0]!;
    const dear = (await runRestock(given({ ...terms, order_cost: 30 }))).orders[0]!;
    expect(free.reason).not.toContain('for later');
    expect(dear.reason).toMatch(/[\d]+ of them are for later, which costs less than ordering again\./);
    expect(dear.reason_zh).toContain('供以后销售');
    expect(dear.order_up_to).toBe(free.order_up_to);
    // 10 a day: the economic order quantity is 110 at 0.05 a day, and 470 at a quarter of the cost of 4 a year
    expect(dear.order_quantity - free.order_quantity).toBeGreaterThan(terms === costs ? 50 : 300);
    expect(dear.order_quantity - free.order_quantity).toBeLessThan(terms === costs ? 140 : 600);
  }
});

it('what expires is not bought for longer than it keeps, and the row says what will not be sold', async () => {
  const terms = { order_cost: 30, service_level: 0.99 };
  const keeps = (await runRestock(given(terms))).orders[0]!;
  const expires = (await runRestock(given(terms, { shelf_life_days: 5 }))).orders[0]!;
  expect(keeps.order_quantity).toBeGreaterThan(300);
  expect(expires.order_quantity).toBeLessThanOrEqual(60);
  const packs = (await runRestock(given(terms, { shelf_life_days: 5, pack_size: 64 }))).orders[0]!;
  expect(packs.order_quantity).toBe(64);
  expect(packs.reason).toMatch(/About [\d.]+ of them will not be sold in time\./);
  expect(packs.reason_zh).toContain('到期前卖不完');
});

it('a product that ends is bought to its last day', async () => {
  const last = (await runRestock(given({ review_period_days: 30 }, { discontinued_on: daysBefore(-9) }))).orders[0]!;
  const on = (await runRestock(given({ review_period_days: 30 }))).orders[0]!;
  // until the end of day 9 another 100 sell, of which 30 are there and last three days; the delivery comes after four
  expect(last.order_quantity).toBeGreaterThanOrEqual(50);
  expect(last.order_quantity).toBeLessThan(100);
  expect(on.order_quantity).toBeGreaterThan(250);
  const over = (await runRestock(given({}, { discontinued_on: daysBefore(1) }))).orders[0]!;
  expect(over).toMatchObject({ order_quantity: 0, reason_code: 'NO_DEMAND' });
});
