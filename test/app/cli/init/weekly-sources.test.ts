import { beforeAll, describe, expect, it } from 'vitest';
import { realData } from '../../../real-data.ts';
import { type OpenSource, openSource, rawRecords, sum } from './open-source.ts';

describe.skipIf(!realData('vn2'))('vn2', () => {
  let source: OpenSource;
  beforeAll(async () => {
    source = await openSource('vn2');
  });

  it('keeps the contract in every table', () => expect(source.breaks).toEqual([]));

  it('turns 599 x 157 columns into rows, every date a Monday', async () => {
    const [header, ...raw] = rawRecords('vn2', 'Week 0 - 2024-04-08 - Sales.csv');
    const seen = await source.one(`
      select count(*)::double as n, sum(quantity) as quantity, count(distinct dayofweek(date))::double as weekdays,
        min(dayofweek(date))::double as weekday, max(date)::text as last from mapped_sales`);
    expect(header!.length - 2).toBe(157);
    expect(seen).toEqual({
      n: 599 * 157,
      quantity: sum(raw.flatMap((row) => row.slice(2).map(Number))),
      weekdays: 1,
      weekday: 1,
      last: '2024-04-08',
    });
  });

  it('marks exactly the 10,517 cells out of stock as censored, and ignores the flags of weeks after the sales', async () => {
    const [header, ...raw] = rawRecords('vn2', 'Week 0 - In Stock.csv');
    const known = header!.filter((name) => name <= '2024-04-08').length;
    expect(header!.length - 2).toBe(165);
    const out = sum(raw.map((row) => row.slice(2, 2 + known).filter((flag) => flag === 'False').length));
    const seen = await source.one(`
      select count(*) filter (not in_stock)::double as out, count(*) filter (in_stock is null)::double as unknown from mapped_sales`);
    expect(seen).toEqual({ out, unknown: 0 });
    expect(out).toBe(10_517);
  });

  it('counts stock on the morning of 15 April 2024 and what is under way, two weeks after its order', async () => {
    const [header, ...raw] = rawRecords('vn2', 'Week 0 - 2024-04-08 - Initial State.csv');
    const total = (name: string): number => sum(raw.map((row) => Number(row[header!.indexOf(name)])));
    const seen = await source.one(`
      select (select sum(on_hand) from mapped_stock) as on_hand,
        coalesce((select sum(quantity) from mapped_inbound where due_on = '2024-04-15'), 0)::double as week_1,
        coalesce((select sum(quantity) from mapped_inbound where due_on = '2024-04-22'), 0)::double as week_2,
        (select count(*) from mapped_inbound where due_on - ordered_on <> 14)::double as odd`);
    expect(seen).toEqual({
      on_hand: total('End Inventory'),
      week_1: total('In Transit W+1'),
      week_2: total('In Transit W+2'),
      odd: 0,
    });
  });

  it('states the terms of the challenge for every store-product', async () => {
    const terms = await source.rows(`
      select distinct lead_time_days::double as lead, review_period_days::double as review,
        round(holding_cost_per_unit_day * 7, 9)::double as holding, shortage_cost_per_unit::double as shortage from mapped_supply`);
    expect(terms).toEqual([{ lead: 14, review: 7, holding: 0.2, shortage: 1 }]);
    const counts = await source.one(`
      select (select count(*) from mapped_supply)::double as supply, (select count(*) from mapped_products)::double as products,
        (select count(*) from mapped_locations)::double as locations`);
    expect(counts).toEqual({ supply: 599, products: 297, locations: 67 });
  });
});

describe.skipIf(!realData('oj'))('oj', () => {
  let source: OpenSource;
  let raw: string[][];
  const ounces = (brand: string): number => ({ 2: 96, 6: 96, 11: 128 })[brand] ?? 64;
  beforeAll(async () => {
    source = await openSource('oj');
    raw = rawRecords('oj', 'orangeJuice_yx.csv.gz').slice(1);
  });

  it('keeps the contract in every table', () => expect(source.breaks).toEqual([]));

  it('finds whole cartons in every log of ounces', () => {
    const parts = raw.map((row) => Math.exp(Number(row[3])) / ounces(row[1]!));
    expect(Math.max(...parts.map((cartons) => Math.abs(cartons - Math.round(cartons))))).toBeLessThan(0.001);
  });

  it('sells the cartons and the dollars of an independent sum', async () => {
    const cartons = raw.map((row) => Math.round(Math.exp(Number(row[3])) / ounces(row[1]!)));
    const dollars = raw.map((row, i) => cartons[i]! * Number(row[4 + Number(row[1])]) * ounces(row[1]!));
    const seen = await source.one<{ n: number; quantity: number; revenue: number }>(
      'select count(*)::double as n, sum(quantity) as quantity, sum(revenue) as revenue from mapped_sales',
    );
    expect(seen.n).toBe(106_139);
    expect(seen.quantity).toBe(sum(cartons));
    expect(seen.revenue / sum(dollars)).toBeCloseTo(1, 9);
  });

  it('agrees with the three brands of the second file: same ounces and price per 64 ounces', async () => {
    const second = rawRecords('oj', 'oj_taddy_28947.csv.gz').slice(1);
    for (const [brand, name] of [
      ['1', 'tropicana'],
      ['5', 'minute.maid'],
      ['10', 'dominicks'],
    ] as const) {
      const rows = second.filter((row) => row[2] === name);
      const seen = await source.one<{ n: number; ounces: number; price: number }>(
        `select count(*)::double as n, sum(quantity) * 64 as ounces, sum(unit_price) as price from mapped_sales where product_id = '${brand}'`,
      );
      expect(seen.n).toBe(rows.length);
      expect(seen.ounces).toBeCloseTo(sum(rows.map((row) => Number(row[0]))), 0);
      expect(seen.price / sum(rows.map((row) => Number(row[1])))).toBeCloseTo(1, 5);
    }
  });

  it('starts week 1 on Thursday 14 September 1989 and leaves missing weeks missing', async () => {
    const seen = await source.one(`
      select min(date)::text as first, max(date)::text as last, count(distinct dayofweek(date))::double as weekdays,
        count(distinct (location_id, date))::double as store_weeks from mapped_sales`);
    expect(seen).toEqual({ first: '1990-06-14', last: '1992-10-01', weekdays: 1, store_weeks: 9649 });
  });

  it('marks promotions on the rows with a deal or a feature, and lists the same weeks', async () => {
    const promoted = raw.filter((row) => row[16] === '1' || Number(row[17]) > 0).length;
    const seen = await source.one(`
      select count(*) filter (on_promotion)::double as promoted,
        (select sum((ends_on - starts_on + 1) / 7) from mapped_promotions)::double as weeks from mapped_sales`);
    expect(seen).toEqual({ promoted, weeks: promoted });
  });

  it('gives each sale the list price of its brand, store and week', async () => {
    const seen = await source.one(`
      select count(*)::double as n, count(*) filter (s.unit_price = p.price)::double as agreed
      from mapped_sales as s
      join mapped_prices as p on p.product_id = s.product_id and p.location_id = s.location_id and p.starts_on = s.date`);
    expect(seen).toEqual({ n: 106_139, agreed: 106_139 });
  });
});
