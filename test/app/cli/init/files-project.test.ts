import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initFromFiles } from '../../../../app/cli/init/files-project.ts';
import { parseConfig } from '../../../../data/contract/config.ts';
import { Warehouse } from '../../../../pipelines/warehouse/warehouse.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadtime-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const shop = { name: 'shop', currency: 'EUR' };
const put = (name: string, text: string | Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe('initFromFiles', () => {
  it('writes the smallest config for a file that has the contract’s columns', async () => {
    const sales = put('sales.csv', 'date,product_id,location_id,quantity\n2026-03-01,a,b,1\n');
    const { config, notes } = await initFromFiles({ sales }, folder, shop);
    expect(config).toEqual({ name: 'shop', currency: 'EUR', sources: { sales: { path: 'sales.csv' } } });
    expect(JSON.parse(readFileSync(join(folder, 'leadtime.config.json'), 'utf8'))).toEqual(config);
    expect(parseConfig(config, 'x').horizon).toBe(30);
    expect(notes).toEqual([]);
  });

  it('renames columns with well-known other names, and says which it took and which it left out', async () => {
    const sales = put('verkauf.csv', '\uFEFFDatum;SKU;"Store ID";Qty;Kommentar\n2026-03-01;a;b;1;x\n');
    const { config, notes } = await initFromFiles({ sales }, folder, shop);
    expect(config.sources.sales).toEqual({
      path: 'verkauf.csv',
      delimiter: ';',
      columns: { date: 'Datum', product_id: 'SKU', location_id: 'Store ID', quantity: 'Qty' },
    });
    expect(notes).toEqual([
      'verkauf.csv: took "Datum" as date, "SKU" as product_id, "Store ID" as location_id, "Qty" as quantity.',
      'verkauf.csv: "Kommentar" not a column of sales, left out.',
    ]);
  });

  it('reads Chinese headers', async () => {
    const sales = put('sales.csv', '日期,商品编码,门店,销量,单价\n2026-03-01,a,b,1,2.5\n');
    const { config } = await initFromFiles({ sales }, folder, shop);
    expect(config.sources.sales).toMatchObject({
      columns: { date: '日期', product_id: '商品编码', location_id: '门店', quantity: '销量', unit_price: '单价' },
    });
  });

  it('says that forecasts need sales or orders where neither is named', async () => {
    const products = put('products.csv', 'product_id\na\n');
    const { notes } = await initFromFiles({ products }, folder, shop);
    expect(notes).toEqual(['Neither sales nor orders were named; forecasts need one: --sales FILE.']);
  });

  it('keeps further columns of customers as free attributes', async () => {
    const customers = put('c.csv', 'Customer,Company,tenure\n1,x,3\n');
    const { notes } = await initFromFiles({ customers }, folder, shop);
    expect(notes.at(-1)).toBe('c.csv: "tenure" kept as free attributes.');
  });

  it('names a required column that is missing and lists what the file has', async () => {
    const sales = put('sales.csv', 'day,sku,colour\n2026-03-01,a,red\n');
    await expect(initFromFiles({ sales }, folder, shop)).rejects.toMatchObject({
      code: 'COLUMN_NOT_FOUND',
      message: expect.stringMatching(
        /location_id \(location\), quantity \(units sold\); the file has "day", "sku", "colour"/,
      ),
      fix: 'Where "colour" is it, rename it in the file, or say so under "columns" in the config; else add "location_id" and "quantity" to the file, or give it in a SELECT: docs/bring-your-own-data.md.',
      place: { table: 'sales', column: 'location_id' },
    });
  });

  it('says to add a required column where every column of the file is another one', async () => {
    const locations = put('locations.csv', 'store,region\nb,North\n');
    await expect(initFromFiles({ locations }, folder, shop)).rejects.toMatchObject({
      code: 'COLUMN_NOT_FOUND',
      message: expect.stringContaining('nothing looks like kind (store or warehouse)'),
      fix: 'Add "kind" to the file, or give it in a SELECT: docs/bring-your-own-data.md.',
    });
  });

  it('says where dates are not in ISO form', async () => {
    const sales = put('sales.csv', 'date,product_id,location_id,quantity\n31/03/2026,a,b,1\n');
    const { notes } = await initFromFiles({ sales }, folder, shop);
    expect(notes).toEqual([expect.stringContaining('"date" holds "31/03/2026"')]);
  });

  it('takes a file for weekly where its dates are whole weeks apart, and not where it is told otherwise', async () => {
    const days = Array.from({ length: 9 }, (_, week) =>
      new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString().slice(0, 10),
    );
    const sales = put('sales.csv', `date,sku,store,qty\n${days.map((day) => `${day},a,b,1`).join('\n')}\n`);
    expect((await initFromFiles({ sales }, folder, shop)).config.frequency).toBe('weekly');
    const told = await initFromFiles({ sales }, folder, { ...shop, frequency: 'daily', overwrite: true });
    expect(told.config.frequency).toBe('daily');
  });

  it('reads gzipped CSV, JSON lines and Parquet', async () => {
    const sales = put('sales.csv.gz', gzipSync('date,sku,store,qty\n2026-03-01,a,b,1\n'));
    const stock = put('stock.jsonl', '{"day":"2026-03-01","sku":"a","store":"b","stock":3}\n');
    const products = join(folder, 'products.parquet');
    const warehouse = await Warehouse.open(':memory:');
    await warehouse.run(`copy (select 'a' as sku, 'Apple' as "Product Name", 0.5 as cost) to '${products}'`);
    warehouse.close();
    const { config } = await initFromFiles({ sales, stock, products }, folder, shop);
    expect(config.sources).toMatchObject({
      sales: { columns: { quantity: 'qty' } },
      stock: { columns: { as_of: 'day', product_id: 'sku', location_id: 'store', on_hand: 'stock' } },
      products: { columns: { product_id: 'sku', name: 'Product Name', unit_cost: 'cost' } },
    });
  });

  it.each([
    ['with a byte order mark', '\uFEFF'],
    ['without one', ''],
  ])('reads UTF-16 %s', async (_, mark) => {
    const sales = put('sales.csv', Buffer.from(`${mark}date,sku,store,qty\n2026-03-01,a,b,1\n`, 'utf16le'));
    const { config } = await initFromFiles({ sales }, folder, shop);
    expect(config.sources.sales).toMatchObject({ columns: { product_id: 'sku' } });
  });

  it.each([
    ['nothing at all', {}, 'FILES_MISSING'],
    ['a file that is not there', { sales: 'nowhere.csv' }, 'FILE_NOT_FOUND'],
  ])('refuses %s by name', async (_, files, code) => {
    await expect(initFromFiles(files, folder, shop)).rejects.toMatchObject({ code });
  });

  it.each([
    ['empty.csv', '', 'FILE_EMPTY'],
    ['cut.csv.gz', gzipSync('date,sku,store,qty\n2026-03-01,a,b,1\n').subarray(0, 12), 'FILE_UNREADABLE'],
    ['odd.parquet', 'no parquet', 'FILE_UNREADABLE'],
    ['odd.jsonl', '{"a":', 'FILE_UNREADABLE'],
  ])('names %s as unusable', async (name, content, code) => {
    await expect(initFromFiles({ sales: put(name, content) }, folder, shop)).rejects.toMatchObject({ code });
  });
});
