import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoadProject, openLoadProject } from './load-project.ts';

const HEADER = 'date,product_id,location_id,quantity\n';
const sales = { sales: { path: 'sales.csv' } };

let project: LoadProject;
beforeEach(async () => {
  project = await openLoadProject();
});
afterEach(() => project.close());

const rawSales = () =>
  project.warehouse.rows(`select date, product_id, location_id, quantity, known_at::varchar as known_at,
    _line::double as line from raw_sales order by all`);

describe('load', () => {
  it('reads a CSV file into the contract with line numbers', async () => {
    project.write('sales.csv', `${HEADER}2024-01-01,A,S1,3\n2024-01-02,A,S1,4.5\n`);
    const { result } = await project.load(sales);
    expect(result?.counts).toMatchObject({ files: 1, records: 2, loaded: 2, quarantined: 0 });
    expect(await rawSales()).toEqual([
      { date: '2024-01-01', product_id: 'A', location_id: 'S1', quantity: 3, known_at: null, line: 2 },
      { date: '2024-01-02', product_id: 'A', location_id: 'S1', quantity: 4.5, known_at: null, line: 3 },
    ]);
  });

  it('puts broken rows into quarantine with line, column, value and reason, and loads the others', async () => {
    project.write(
      'sales.csv',
      `${HEADER}2024-01-01,A,S1,3\n01.02.2024,A,S1,4\n2024-01-03,A,S1\n\n2024-01-04,A,S1,"1,5"\n2024-01-05,A,S1,-2\n2024-01-06,,S1,2\n2024-01-07,A,S1,7\n`,
    );
    const { result } = await project.load(sales);
    expect(result?.counts).toMatchObject({ records: 7, loaded: 2, quarantined: 5 });
    expect(result?.notes[0]).toMatch(/: 5 of 7 records quarantined; mart_quarantine says why\.$/);
    expect((await rawSales()).map((row) => row.line)).toEqual([2, 9]);
    expect(await project.quarantine()).toMatchObject([
      { line: 3, column_name: 'date', value: '01.02.2024', reason_code: 'NOT_A_DATE', raw: '01.02.2024,A,S1,4' },
      { line: 4, column_name: null, reason_code: 'TOO_FEW_COLUMNS', raw: '2024-01-03,A,S1' },
      { line: 6, column_name: 'quantity', value: '1,5', reason_code: 'NOT_A_NUMBER', raw: '2024-01-04,A,S1,"1,5"' },
      { line: 7, column_name: 'quantity', value: '-2', reason_code: 'OUT_OF_RANGE' },
      { line: 8, column_name: 'product_id', value: null, reason_code: 'MISSING_VALUE' },
    ]);
  });

  it('refuses a file with an unclosed quote, naming the line, and loads the other files', async () => {
    project.write('sales.csv', `${HEADER}2024-01-01,A,S1,3\n2024-01-02,"A,S1,4\n2024-01-03,A,S1,5\n`);
    project.write('products.csv', 'product_id,name\nA,Apple\n');
    const { error } = await project.load({ ...sales, products: { path: 'products.csv' } });
    expect(error).toMatchObject({ code: 'FILE_REFUSED', place: { file: 'sales.csv', line: 3 } });
    expect(error?.message).toContain('the quote that opens on line 3');
    expect(await rawSales()).toEqual([]);
    expect(await project.files()).toMatchObject([
      { path: 'products.csv', records: 1, loaded: 1, is_refused: false },
      { path: 'sales.csv', records: 3, loaded: 0, refused: 3, is_refused: true, reason_code: 'UNCLOSED_QUOTE' },
    ]);
  });

  it('takes a file with the same content once', async () => {
    project.write('in/a.csv', `${HEADER}2024-01-01,A,S1,3\n`);
    project.write('in/b.csv', `${HEADER}2024-01-01,A,S1,3\n`);
    const { result } = await project.load({ sales: { path: 'in/*.csv' } });
    expect(result?.counts).toMatchObject({ files: 2, records: 2, loaded: 1, duplicate: 1 });
    expect(await rawSales()).toHaveLength(1);
  });

  it('quarantines rows of one key that contradict each other, and keeps rows that say the same', async () => {
    project.write(
      'sales.csv',
      'date,product_id,location_id,quantity,known_at\n2024-01-01,A,S1,3,\n2024-01-01,A,S1,4,\n2024-01-02,A,S1,1,\n2024-01-02,A,S1,1,\n2024-01-03,A,S1,1,2024-01-04\n2024-01-03,A,S1,2,2024-01-05\n',
    );
    await project.load(sales);
    expect((await rawSales()).map((row) => row.line)).toEqual([4, 5, 6, 7]);
    expect((await project.quarantine()).map((row) => [row.line, row.reason_code])).toEqual([
      [2, 'DUPLICATE_KEY'],
      [3, 'DUPLICATE_KEY'],
    ]);
  });

  it('reads gzip, JSON lines, UTF-16 and Parquet', async () => {
    const csv = `${HEADER}2024-01-01,A,S1,3\n`;
    project.write('a.csv.gz', gzipSync(csv.replace('A', 'gz')));
    project.write('b.jsonl', '{"date":"2024-01-01","product_id":"json","location_id":"S1","quantity":3}\n{"date":\n');
    project.write('c.csv', Buffer.from(`\ufeff${csv.replace('A', 'utf16')}`, 'utf16le'));
    await project.warehouse.run(`copy (select date '2024-01-01' as date, 'parquet' as product_id, 'S1' as location_id,
      unnest([3, -3]) as quantity) to '${project.folder}/d.parquet'`);
    const { result } = await project.load({
      sales: ['a.csv.gz', 'b.jsonl', 'c.csv', 'd.parquet'].map((path) => ({ path })),
    });
    expect(result?.counts).toMatchObject({ records: 6, loaded: 4, quarantined: 2 });
    expect((await rawSales()).map((row) => row.product_id)).toEqual(['gz', 'json', 'parquet', 'utf16']);
    expect(await project.quarantine()).toMatchObject([
      { path: 'b.jsonl', line: 2, reason_code: 'INVALID_JSON', raw: '{"date":' },
      { path: 'd.parquet', line: 2, column_name: 'quantity', value: '-3', reason_code: 'OUT_OF_RANGE' },
    ]);
  });

  it('maps files by a SELECT, with comments and semicolons, and quarantines what it maps wrongly', async () => {
    project.write('wide.csv', 'id,d_1,d_2\nA,1,2\nB,3,x\nC,4\n');
    project.write('days.csv', 'd,day\nd_1,2024-01-01\nd_2,2024-01-02\n');
    project.write(
      'map.sql',
      `-- wide; to long
select day as date, id as product_id, 'S1' as location_id, v as quantity
from (unpivot wide on columns('^d_') into name d value v) join days using (d); -- done;`,
    );
    const { result } = await project.load({
      sales: { path: { wide: 'wide.csv', days: 'days.csv' }, sql: 'map.sql' },
    });
    expect(result?.counts).toMatchObject({ records: 5, loaded: 4, quarantined: 1, rows_quarantined: 1 });
    expect(await rawSales()).toHaveLength(3);
    expect(await project.files()).toMatchObject([
      { path: 'days.csv', records: 2, loaded: 2 },
      { path: 'wide.csv', records: 3, loaded: 2, quarantined: 1, rows_mapped: 4, rows_loaded: 3, rows_quarantined: 1 },
    ]);
    expect((await project.quarantine()).map((row) => row.reason_code).sort()).toEqual([
      'NOT_A_NUMBER',
      'TOO_FEW_COLUMNS',
    ]);
  });

  it('gives a SELECT the lines of a text as they stand, and the line number where it asks for it', async () => {
    project.write('log.txt', 'A 1\n\nB two\nC 3');
    project.write('wide.csv', 'id,qty\nA,1\nB\nC,-3\n');
    const day = "select '2024-01-01' as date, 'S1' as location_id,";
    project.write(
      'text.sql',
      `${day} split_part(line, ' ', 1) as product_id, split_part(line, ' ', 2) as quantity from log`,
    );
    project.write('csv.sql', `${day} id as product_id, qty as quantity, _line from source`);
    await project.load({
      sales: [
        { path: { log: 'log.txt' }, sql: 'text.sql', format: 'text' },
        { path: 'wide.csv', sql: 'csv.sql' },
      ],
    });
    expect((await rawSales()).map((row) => [row.product_id, row.line])).toEqual([
      ['A', 2],
      ['A', null],
      ['C', null],
    ]);
    expect((await project.quarantine()).map((row) => [row.path, row.line, row.reason_code])).toEqual([
      ['log.txt', null, 'NOT_A_NUMBER'],
      ['wide.csv', 3, 'TOO_FEW_COLUMNS'],
      ['wide.csv', 4, 'OUT_OF_RANGE'],
    ]);
  });

  it('names a SELECT that fails with the words of DuckDB', async () => {
    project.write('sales.csv', HEADER);
    project.write('map.sql', 'select nothing from source');
    const { error } = await project.load({ sales: { path: 'sales.csv', sql: 'map.sql' } });
    expect(error).toMatchObject({ code: 'SQL_FAILED', place: { file: 'map.sql' } });
    expect(error?.message).toContain('"nothing"');
  });

  it('follows files that change, move or go away, and does not read the others again', async () => {
    project.write('a.csv', `${HEADER}2024-01-01,A,S1,3\n2024-01-01,A,S2,x\n`);
    project.write('b.csv', `${HEADER}2024-01-02,A,S1,4\n`);
    await project.load({ sales: { path: '?.csv' } });
    project.write('b.csv', `${HEADER}2024-01-02,A,S1,5\n`);
    project.remove('a.csv');
    project.write('c.csv', `${HEADER}2024-01-01,A,S1,3\n2024-01-01,A,S2,x\n`);
    await project.load({ sales: { path: '?.csv' } });
    expect((await rawSales()).map((row) => row.quantity)).toEqual([3, 5]);
    expect(await project.quarantine()).toMatchObject([{ path: 'c.csv', line: 3 }]);
    project.remove('c.csv');
    await project.load({ sales: { path: '?.csv' } });
    expect((await rawSales()).map((row) => row.quantity)).toEqual([5]);
    expect(await project.files()).toMatchObject([{ path: 'b.csv' }]);
    expect(await project.quarantine()).toEqual([]);
  });

  it('gives the same rows in whatever order files come, and the latest known truth in staging', async () => {
    const head = 'date,product_id,location_id,quantity,known_at\n';
    const parts: Record<string, string> = {
      'a.csv': `${head}2024-01-01,A,S1,1,\n2024-01-02,A,S1,2,\n`,
      'b.csv': `${head}2024-01-01,A,S1,9,2024-01-09 06:00:00\n2024-01-02,A,S1,5,\n`,
      'c.csv': `${head}2024-01-01,A,S1,7,2024-01-05 06:00:00\n`,
    };
    const seen = new Set<string>();
    for (const order of ['abc', 'cba', 'bca']) {
      const other = await openLoadProject();
      for (const name of order) {
        other.write(`${name}.csv`, parts[`${name}.csv`]!);
        await other.load({ sales: { path: '?.csv' } });
      }
      await other.warehouse.setVariable('period_days', 1);
      await other.warehouse.run("set variable as_of = date '2024-02-01'; set variable morning = interval 9 hours");
      await other.warehouse.build(['stg_sales']);
      const raw = await other.warehouse.rows('select * from raw_sales order by all');
      const truth = await other.warehouse.rows('select date, quantity from stg_sales order by all');
      expect(truth).toEqual([
        { date: '2024-01-01', quantity: 9 },
        { date: '2024-01-02', quantity: 5 },
      ]);
      seen.add(JSON.stringify([raw, truth, await other.files()]));
      other.close();
    }
    expect(seen.size).toBe(1);
  });

  it('writes a big file once, with the line of each row and the bad ones in quarantine', async () => {
    const rows = Array.from({ length: 1_000_000 }, (_, i) => `2024-01-01,product-${i},location,${i % 100}`);
    rows[123_455] = '2024-01-01,product-x';
    rows[800_000] = '2024-01-01,product-y,location,many';
    project.write('sales.csv', HEADER + rows.join('\n'));
    const { result } = await project.load(sales);
    expect(result?.counts).toMatchObject({ records: 1_000_000, loaded: 999_998, quarantined: 2 });
    const [wrong] = await project.warehouse.rows(
      "select count(*)::integer as n from raw_sales where product_id <> 'product-' || (_line - 2)",
    );
    expect(wrong).toEqual({ n: 0 });
    expect((await project.quarantine()).map((row) => [row.line, row.reason_code])).toEqual([
      [123_457, 'TOO_FEW_COLUMNS'],
      [800_002, 'NOT_A_NUMBER'],
    ]);
  });

  it('warns of products that the product table does not know, and loads their rows', async () => {
    project.write('sales.csv', `${HEADER}2024-01-01,A,S1,3\n2024-01-01,Z,S1,3\n`);
    project.write('products.csv', 'product_id\nA\n');
    const { result } = await project.load({ ...sales, products: { path: 'products.csv' } });
    expect(result?.counts).toMatchObject({ loaded: 3, warnings: 1 });
    expect(result?.notes).toEqual([expect.stringContaining('"Z"')]);
  });

  it('keeps free attributes of customers, products and locations', async () => {
    project.write('customers.csv', 'customer_id,tenure,name\nC1,12,Ann\n');
    project.write('products.csv', 'product_id,brand\nP1,Acme\n');
    project.write('locations.csv', 'location_id,kind,size m2\nS1,store,95.5\n');
    const path = (table: string) => ({ path: `${table}.csv` });
    await project.load({ customers: path('customers'), products: path('products'), locations: path('locations') });
    expect(await project.warehouse.rows('select attributes from raw_products')).toEqual([
      { attributes: '{"brand":"Acme"}' },
    ]);
    expect(await project.warehouse.rows('select attributes from raw_locations')).toEqual([
      { attributes: '{"size m2":"95.5"}' },
    ]);
    expect(await project.warehouse.rows('select name, attributes from raw_customers')).toEqual([
      { name: 'Ann', attributes: '{"tenure":"12"}' },
    ]);
  });

  it('accounts for broken and for empty rows of a table in which no column is required', async () => {
    project.write('supply.csv', 'product_id,supplier_id,lead_time_days\nA,\nB,,3\nC,SUP1,2\n,, \n');
    const { result } = await project.load({ supply: { path: 'supply.csv' } });
    expect(result?.counts).toMatchObject({ records: 4, loaded: 2, quarantined: 2 });
    expect(await project.warehouse.rows('select product_id from raw_supply order by product_id')).toEqual([
      { product_id: 'B' },
      { product_id: 'C' },
    ]);
  });

  it('names the config key of a file that is not there', async () => {
    const { error } = await project.load({ sales: { path: 'no/*.csv' } });
    expect(error).toMatchObject({ code: 'SOURCE_NOT_FOUND' });
    expect(error?.message).toContain('sources.sales.path');
  });
});
