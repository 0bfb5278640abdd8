import { describe, expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { discountJob } from '../../../pipelines/discount.ts';
import { inlineExecutor } from '../../../pipelines/executor/executor.ts';
import { warehouseWith } from '../../warehouse-fixture.ts';

const AS_OF = '2026-03-02';
const daysBefore = (days: number): string => isoDateOf(dayOf(AS_OF) - days);

interface MartRow {
  product_id: string;
  discount_pct: number;
  starts_on: string;
  ends_on: string;
  expected_margin: number;
  lo: number;
  hi: number;
  gain: number;
  stock_after: number;
  discounted_price: number;
  guardrails: string;
  reason_code: string;
  reason: string;
  reason_zh: string;
}

/** A shop that sells 5 a day of each product at 10, or at no known price, with the stock given, and what is known of its elasticities. */
async function runDiscount(
  onHand: Record<string, number>,
  elasticities: Record<string, { mean: number; advises: boolean; priceMin?: number }>,
  unitPrice: number | null = 10,
) {
  const products = Object.keys(onHand).sort();
  const { warehouse, config } = await warehouseWith(
    {
      sales: products.flatMap((product_id) =>
        Array.from({ length: 40 }, (_, i) => ({
          date: daysBefore(40 - i),
          product_id,
          location_id: 'north',
          quantity: 5,
          unit_price: unitPrice,
        })),
      ),
      products: products.map((product_id) => ({ product_id, unit_cost: 4, list_price: 10 })),
      locations: [{ location_id: 'north', region: 'R1', kind: 'store' }],
      stock: products.map((product_id) => ({
        as_of: AS_OF,
        product_id,
        location_id: 'north',
        on_hand: onHand[product_id]!,
      })),
    },
    AS_OF,
    { discount: { sellThroughDays: 120 } },
  );
  await warehouse.run(`create table out_window_series as
    select s.i::integer as series_idx, p.i::integer as periods, 5.0 * p.i as mean, 3.5 * p.i as q10, 6.5 * p.i as q90, 7.0 * p.i as q95
    from range(${products.length}) as s(i), range(1, 31) as p(i)`);
  const known = products.map((product, index) => {
    const { mean = null, advises = false, priceMin = 5 } = elasticities[product] ?? {};
    const interval = mean === null ? 'null, null' : `${mean - 0.5}, ${mean + 0.5}`;
    return `(${index}, ${mean}, ${interval}, ${priceMin}, '${advises ? 'OK' : 'INTERVAL_TOO_WIDE'}')`;
  });
  await warehouse.run(`create table out_elasticity as
    select product_idx::integer as product_idx, null::integer as cross_product_idx, elasticity::double as elasticity,
      lo::double as lo, hi::double as hi, price_min::double as price_min, 10.0 as price_max, 40 as n, 'ppml' as method,
      reason_code, elasticity::double as own_estimate, 0.1 as standard_error, 1 as location_count, 0.1 as price_variation,
      1.0 as promotion_lift, 1.0 as holdout_gain_pct
    from (values ${known.join(', ')}) as e(product_idx, elasticity, lo, hi, price_min, reason_code)`);
  const result = await discountJob.run({
    folder: '.',
    config,
    asOf: dayOf(AS_OF),
    seed: 1,
    warehouse,
    executor: inlineExecutor(),
    progress: { update: () => undefined },
    has: () => true,
  });
  const rows = await warehouse.readRows<MartRow>('mart_discount', ['product_id']);
  warehouse.close();
  return { result, by: new Map(rows.map((row) => [row.product_id, row])) };
}

describe('discounts', () => {
  it('mark down what outlasts its demand, by the elasticity or by the default, and say why in both languages', async () => {
    const { result, by } = await runDiscount(
      { enough: 300, elastic: 1500, ranged: 1500, unsure: 1500, unknown: 1500, uncertain: 460 },
      {
        enough: { mean: -2.5, advises: true },
        elastic: { mean: -2.5, advises: true },
        ranged: { mean: -2.5, advises: true, priceMin: 9 },
        unsure: { mean: -1, advises: false },
      },
    );
    expect([...by.keys()]).toEqual(['elastic', 'ranged', 'unknown', 'unsure']);
    const elastic = by.get('elastic')!;
    expect(elastic).toMatchObject({ reason_code: 'OVER_COVER', starts_on: AS_OF, ends_on: daysBefore(-27) });
    expect(elastic.discount_pct % 5).toBe(0);
    expect(elastic.discount_pct).toBeGreaterThan(10);
    expect(elastic.gain).toBeGreaterThan(0);
    expect(elastic.discounted_price).toBeCloseTo(10 * (1 - elastic.discount_pct / 100), 2);
    expect(elastic.reason).toMatch(/^Stock lasts 300 days \(limit: 90 days\)\. \d+ % off sells about/);
    expect(elastic.reason_zh).toMatch(/^库存可售 300 天（上限 90 天）。降价/);
    expect(by.get('ranged')).toMatchObject({ discount_pct: 10, guardrails: expect.stringContaining('PRICE_RANGE') });
    for (const product of ['unsure', 'unknown']) {
      expect(by.get(product)).toMatchObject({ discount_pct: 20, reason_code: 'DEFAULT_OVER_COVER' });
    }
    for (const row of by.values()) {
      expect(row.lo).toBeLessThanOrEqual(row.expected_margin);
      expect(row.expected_margin).toBeLessThanOrEqual(row.hi);
      expect(row.stock_after).toBeGreaterThanOrEqual(0);
    }
    expect(result.counts).toMatchObject({
      stocked: 6,
      discounts: 4,
      atDefaultDepth: 2,
      notOverstocked: 1,
      notCertain: 1,
    });
    expect(result.notes).toEqual([]);
  });

  it('say what to give where too much is on hand and no price is known', async () => {
    const { result } = await runDiscount({ enough: 300, plenty: 1500 }, {}, null);
    expect(result.counts).toMatchObject({ discounts: 0, withoutPrice: 1 });
    expect(result.notes).toEqual([
      'Overstocked products and locations without a price to mark down: 1. Give unit_price in the sales, or the table prices.',
    ]);
  });
});
