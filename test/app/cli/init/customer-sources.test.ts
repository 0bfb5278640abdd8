import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { realData } from '../../../real-data.ts';
import { type OpenSource, openSource, rawRecords, sum } from './open-source.ts';

describe.skipIf(!realData('online_retail'))('online-retail', () => {
  let source: OpenSource;
  beforeAll(async () => {
    source = await openSource('online-retail');
  });
  /** The stock codes of goods, said once more: what is left when every service and correction is named. */
  const services = `upper(trim(StockCode)) in ('POST', 'DOT', 'M', 'C2', 'C3', 'S', 'D', 'B', 'BANK CHARGES', 'ADJUST', 'ADJUST2',
    'AMAZONFEE', 'GIFT', 'TEST001', 'TEST002') or StockCode like 'gift_0001_%'`;

  it('keeps the contract in every table', () => expect(source.breaks).toEqual([]));

  it('removes exactly the 22,523 rows that the second sheet repeats', async () => {
    const overlap = `sheet = '2010-2011' and InvoiceDate <= timestamp '2010-12-09 20:01:00'`;
    const repeated = await source.one(`
      select count(*)::double as n,
        (select count(*) from files.invoices where sheet = '2009-2010' and InvoiceDate >= '2010-12-01')::double as first
      from files.invoices where ${overlap}`);
    expect(repeated).toEqual({ n: 22_523, first: 22_523 });
    // row for row the same but for invoice, code and description, which the second sheet lost on some
    const columns = 'Quantity, InvoiceDate, Price, CustomerID, Country';
    const differing = await source.one(`
      select count(*)::double as n from (
        (select ${columns} from files.invoices where sheet = '2009-2010' and InvoiceDate >= '2010-12-01'
          except all select ${columns} from files.invoices where ${overlap}))`);
    expect(differing.n).toBe(0);
  });

  it('accounts for every record of the file', async () => {
    const seen = await source.one<{
      records: number;
      overlap: number;
      unpriced: number;
      services: number;
      uncoded: number;
    }>(`
      with kept as (
        select *, sheet = '2010-2011' and InvoiceDate <= timestamp '2010-12-09 20:01:00' as is_overlap from files.invoices
      )
      select count(*)::double as records, count(*) filter (is_overlap)::double as overlap,
        count(*) filter (not is_overlap and Price <= 0)::double as unpriced,
        count(*) filter (not is_overlap and Price > 0 and (${services}))::double as services,
        count(*) filter (not is_overlap and Price > 0 and StockCode is null)::double as uncoded
      from kept`);
    const orders = (await source.one<{ n: number }>('select count(*)::double as n from mapped_orders')).n;
    expect(seen.records).toBe(1_067_367);
    const recovered = orders - (seen.records - seen.overlap - seen.unpriced - seen.services - seen.uncoded);
    // 14 lines without a stock code have a description that belongs to one code only
    expect({ ...seen, orders, recovered }).toEqual({
      records: 1_067_367,
      overlap: 22_523,
      unpriced: 6027,
      services: 5666,
      uncoded: 103,
      orders: 1_033_062,
      recovered: 14,
    });
  });

  it('keeps customers unknown on about 23 % of the lines and names all 5,942 others', async () => {
    const seen = await source.one(`
      select (select count(*) from mapped_customers)::double as customers,
        (select round(avg((CustomerID is null)::integer), 2) from files.invoices)::double as unnamed`);
    expect(seen).toEqual({ customers: 5942, unnamed: 0.23 });
    const lost = await source.one(`
      select count(*)::double as n from mapped_orders anti join mapped_customers using (customer_id) where customer_id is not null`);
    expect(lost.n).toBe(0);
  });

  it('gives returns without an invoice number one order per customer and minute', async () => {
    const seen = await source.one(`
      select count(*) filter (order_id like 'C?-%')::double as lines,
        count(distinct order_id) filter (order_id like 'C?-%')::double as orders,
        max(quantity) filter (order_id like 'C%') as highest, count(*) filter (order_id = 'C?')::double as bare
      from mapped_orders`);
    expect(seen).toEqual({ lines: 8392, orders: 3296, highest: -1, bare: 0 });
  });

  it('sells no more than was ordered, and nets what was cancelled the same day', async () => {
    const ordered = await source.one<{ gross: number; net: number }>(`
      select sum(quantity) filter (quantity > 0) as gross, sum(quantity) as net from mapped_orders`);
    const sold = await source.one<{ quantity: number; largest: number }>(
      'select sum(quantity) as quantity, max(quantity) as largest from mapped_sales',
    );
    expect(sold.quantity).toBeLessThan(ordered.gross);
    expect(sold.quantity).toBeGreaterThan(ordered.net);
    expect(sold.largest).toBeLessThan(74_215);
    const paperCraft = await source.one(
      "select count(*)::double as n from mapped_sales where product_id = '23843' and date = '2011-12-09'",
    );
    expect(paperCraft.n).toBe(0);
  });

  it('knows one product whether its code ends in a small or a capital letter', async () => {
    const seen = await source.one(`
      select count(*)::double as n, count(distinct upper(product_id))::double as upper,
        count(*) filter (name = 'Missing_Description' or name is null)::double as unnamed from mapped_products`);
    expect(seen).toMatchObject({ upper: seen.n, unnamed: 0 });
    const unknown = await source.one(
      'select count(*)::double as n from mapped_orders anti join mapped_products using (product_id)',
    );
    expect(unknown.n).toBe(0);
  });
});

describe.skipIf(!realData('cdnow'))('cdnow', () => {
  let source: OpenSource;
  beforeAll(async () => {
    source = await openSource('cdnow');
  });
  const lines = (file: string): string[][] =>
    readFileSync(join(realData('cdnow')!, file), 'utf8')
      .split('\r\n')
      .filter((line) => line !== '')
      .map((line) => line.trim().split(/ +/));

  it('keeps the contract in every table', () => expect(source.breaks).toEqual([]));

  it('reads every line of the fixed-width text: CDs and dollars of an independent sum', async () => {
    const raw = lines('CDNOW_master.txt').slice(1);
    const seen = await source.one<{ n: number; cds: number; dollars: number; customers: number }>(`
      select count(*)::double as n, sum(quantity) as cds, sum(quantity * unit_price) as dollars,
        count(distinct customer_id)::double as customers from mapped_orders`);
    expect(seen.n).toBe(69_659);
    expect(seen.cds).toBe(sum(raw.map((row) => Number(row[2]))));
    expect(seen.dollars).toBeCloseTo(sum(raw.map((row) => Number(row[3]))), 2);
    expect(seen.customers).toBe(23_570);
  });

  it('marks the 2,357 customers of the published sample, whose 6,919 purchases are all in the master', async () => {
    const sample = lines('CDNOW_sample.txt');
    const seen = await source.one(`
      select count(*)::double as purchases, count(distinct customer_id)::double as customers
      from mapped_orders join mapped_customers using (customer_id) where segment = 'sample'`);
    expect(seen).toEqual({ purchases: sample.length, customers: 2357 });
    expect(sample.length).toBe(6919);
  });

  it('gives the published calibration summary: repeat days and recency in 39 weeks', async () => {
    const published = rawRecords('cdnow', 'cdnow_customers_summary.csv').slice(1);
    const seen = await source.one<{ repeats: number; recency: number }>(`
      with days as (
        select distinct customer_id, ordered_at from mapped_orders join mapped_customers using (customer_id)
        where segment = 'sample' and ordered_at < '1997-10-01'
      )
      select sum(n - 1)::double as repeats, sum(weeks) as recency
      from (select count(*) as n, date_diff('day', min(ordered_at), max(ordered_at)) / 7 as weeks from days group by customer_id)`);
    expect(seen.repeats).toBe(sum(published.map((row) => Number(row[1]))));
    expect(seen.recency).toBeCloseTo(sum(published.map((row) => Number(row[2]))), 0);
  });

  it('has only customers who first bought in the first quarter of 1997', async () => {
    const seen = await source.one('select min(since)::text as first, max(since)::text as last from mapped_customers');
    expect(seen).toEqual({ first: '1997-01-01', last: '1997-03-25' });
  });
});

describe.skipIf(!realData('telco'))('telco', () => {
  it('keeps 5,657 customers with their label, and reads a blank TotalCharges as unknown', async () => {
    const source = await openSource('telco');
    const [header, ...raw] = rawRecords('telco', 'Telco-Customer-Churn.csv');
    const at = (name: string): number => header!.indexOf(name);
    const blank = raw.filter((row) => row[at('TotalCharges')]!.trim() === '');
    expect(source.breaks).toEqual([]);
    const seen = await source.one(`
      select count(*)::double as n, count(*) filter (Churn = 'Yes')::double as churned,
        count(*) filter (TotalCharges is null)::double as blank, count(*) filter (TotalCharges is null and tenure = '0')::double as fresh
      from mapped_customers`);
    expect(seen).toEqual({
      n: raw.length,
      churned: raw.filter((row) => row[at('Churn')] === 'Yes').length,
      blank: blank.length,
      fresh: blank.length,
    });
    expect(seen.blank).toBe(8);
    const attributes = await source.one(
      "select count(*)::double as n from duckdb_columns() where table_name = 'mapped_customers'",
    );
    expect(attributes.n).toBe(header!.length);
  });
});

describe.skipIf(!realData('crm_sales'))('crm-sales', () => {
  let source: OpenSource;
  let raw: string[][];
  beforeAll(async () => {
    source = await openSource('crm-sales');
    raw = rawRecords('crm_sales', 'sales_pipeline.csv').slice(1);
  });

  it('keeps the contract in every table', () => expect(source.breaks).toEqual([]));

  it('keeps every deal: 8,800, of which 1,425 without account and 500 without date', async () => {
    const seen = await source.one(`
      select count(distinct opportunity_id)::double as deals,
        count(distinct opportunity_id) filter (customer_id is null)::double as nameless,
        count(*) filter (stage = 'Prospecting')::double as prospecting from mapped_opportunities`);
    expect(seen).toEqual({
      deals: raw.length,
      nameless: raw.filter((row) => row[3] === '').length,
      prospecting: raw.filter((row) => row[5] === '').length,
    });
    expect(seen).toEqual({ deals: 8800, nameless: 1425, prospecting: 500 });
  });

  it('enters each stage once and keeps the won dollars', async () => {
    const stages = await source.rows(`
      select stage, count(*)::double as n, count(*) filter (left_on is null)::double as open from mapped_opportunities group by all order by stage`);
    expect(stages).toEqual([
      { stage: 'Engaging', n: 1589 + 4238 + 2473, open: 1589 },
      { stage: 'Lost', n: 2473, open: 0 },
      { stage: 'Prospecting', n: 500, open: 500 },
      { stage: 'Won', n: 4238, open: 0 },
    ]);
    const won = await source.one("select sum(amount) as amount from mapped_opportunities where stage = 'Won'");
    expect(won.amount).toBe(sum(raw.filter((row) => row[4] === 'Won').map((row) => Number(row[7]))));
  });

  it('sees deals without a date on the last day of the file, not before', async () => {
    const seen = await source.rows(
      "select distinct entered_on::text as entered_on from mapped_opportunities where stage = 'Prospecting'",
    );
    expect(seen).toEqual([{ entered_on: '2017-12-31' }]);
  });

  it('knows GTXPro as GTX Pro, so that every deal has a product with a price', async () => {
    const seen = await source.one(`
      select count(*) filter (p.product_id is null)::double as unknown, count(*) filter (o.product_id = 'GTX Pro' and stage <> 'Engaging')::double as pro,
        count(*) filter (amount is null)::double as unpriced
      from mapped_opportunities as o left join mapped_products as p using (product_id)`);
    expect(seen).toMatchObject({ unknown: 0, unpriced: 0 });
  });

  it('has 85 accounts, spelt right, each with an owner', async () => {
    const seen = await source.one(`
      select count(*)::double as n, count(owner)::double as owned,
        count(*) filter (segment = 'technology')::double as technology, count(*) filter (region = 'Philippines')::double as philippines
      from mapped_customers`);
    expect(seen).toEqual({ n: 85, owned: 85, technology: 12, philippines: 1 });
  });
});
