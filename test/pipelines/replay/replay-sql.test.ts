import { afterAll, expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { warehouseWith } from '../../warehouse-fixture.ts';

const AS_OF = '2026-03-02';
const day = (back: number): string => isoDateOf(dayOf(AS_OF) - back);
const pair = { product_id: 'tea', location_id: 'north' };
const { warehouse } = await warehouseWith(
  {
    sales: Array.from({ length: 40 }, (_, i) => ({
      ...pair,
      date: day(40 - i),
      quantity: 5,
      known_at: i === 10 ? `${day(25)} 08:00:00` : null,
    })),
    promotions: [
      {
        ...pair,
        promotion_id: 'a',
        starts_on: day(10),
        ends_on: day(8),
        discount_pct: 20,
        known_at: `${day(20)} 09:00:00`,
      },
      {
        ...pair,
        promotion_id: 'b',
        starts_on: day(5),
        ends_on: day(5),
        discount_pct: 10,
        known_at: `${day(6)} 10:00:00`,
      },
      { ...pair, promotion_id: 'c', starts_on: day(3), ends_on: day(3), discount_pct: 10, known_at: null },
    ],
    prices: [{ ...pair, starts_on: day(15), price: 4, known_at: `${day(30)} 12:00:00` }],
    stock: [
      { ...pair, as_of: day(28), on_hand: 30 },
      { ...pair, as_of: day(14), on_hand: 10 },
    ],
    products: [{ product_id: 'tea', unit_cost: 2, list_price: 4 }],
  },
  AS_OF,
  { horizon: 3 },
);
afterAll(() => warehouse.close());

it('plans carry the first period in whose morning they were known', async () => {
  await warehouse.build(['int_promotions', 'int_prices', 'int_sales_late']);
  // the axis starts 40 days back: nine in the morning of 20 days back is period 20, ten o'clock of 6 days back is the next
  const promotions = await warehouse.rows('select distinct period_idx, known_idx from int_promotions order by all');
  expect(promotions).toEqual([
    { period_idx: 30, known_idx: 20 },
    { period_idx: 31, known_idx: 20 },
    { period_idx: 32, known_idx: 20 },
    { period_idx: 35, known_idx: 35 },
    { period_idx: 37, known_idx: 0 },
  ]);
  expect(await warehouse.rows('select from_idx, known_idx from int_prices')).toEqual([{ from_idx: 25, known_idx: 11 }]);
  expect(await warehouse.rows('select period_idx, known_idx from int_sales_late')).toEqual([
    { period_idx: 10, known_idx: 15 },
  ]);
});

it('stock that was kept is read between counts, and the newest count of the first morning opens the replay', async () => {
  for (const [name, back] of [
    ['replay_base', 20],
    ['replay_from', 16],
    ['replay_end', 0],
  ] as const)
    await warehouse.run(`set variable ${name} = date '${day(back)}'`);
  await warehouse.build(['int_replay_counted', 'int_replay_pair']);
  // two days at (30 + 10) / 2, then fourteen at 10
  expect(await warehouse.rows('select stretch, unit_days from int_replay_counted')).toEqual([
    { stretch: 0, unit_days: 2 * 20 + 14 * 10 },
  ]);
  expect(await warehouse.rows('select opening_day, opening_units, unit_price from int_replay_pair')).toEqual([
    { opening_day: -8, opening_units: 30, unit_price: 4 },
  ]);
});
