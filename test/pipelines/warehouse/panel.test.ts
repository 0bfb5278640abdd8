import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../data/day.ts';
import { readPanel } from '../../../pipelines/warehouse/panel.ts';
import { warehouseWith } from '../../warehouse-fixture.ts';

const sale = (date: string, product_id: string, location_id: string, quantity: number, more = {}) => ({
  date,
  product_id,
  location_id,
  quantity,
  ...more,
});

async function panelOf(given: Parameters<typeof warehouseWith>[0], asOf: string, input = {}) {
  const { warehouse, config } = await warehouseWith(given, asOf, { horizon: 3, ...input });
  const panel = await readPanel(warehouse, config, dayOf(asOf));
  warehouse.close();
  return panel;
}

describe('the panel', () => {
  it('puts each sale at its series and day, zero where nothing was recorded, unknown outside what was recorded', async () => {
    const panel = await panelOf(
      {
        sales: [
          sale('2026-03-01', 'a', 'x', 5),
          sale('2026-03-03', 'a', 'x', 7),
          sale('2026-03-02', 'b', 'x', 1),
          sale('2026-03-02', 'a', 'y', 2),
        ],
      },
      '2026-03-05',
    );
    expect(panel.periods).toBe(4);
    expect(panel.seriesCount).toBe(3);
    expect([...panel.quantity]).toEqual([5, 0, 7, NaN, NaN, 2, NaN, NaN, NaN, 1, 0, NaN]);
    expect([...panel.firstPeriod]).toEqual([0, 1, 1]);
  });

  it('reads the newest known value of a corrected sale and nothing known after the morning of as_of', async () => {
    const sales = [
      sale('2026-03-01', 'a', 'x', 5),
      sale('2026-03-01', 'a', 'x', 6, { known_at: '2026-03-03 08:00:00' }),
      sale('2026-03-01', 'a', 'x', 9, { known_at: '2026-03-04 12:00:00' }),
      sale('2026-03-05', 'a', 'x', 100),
    ];
    expect((await panelOf({ sales }, '2026-03-02')).quantity[0]).toBe(5);
    expect((await panelOf({ sales }, '2026-03-04')).quantity[0]).toBe(6);
    expect((await panelOf({ sales: sales.reverse() }, '2026-03-05')).quantity[0]).toBe(9);
    expect((await panelOf({ sales }, '2026-03-05')).periods).toBe(4);
  });

  it('carries promotions, prices, events and closures into the known future', async () => {
    const panel = await panelOf(
      {
        sales: [
          sale('2026-03-01', 'a', 'x', 5, { unit_price: 10 }),
          sale('2026-03-02', 'a', 'x', 5, { unit_price: 9 }),
        ],
        prices: [
          { product_id: 'a', starts_on: '2026-01-01', price: 10 },
          { product_id: 'a', starts_on: '2026-03-05', price: 12 },
        ],
        promotions: [
          { promotion_id: 'p', product_id: 'a', starts_on: '2026-03-04', ends_on: '2026-03-05', discount_pct: 25 },
        ],
        calendar: [
          { date: '2026-03-04', event: 'fair', kind: 'event', location_id: 'x' },
          { date: '2026-03-05', event: 'closed', kind: 'closure', is_closed: true },
        ],
      },
      '2026-03-03',
    );
    expect([...panel.price]).toEqual([10, 9, 10, 7.5, 9]);
    expect([...panel.discount]).toEqual([0, 0, 0, 0.25, 0.25]);
    expect([...panel.promotionKind]).toEqual([0, 0, 0, 1, 1]);
    expect(panel.calendar.events).toEqual(['fair']);
    expect([...panel.calendar.hasEvent]).toEqual([0, 0, 0, 1, 0]);
    expect([...panel.calendar.isClosed]).toEqual([0, 0, 0, 0, 1]);
  });

  it('tells kinds of promotion apart: the deepest one where several run, and those that only the sales know', async () => {
    const given = {
      sales: [
        sale('2026-03-01', 'a', 'x', 5, { on_promotion: true }),
        sale('2026-03-02', 'a', 'x', 5),
        sale('2026-03-03', 'a', 'x', 5),
      ],
      promotions: [
        { promotion_id: 'p', product_id: 'a', starts_on: '2026-03-02', ends_on: '2026-03-04', kind: 'flyer' },
        {
          ...{ promotion_id: 'q', product_id: 'a', starts_on: '2026-03-03', ends_on: '2026-03-03' },
          ...{ kind: 'display', discount_pct: 10 },
        },
      ],
    };
    const panel = await panelOf(given, '2026-03-04');
    expect(panel.promotionKinds).toEqual(['display', 'flyer', 'promotion']);
    expect([...panel.promotionKind]).toEqual([3, 2, 1, 2, 0, 0]);
    expect([...panel.discount]).toEqual([0, 0, Math.fround(0.1), 0, 0, 0]);
  });

  it('knows when a product will have been on sale for the last time, in periods from the first one', async () => {
    const given = {
      sales: [sale('2026-03-01', 'a', 'x', 5), sale('2026-03-01', 'b', 'x', 5)],
      products: [{ product_id: 'a', discontinued_on: '2026-03-05' }],
    };
    expect((await panelOf(given, '2026-03-04')).products.endsAt).toEqual(Float64Array.of(5, Infinity));
    const weekly = await panelOf(given, '2026-03-08', { frequency: 'weekly' });
    expect(weekly.products.endsAt).toEqual(Float64Array.of(5 / 7, Infinity));
  });

  it('knows 24 kinds of promotion, the rarer ones as promotions of no name', async () => {
    const promotions = Array.from({ length: 26 }, (_, i) => ({
      ...{ promotion_id: `p${i}`, product_id: 'a', kind: `kind ${String.fromCharCode(97 + Math.min(i, 24))}` },
      ...{
        starts_on: `2026-03-${String(1 + i).padStart(2, '0')}`,
        ends_on: `2026-03-${String(1 + i).padStart(2, '0')}`,
      },
    }));
    const panel = await panelOf({ sales: [sale('2026-03-01', 'a', 'x', 5)], promotions }, '2026-03-27', {});
    expect(panel.promotionKinds).toHaveLength(25);
    expect(panel.promotionKinds).not.toContain('kind x');
    // kind x ran on the 24th; kind y, on two days, is told apart
    expect([...panel.promotionKind.subarray(22, 26)]).toEqual([23, 25, 24, 24]);
  });

  it('carries the free attributes of products and locations, also where some are not described', async () => {
    const panel = await panelOf(
      {
        sales: [sale('2026-03-01', 'a', 'x', 5), sale('2026-03-01', 'b', 'y', 5)],
        products: [{ product_id: 'b', attributes: '{"brand":" Acme ","note":""}' }],
        locations: [
          { location_id: 'x', kind: 'store', attributes: '{"$m2":95.5}' },
          { location_id: 'y', kind: 'store', attributes: '{"$m2":null}' },
        ],
      },
      '2026-03-02',
    );
    expect(panel.products.attributes).toEqual([{ name: 'brand', values: ['', 'Acme'] }]);
    expect(panel.locations.attributes).toEqual([{ name: '$m2', values: ['95.5', ''] }]);
  });

  it('counts weeks back from as_of so that each is complete', async () => {
    const panel = await panelOf(
      { sales: [sale('2026-02-16', 'a', 'x', 3), sale('2026-02-23', 'a', 'x', 4, { in_stock: false })] },
      '2026-03-02',
      { frequency: 'weekly' },
    );
    expect([panel.periods, panel.periodDays]).toEqual([2, 7]);
    expect([...panel.quantity]).toEqual([3, 4]);
    expect([...panel.inStock]).toEqual([1, 0]);
  });

  it('takes an indicator as it was published at the time, not as it was revised later', async () => {
    const panel = await panelOf(
      {
        sales: [sale('2026-03-01', 'a', 'x', 5), sale('2026-03-03', 'a', 'x', 5)],
        indicators: [
          { indicator: 'cpi', date: '2026-01-01', value: 100, known_at: '2026-02-20 00:00:00' },
          { indicator: 'cpi', date: '2026-02-01', value: 101, known_at: '2026-03-02 08:00:00' },
          { indicator: 'cpi', date: '2026-02-01', value: 999, known_at: '2026-03-04 08:00:00' },
        ],
      },
      '2026-03-04',
    );
    expect(panel.indicators.names).toEqual(['cpi']);
    expect([...panel.indicators.values]).toEqual([100, 101, 101]);
  });

  it('derives sales from orders where no sales are given, without the returns', async () => {
    const line = (line: number, quantity: number) => ({
      order_id: 'o',
      line,
      ordered_at: '2026-03-01 10:00:00',
      product_id: 'a',
      quantity,
      unit_price: 2,
    });
    const panel = await panelOf({ orders: [line(1, 3), line(2, 4), line(3, -2)] }, '2026-03-02');
    expect([...panel.quantity]).toEqual([7]);
    expect(panel.locations.ids).toEqual(['(all)']);
  });

  it('is empty, not broken, without any sales', async () => {
    expect((await panelOf({}, '2026-03-02')).seriesCount).toBe(0);
  });
});
