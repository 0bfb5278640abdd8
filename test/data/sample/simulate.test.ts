import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../data/contract/config.ts';
import { contractOf, TABLE_NAMES, type TableName } from '../../../data/contract/tables.ts';
import { dayOf } from '../../../data/day.ts';
import { type SampleOptions, type SampleSummary, simulateCompany } from '../../../data/sample/simulate.ts';
import { columnsOf, TRUTH_TABLES } from '../../../data/sample/tables.ts';
import { type CsvFile, readCsv } from './read-csv.ts';

const root = mkdtempSync(join(tmpdir(), 'leadtime-sample-'));
const small = { products: 24, locations: 8, years: 1.2, customers: 200 };
const make = (name: string, options: Partial<SampleOptions> = {}): Promise<SampleSummary> =>
  simulateCompany({ folder: join(root, name), ...small, ...options });

function digests(name: string): Record<string, string> {
  const files = ['input', 'truth'].flatMap((part) =>
    readdirSync(join(root, name, part)).map((file) => `${part}/${file}`),
  );
  return Object.fromEntries(
    [...files, 'leadtime.config.json', 'README.md'].map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(root, name, file)))
        .digest('hex'),
    ]),
  );
}

let summary: SampleSummary;
const input = {} as Record<TableName, CsvFile>;
const truth = {} as Record<keyof typeof TRUTH_TABLES, CsvFile>;

beforeAll(async () => {
  summary = await make('a');
  for (const table of TABLE_NAMES) input[table] = readCsv(join(root, 'a', 'input', `${table}.csv`));
  for (const table of Object.keys(TRUTH_TABLES) as (keyof typeof TRUTH_TABLES)[])
    truth[table] = readCsv(join(root, 'a', 'truth', `${table}.csv`));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the sample project', () => {
  it('is the same bytes for the same seed', async () => {
    await make('b');
    expect(digests('b')).toEqual(digests('a'));
  });

  it('differs for another seed', async () => {
    await make('c', { seed: 2 });
    expect(digests('c')['input/sales.csv']).not.toBe(digests('a')['input/sales.csv']);
  });

  it('has a config that is valid and says that it is simulated', () => {
    const config = parseConfig(JSON.parse(readFileSync(join(root, 'a', 'leadtime.config.json'), 'utf8')), 'config');
    expect(config.name).toContain('simulated');
    expect(config.currency).toBe('EUR');
    expect(Object.keys(config.sources).sort()).toEqual([...TABLE_NAMES].sort());
    expect(JSON.stringify(config)).not.toContain('truth');
  });

  it('has a README that says so in plain words', () => {
    expect(readFileSync(join(root, 'a', 'README.md'), 'utf8')).toContain('This company does not exist');
  });

  it('reports the rows it wrote', () => {
    for (const table of TABLE_NAMES) expect(input[table].rows.length).toBe(summary.rows[table]);
    expect(truth.demand_censored.rows.length).toBe(summary.stockOutDays);
  });

  it('grows to the sales rows asked for', async () => {
    const { rows } = await make('rows', { rows: 60_000, customers: 0 });
    expect(rows.sales).toBeGreaterThanOrEqual(60_000);
    expect(rows.sales).toBeLessThan(80_000);
  });

  it('keeps a product as it is when more products are added', async () => {
    await make('more', { products: 28 });
    const lines = (name: string) =>
      readFileSync(join(root, name, 'input', 'sales.csv'), 'utf8')
        .split('\n')
        .filter((line) => line.includes(',P0005,'));
    expect(lines('more')).toEqual(lines('a'));
  });

  it.each([
    [{ products: 0 }, 'products'],
    [{ locations: 2 }, 'locations'],
    [{ years: Number.NaN }, 'years'],
    [{ rows: -1 }, 'rows'],
  ])('refuses %j by name', async (options, named) => {
    await expect(make('bad', options)).rejects.toMatchObject({ code: 'SAMPLE_OPTION_INVALID' });
    await expect(make('bad', options)).rejects.toThrow(named);
  });
});

describe('contract of the input files', () => {
  const patterns = {
    date: /^\d{4}-\d{2}-\d{2}$/,
    timestamp: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/,
    boolean: /^(true|false)$/,
    integer: /^-?\d+$/,
    text: /\S/,
    number: /^-?\d+(\.\d+)?$/,
  };
  const patternOf = (type: string): RegExp => patterns[type as keyof typeof patterns] ?? patterns.number;

  it.each(TABLE_NAMES)('has every column of %s, in order, with values of its type and range', (table) => {
    const { header, rows } = input[table];
    expect(header).toEqual(columnsOf(table));
    expect(rows.length).toBeGreaterThan(0);
    for (const [name, column] of Object.entries(contractOf(table).columns)) {
      const given = rows.map((row) => row[name]!).filter((value) => value !== '');
      if (column.required) expect(given.length, name).toBe(rows.length);
      const wrong = given.filter((value) => {
        const outside = Number(value) < (column.min ?? -Infinity) || Number(value) > (column.max ?? Infinity);
        return !patternOf(column.type).test(value) || outside || (column.oneOf && !column.oneOf.includes(value));
      });
      expect(wrong.slice(0, 3), name).toEqual([]);
    }
  });

  it.each(TABLE_NAMES)('never repeats a key of %s', (table) => {
    const keys = input[table].rows.map((row) =>
      contractOf(table)
        .key.map((name) => row[name])
        .join('|'),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('refers only to products, locations and customers that exist', () => {
    const ids = (table: TableName, column: string) => new Set(input[table].rows.map((row) => row[column]!));
    const known = {
      product_id: ids('products', 'product_id'),
      location_id: ids('locations', 'location_id'),
      supplied_by: ids('locations', 'location_id'),
      customer_id: ids('customers', 'customer_id'),
    };
    for (const table of TABLE_NAMES)
      for (const [column, allowed] of Object.entries(known))
        if (input[table].header.includes(column))
          expect(
            [...ids(table, column)].filter((id) => id !== '' && !allowed.has(id)),
            `${table}.${column}`,
          ).toEqual([]);
  });

  it('knows nothing that was not known on the as-of morning', () => {
    const { asOf } = summary;
    const observed: [TableName, string][] = [
      ['sales', 'date'],
      ['inbound', 'ordered_on'],
      ['orders', 'ordered_at'],
      ['payments', 'invoiced_on'],
      ['payments', 'paid_on'],
      ['contacts', 'at'],
      ['opportunities', 'entered_on'],
      ['opportunities', 'left_on'],
      ['opportunities', 'last_activity_on'],
      ['funnel', 'date'],
      ['overrides', 'known_at'],
      ['promotions', 'known_at'],
      ['prices', 'known_at'],
      ['indicators', 'known_at'],
      ['customers', 'since'],
    ];
    for (const [table, column] of observed)
      expect(input[table].rows.filter((row) => row[column]! >= asOf).length, `${table}.${column}`).toBe(0);
    expect(input.stock.rows.every((row) => row.as_of! <= asOf)).toBe(true);
  });

  it('has promotions, prices, holidays and deliveries ahead', () => {
    const { asOf } = summary;
    expect(input.promotions.rows.some((row) => row.starts_on! >= asOf)).toBe(true);
    expect(input.prices.rows.some((row) => row.starts_on! >= asOf)).toBe(true);
    expect(input.calendar.rows.some((row) => row.date! >= asOf && row.event === '11.11')).toBe(true);
    expect(input.inbound.rows.every((row) => row.due_on! > asOf)).toBe(true);
  });
});

describe('truth of sales and stock', () => {
  const keyOf = ({ date, product_id, location_id }: Record<string, string>) => `${date}|${product_id}|${location_id}`;

  it('censors sales exactly where a shelf ran empty', () => {
    const short = new Map(truth.demand_censored.rows.map((row) => [keyOf(row), row]));
    const emptied = input.sales.rows.filter((row) => row.in_stock === 'false');
    expect(emptied.length).toBe(short.size);
    for (const row of emptied) {
      expect(short.get(keyOf(row))!.sold).toBe(row.quantity);
      expect(Number(row.quantity)).toBeLessThanOrEqual(Number(short.get(keyOf(row))!.demand));
    }
    const share = emptied.length / input.sales.rows.length;
    expect(share).toBeGreaterThan(0.005);
    expect(share).toBeLessThan(0.1);
  });

  it('has revenue that is quantity times price, below the list price only in promotions', () => {
    for (const row of input.sales.rows) {
      const cents = Math.round(Number(row.unit_price) * 100);
      expect(Math.round(Number(row.revenue) * 100)).toBe(cents * Number(row.quantity));
      if (row.on_promotion === 'false') expect(row.unit_price).toBe(row.list_price);
    }
  });

  it('never counts a negative stock, and counts every product and location on the as-of morning', () => {
    expect(input.stock.rows.every((row) => Number(row.on_hand) >= 0)).toBe(true);
    const products = input.products.rows.filter(({ launched_on }) => launched_on! <= summary.asOf).length;
    expect(input.stock.rows.filter((row) => row.as_of === summary.asOf).length).toBe(
      products * input.locations.rows.length,
    );
  });

  it('sells nothing in a warehouse, on a closed day, before a launch or after an ending', () => {
    const warehouses = new Set(
      input.locations.rows.filter(({ kind }) => kind === 'warehouse').map((row) => row.location_id),
    );
    expect(input.sales.rows.some((row) => warehouses.has(row.location_id))).toBe(false);
    const shut = new Set(
      input.calendar.rows
        .filter((row) => row.is_closed === 'true' && row.location_id !== '')
        .map((row) => row.date + row.location_id!),
    );
    expect(shut.size).toBeGreaterThan(0);
    const onClosed = input.sales.rows.filter((row) => shut.has(row.date! + row.location_id!));
    expect(onClosed.every((row) => row.quantity === '0')).toBe(true);
    const life = new Map(truth.products.rows.map((row) => [row.product_id, row]));
    for (const { date, product_id } of input.sales.rows) {
      const { launched_on, ended_on } = life.get(product_id!)!;
      if (launched_on !== '') expect(date! >= launched_on!).toBe(true);
      if (ended_on !== '') expect(date! <= ended_on!).toBe(true);
    }
  });

  it('has true demand for 90 days from the as-of date on', () => {
    const days = truth.demand_future.rows.map(({ date }) => dayOf(date!) - dayOf(summary.asOf));
    expect(Math.min(...new Set(days))).toBe(0);
    expect(Math.max(...new Set(days))).toBe(89);
  });
});

it('refuses years whose lunisolar calendar is not listed', async () => {
  await expect(make('early', { endsOn: '2014-06-01' })).rejects.toMatchObject({ code: 'CALENDAR_YEAR_UNKNOWN' });
});
