import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { AS_OF, daysBefore, oneStore, runRestock, type WorkOrder } from './restock-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadtime-work-orders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dayAfter = (days: number): string => isoDateOf(dayOf(AS_OF) + days);
const stocked = (on_hand: number, as_of = AS_OF) => ({
  ...oneStore,
  forecast: [10],
  stock: [{ as_of, product_id: 'tea', location_id: 'north', on_hand }],
});
const kinds = (workOrders: readonly WorkOrder[]): string[] => workOrders.map(({ kind }) => kind);

describe('triggers', () => {
  it('raise an order with its arithmetic line by line, its money and its odds', async () => {
    const { workOrders, orders, supplierOrders } = await runRestock(stocked(60));
    expect(workOrders).toHaveLength(1);
    const [order] = workOrders;
    expect(order).toMatchObject({
      work_order_id: `order:tea@north:${AS_OF}`,
      status: 'open',
      action: 'order',
      source_id: 'acme',
      supplier_order_id: `acme@${AS_OF}`,
      quantity: orders[0]!.order_quantity,
      order_on: AS_OF,
      order_by: AS_OF,
      is_overdue: false,
      version: 1,
      value_at_stake: orders[0]!.value_at_stake,
      probability: orders[0]!.stockout_probability,
    });
    const lines = order!.arithmetic.split('\n');
    expect(lines[0]).toBe('on hand: 60');
    expect(lines).toContain(`ordered, in packs of 12: ${order!.quantity}`);
    expect(lines.at(-1)).toMatch(/^= value at stake: EUR \d/);
    expect(order!.arithmetic_zh.split('\n')).toHaveLength(lines.length);
    expect(supplierOrders).toEqual([
      expect.objectContaining({
        supplier_order_id: `acme@${AS_OF}`,
        lines: 1,
        quantity: order!.quantity,
        goods_cost: order!.quantity * 4,
      }),
    ]);
  });

  it('call a stock-out ahead that an order comes too late for', async () => {
    const { workOrders } = await runRestock(stocked(10));
    expect(kinds(workOrders)).toEqual(['order', 'stockout_ahead']);
    const ahead = workOrders[1]!;
    expect(ahead).toMatchObject({ action: 'expedite', reason_code: 'STOCKOUT_AHEAD', supplier_order_id: null });
    // 4 days x 10 less the 10 there are
    expect(ahead.quantity).toBeGreaterThanOrEqual(29);
    expect(ahead.quantity).toBeLessThanOrEqual(33);
    expect(ahead.probability).toBeGreaterThan(0.95);
    expect(ahead.value_at_stake).toBeCloseTo(6 * 30, -1.5);
  });

  it('call a delivery late that is past its day, or due after stock has run out', async () => {
    const inbound = (due_on: string) => ({
      ...stocked(30),
      inbound: [{ product_id: 'tea', location_id: 'north', ordered_on: daysBefore(20), due_on, quantity: 48 }],
    });
    const late = async (due: string) =>
      (await runRestock(inbound(due))).workOrders.find(({ kind }) => kind === 'late_delivery');
    expect(await late(daysBefore(3))).toMatchObject({ action: 'chase', reason_code: 'INBOUND_OVERDUE', quantity: 48 });
    expect(await late(daysBefore(60))).toMatchObject({ reason_code: 'INBOUND_LOST' });
    const after = await late(dayAfter(6));
    expect(after).toMatchObject({ reason_code: 'INBOUND_AFTER_STOCKOUT' });
    // 6 days x 10 less the 30 there are
    expect(after!.value_at_stake).toBeCloseTo(6 * 30, -1.5);
    expect(await late(dayAfter(2))).toBeUndefined();
  });

  it('call stock dead that outlasts half a year, and count what keeping it costs', async () => {
    const { workOrders } = await runRestock(stocked(2800));
    expect(kinds(workOrders)).toEqual(['dead_stock']);
    // 180 days sell 1,800; the rest goes over 100 days more, so that it lies for 230 in the mean at 0.01 a day
    expect(workOrders[0]).toMatchObject({ action: 'clear', quantity: 1000, value_at_stake: 2300 });
    expect(workOrders[0]!.probability).toBeGreaterThan(0.8);
    expect((await runRestock(stocked(1700))).workOrders).toEqual([]);
  });

  it('say so of an order that costs more than it saves, and rank it last', async () => {
    const given = {
      ...stocked(58),
      sales: [...oneStore.sales, ...oneStore.sales.map((row) => ({ ...row, product_id: 'rice' }))],
      products: [...oneStore.products, { product_id: 'rice', unit_cost: 400, list_price: 401 }],
      supply: [
        ...oneStore.supply,
        { product_id: 'rice', lead_time_days: 4, review_period_days: 30, service_level: 0.99 },
      ],
      forecast: [10, 10],
    };
    given.stock.push({ as_of: AS_OF, product_id: 'rice', location_id: 'north', on_hand: 330 });
    const { orders } = await runRestock(given);
    const rice = orders.find(({ product_id }) => product_id === 'rice')!;
    expect(rice.order_quantity).toBeGreaterThan(0);
    expect(rice.value_at_stake).toBeLessThan(0);
    expect(rice.reason).toMatch(/It costs EUR [\d,.]+ more than it saves: the service level asks for it\./);
    expect(rice.priority).toBe(2);
  });
});

describe('a work order', () => {
  it('is raised once, updated when its contents change, and closed when its reason is gone', async () => {
    const file = (name: string): string => join(folder, `${name}.parquet`);
    const first = await runRestock(stocked(60), AS_OF, { to: file('first') });
    const [opened] = first.workOrders;

    // the same morning again is the same
    expect((await runRestock(stocked(60), AS_OF)).workOrders).toEqual(first.workOrders);

    // the next morning nothing has changed but the date: it is overdue, not new
    const second = await runRestock(stocked(60, dayAfter(1)), dayAfter(1), { from: file('first'), to: file('second') });
    expect(second.workOrders).toEqual([
      expect.objectContaining({
        work_order_id: opened!.work_order_id,
        status: 'open',
        opened_on: AS_OF,
        updated_on: AS_OF,
        order_by: AS_OF,
        order_on: dayAfter(1),
        is_overdue: true,
        version: 1,
      }),
    ]);

    const third = await runRestock(stocked(45, dayAfter(2)), dayAfter(2), { from: file('second'), to: file('third') });
    expect(third.workOrders).toEqual([
      expect.objectContaining({
        work_order_id: opened!.work_order_id,
        status: 'updated',
        opened_on: AS_OF,
        updated_on: dayAfter(2),
        version: 2,
      }),
    ]);
    expect(third.workOrders[0]!.quantity).toBeGreaterThan(opened!.quantity);

    // an older morning goes on from what was open before it
    const again = await runRestock(stocked(60, dayAfter(1)), dayAfter(1), { from: file('first') });
    expect(again.workOrders).toEqual(second.workOrders);

    const ordered = {
      ...stocked(200, dayAfter(3)),
      inbound: [
        { product_id: 'tea', location_id: 'north', ordered_on: dayAfter(2), due_on: dayAfter(6), quantity: 60 },
      ],
    };
    const fourth = await runRestock(ordered, dayAfter(3), { from: file('third'), to: file('fourth') });
    expect(fourth.workOrders).toEqual([
      expect.objectContaining({
        work_order_id: opened!.work_order_id,
        status: 'closed',
        reason_code: 'ORDERED',
        closed_on: dayAfter(3),
        version: 3,
        supplier_order_id: null,
      }),
    ]);
    expect(fourth.supplierOrders).toEqual([]);

    // closed is closed: raised again it is another one
    const fifth = await runRestock(stocked(60, dayAfter(4)), dayAfter(4), { from: file('fourth') });
    expect(fifth.workOrders).toEqual([
      expect.objectContaining({ work_order_id: `order:tea@north:${dayAfter(4)}`, status: 'open', version: 1 }),
    ]);
  });

  it('gives way to a surge for the same shelf', async () => {
    const file = join(folder, 'calm.parquet');
    await runRestock(stocked(60), AS_OF, { to: file });
    const surge = await runRestock({ ...stocked(60, dayAfter(1)), forecast: [31] }, dayAfter(1), { from: file });
    expect(surge.workOrders.map(({ kind, status, reason_code }) => [kind, status, reason_code])).toContainEqual([
      'order',
      'closed',
      'REPLACED',
    ]);
    const opened = surge.workOrders.find(({ kind }) => kind === 'surge')!;
    expect(opened).toMatchObject({ status: 'open', action: 'order', reason_code: 'SURGE' });
    expect(opened.arithmetic).toContain('next 30 days against the last 30: ');
  });
});
