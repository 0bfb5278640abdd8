import { beforeAll, describe, expect, it } from 'vitest';
import { realData } from '../../../real-data.ts';
import { type OpenSource, openSource, rawRecords, sum } from './open-source.ts';

describe.skipIf(!realData('rossmann'))('rossmann', () => {
  let source: OpenSource;
  let raw: string[][];
  beforeAll(async () => {
    source = await openSource('rossmann');
    raw = rawRecords('rossmann', 'train.csv.gz').slice(1);
  });

  it('keeps the contract in every table', () => expect(source.breaks).toEqual([]));

  it('has every row of the file and the turnover of an independent sum', async () => {
    const seen = await source.one('select count(*)::double as n, sum(quantity) as quantity from mapped_sales');
    expect(seen).toEqual({ n: raw.length, quantity: sum(raw.map((row) => Number(row[3]))) });
    expect(seen.n).toBe(970_379);
  });

  it('marks the 17 % of closed rows as closures, each of zero turnover', async () => {
    const closed = raw.filter((row) => row[5] === '0').length;
    expect(closed / raw.length).toBeCloseTo(0.171, 3);
    const seen = await source.one(`
      select count(*)::double as n, max(s.quantity) as quantity
      from mapped_calendar as c join mapped_sales as s using (date, location_id) where c.is_closed`);
    expect(seen).toEqual({ n: closed, quantity: 0 });
  });

  it('knows closed days and promotions ahead, to 31 July 2015', async () => {
    const future = rawRecords('rossmann', 'future.csv.gz').slice(1);
    const ahead = await source.one(
      "select count(*)::double as n from mapped_calendar where is_closed and date >= '2015-06-20'",
    );
    expect(ahead.n).toBe(future.filter((row) => row[3] === '0').length);
    const last = await source.one('select max(ends_on)::text as ends_on from mapped_promotions');
    expect(last.ends_on).toBe('2015-07-31');
  });

  it('has one chain-wide promotion for each run of days, on exactly the days every store is promoted', async () => {
    const days = new Map<string, Set<string>>();
    for (const row of [
      ...raw.map((r) => [r[2], r[6]]),
      ...rawRecords('rossmann', 'future.csv.gz')
        .slice(1)
        .map((r) => [r[2], r[4]]),
    ]) {
      if (!days.has(row[0]!)) days.set(row[0]!, new Set());
      days.get(row[0]!)!.add(row[1]!);
    }
    expect([...days.values()].every((flags) => flags.size === 1)).toBe(true);
    const mapped = await source.rows<{ ds: string }>(
      'select unnest(range(starts_on, ends_on + 1, interval 1 day))::date::text as ds from mapped_promotions order by ds',
    );
    const promoted = [...days].filter(([, flags]) => flags.has('1')).map(([day]) => day);
    expect(mapped.map((row) => row.ds)).toEqual(promoted.sort());
  });

  it('reads StateHoliday as a string: a, b and c are holidays, 0 is none', async () => {
    const holidays = await source.rows(
      "select event, count(*)::double as n from mapped_calendar where kind = 'holiday' and date < '2015-06-20' group by all order by event",
    );
    const count = (letter: string): number => raw.filter((row) => row[7] === letter).length;
    expect(holidays).toEqual([
      { event: 'Christmas', n: count('c') },
      { event: 'Easter', n: count('b') },
      { event: 'public holiday', n: count('a') },
    ]);
  });

  it('dates carnival from Easter, for all stores', async () => {
    const carnival = await source.rows(
      "select date::text as date, event, location_id from mapped_calendar where event like 'Carnival%' order by date",
    );
    const day = (event: string, date: string) => ({ date, event: `Carnival ${event}`, location_id: null });
    expect(carnival).toEqual([
      day('Thursday', '2013-02-07'),
      day('Monday', '2013-02-11'),
      day('Thursday', '2014-02-27'),
      day('Monday', '2014-03-03'),
      day('Thursday', '2015-02-12'),
      day('Monday', '2015-02-16'),
    ]);
  });

  it('leaves the gap of 180 stores from July to December 2014 without rows, and 1 January 2013 of one', async () => {
    const seen = await source.rows(`
      select days, count(*)::double as stores
      from (select location_id, count(*)::double as days from mapped_sales group by all) group by all order by days`);
    expect(seen).toEqual([
      { days: 716, stores: 180 },
      { days: 899, stores: 1 },
      { days: 900, stores: 934 },
    ]);
    const inGap = await source.one(`
      select count(distinct location_id)::double as stores from mapped_sales where date between '2014-07-01' and '2014-12-31'`);
    expect(inGap.stores).toBe(1115 - 180);
  });

  it('does not use Customers, which nobody knows ahead', async () => {
    const columns = await source.rows<{ name: string }>(
      "select column_name as name from duckdb_columns() where table_name like 'mapped_%'",
    );
    expect(columns.map((column) => column.name.toLowerCase())).not.toContain('customers');
  });
});

describe.skipIf(!realData('m5'))('m5', () => {
  let source: OpenSource;
  beforeAll(async () => {
    source = await openSource('m5');
  });

  it('keeps the contract in every table', () => expect(source.breaks).toEqual([]));

  it('turns 70 x 1,941 columns into rows without losing a unit or a day', async () => {
    const [, ...raw] = rawRecords('m5', 'sales_store_dept.csv.gz');
    const seen = await source.one('select count(*)::double as n, sum(quantity) as quantity from mapped_sales');
    expect(seen).toEqual({ n: 70 * 1941, quantity: sum(raw.flatMap((row) => row.slice(2).map(Number))) });
  });

  it('puts d_1913 on 24 April 2016, the day before the scored window', async () => {
    const [header, ...raw] = rawRecords('m5', 'sales_store_dept.csv.gz');
    const at = header!.indexOf('d_1913');
    const seen = await source.rows<{ quantity: number }>(
      "select quantity from mapped_sales where date = '2016-04-24' order by location_id, product_id",
    );
    const key = (row: string[]): string => `${row[0]}|${row[1]}`;
    const sorted = raw.sort((a, b) => (key(a) < key(b) ? -1 : 1));
    expect(seen.map((row) => row.quantity)).toEqual(sorted.map((row) => Number(row[at])));
  });

  it('closes all stores on Christmas day, five times', async () => {
    const closures = await source.rows(
      'select date::text as date, region from mapped_calendar where is_closed order by date',
    );
    expect(closures).toEqual([2011, 2012, 2013, 2014, 2015].map((year) => ({ date: `${year}-12-25`, region: null })));
  });

  it('keeps both events of a day, and SNAP days per state into the window ahead', async () => {
    const [header, ...raw] = rawRecords('m5', 'calendar.csv.gz');
    const at = (name: string): number => header!.indexOf(name);
    const events = raw.flatMap((row) => [row[at('event_name_1')], row[at('event_name_2')]]).filter(Boolean).length;
    const snap = sum(raw.flatMap((row) => ['snap_CA', 'snap_TX', 'snap_WI'].map((name) => Number(row[at(name)]))));
    const seen = await source.one(`
      select count(*) filter (kind in ('holiday', 'event'))::double as events, count(*) filter (kind = 'snap')::double as snap,
        max(date)::text as last from mapped_calendar`);
    expect(seen).toMatchObject({ events, snap });
    expect(String(seen.last) >= '2016-06-10').toBe(true);
  });

  it('has 7 departments in 3 categories and 10 stores in 3 states', async () => {
    const seen = await source.one(`
      select (select count(*) from mapped_products)::double as products, (select count(distinct category) from mapped_products)::double as categories,
        (select count(*) from mapped_locations)::double as stores, (select count(distinct region) from mapped_locations)::double as states`);
    expect(seen).toEqual({ products: 7, categories: 3, stores: 10, states: 3 });
  });
});

describe.skipIf(!realData('m5'))('m5-items', () => {
  let source: OpenSource;
  let raw: string[][];
  beforeAll(async () => {
    source = await openSource('m5-items');
    raw = rawRecords('m5', 'sales_train_evaluation_CA_1_FOODS.csv.gz').slice(1);
  });

  it('keeps the contract in every table', () => expect(source.breaks).toEqual([]));

  it('has 57 % of zero cells in the file, and drops only cells before the first price, all of them zero', async () => {
    const cells = raw.flatMap((row) => row.slice(6).map(Number));
    const zero = cells.filter((quantity) => quantity === 0).length;
    expect(cells.length).toBe(1437 * 1941);
    expect(zero / cells.length).toBeCloseTo(0.569, 3);
    const seen = await source.one(`
      select count(*)::double as n, count(*) filter (quantity = 0)::double as zero, sum(quantity) as quantity from mapped_sales`);
    expect(seen).toEqual({ n: cells.length - 528_976, zero: zero - 528_976, quantity: sum(cells) });
  });

  it('starts each item on the first day of its first week with a price', async () => {
    const odd = await source.one(`
      select count(*)::double as n
      from (select product_id, min(date) as first_on from mapped_sales group by all) as s
      join (select product_id, min(starts_on) as priced_on from mapped_prices group by all) as p using (product_id)
      join mapped_products using (product_id)
      where first_on <> priced_on or launched_on <> first_on or (launched_on is null) <> (first_on = '2011-01-29')`);
    expect(odd.n).toBe(0);
  });

  it('lists a price at each change and gives the price of the week to each sale', async () => {
    const seen = await source.one(`
      select count(*)::double as sales, count(*) filter (p.price = s.unit_price)::double as agreed
      from mapped_sales as s asof join mapped_prices as p on p.product_id = s.product_id and s.date >= p.starts_on`);
    expect(seen.agreed).toBe(seen.sales);
    expect(seen.sales).toBe(2_260_241);
    expect((await source.one('select count(*)::double as n from mapped_prices')).n).toBe(5570);
  });

  it('agrees with the published dollars of the 28 days to d_1913', async () => {
    const published = rawRecords('m5', 'dollars_CA_1_FOODS_by_origin.csv').filter((row) => row[1] === '1913');
    const seen = await source.one(
      "select sum(revenue) as dollars from mapped_sales where date between '2016-03-28' and '2016-04-24'",
    );
    expect(seen.dollars).toBeCloseTo(sum(published.map((row) => Number(row[2]))), 1);
  });
});

describe.skipIf(!realData('store_item'))('store-item', () => {
  it('maps 867,000 rows, 50 items and 10 stores', async () => {
    const source = await openSource('store-item');
    const raw = rawRecords('store_item', 'train.csv.gz').slice(1);
    expect(source.breaks).toEqual([]);
    const seen = await source.one(`
      select count(*)::double as n, sum(quantity) as quantity, (select count(*) from mapped_products)::double as items,
        (select count(*) from mapped_locations)::double as stores from mapped_sales`);
    expect(seen).toEqual({ n: 867_000, quantity: sum(raw.map((row) => Number(row[3]))), items: 50, stores: 10 });
  });
});
