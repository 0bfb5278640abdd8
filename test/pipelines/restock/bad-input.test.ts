import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { packageRoot } from '../../../pipelines/warehouse/package-root.ts';

const AS_OF = '2026-03-02';
const daysBefore = (days: number): string => isoDateOf(dayOf(AS_OF) - days);

/** One product per kind of bad input; all sell 5 a day. */
const PRODUCTS = [
  'fine',
  'stock-negative',
  'stock-missing',
  'stock-blank',
  'stock-old',
  'lead-time-zero',
  'lead-time-blank',
  'review-blank',
  'overdue',
  'lost',
  'supplier-unknown',
  'supplier-none',
];
const WITHOUT_TERMS = ['supplier-unknown', 'supplier-none'];

interface Row {
  product_id: string;
  reason_code: string;
  data_issues: string | null;
  reason: string;
  reason_zh: string;
  order_quantity: number;
  on_hand: number | null;
  lead_time_days: number;
}

const folder = mkdtempSync(join(tmpdir(), 'leadtime-bad-input-'));
const cli = join(packageRoot, 'dist', 'app', 'cli', 'main.js');
const run = (...args: string[]) =>
  spawnSync(process.execPath, [cli, ...args, '--project', folder], { encoding: 'utf8' });
const rows = new Map<string, Row>();

const tables: Record<string, string[]> = {
  sales: [
    'date,product_id,location_id,quantity',
    ...Array.from({ length: 120 }, (_, i) =>
      PRODUCTS.map((product) => `${daysBefore(120 - i)},${product},shop,5`),
    ).flat(),
  ],
  products: [
    'product_id,unit_cost,list_price,supplier_id',
    ...PRODUCTS.map(
      (id) => `${id},4,10,${id === 'supplier-unknown' ? 'nobody' : id === 'supplier-none' ? '' : 'acme'}`,
    ),
  ],
  locations: ['location_id,region,kind', 'shop,north,store'],
  stock: [
    'as_of,product_id,location_id,on_hand',
    ...PRODUCTS.filter((id) => id !== 'stock-missing').map((id) => {
      const onHand = id === 'stock-negative' ? '-7' : id === 'stock-blank' ? '' : id === 'stock-old' ? '200' : '20';
      return `${id === 'stock-old' ? daysBefore(30) : AS_OF},${id},shop,${onHand}`;
    }),
  ],
  inbound: [
    'product_id,location_id,ordered_on,due_on,quantity',
    `overdue,shop,${daysBefore(12)},${daysBefore(3)},11`,
    `lost,shop,${daysBefore(90)},${daysBefore(60)},40`,
    `never-sold,shop,${daysBefore(2)},${daysBefore(-3)},6`,
  ],
  supply: [
    'product_id,supplier_id,location_id,lead_time_days,review_period_days',
    ',acme,,4,3',
    'lead-time-zero,,,0,3',
    'lead-time-blank,,,,3',
    'review-blank,,,4,',
  ],
};

beforeAll(() => {
  mkdirSync(join(folder, 'input'));
  for (const [table, lines] of Object.entries(tables)) {
    writeFileSync(join(folder, 'input', `${table}.csv`), `${lines.join('\n')}\n`);
  }
  const config = {
    name: 'bad input',
    currency: 'EUR',
    sources: Object.fromEntries(Object.keys(tables).map((table) => [table, { path: `input/${table}.csv` }])),
    forecast: { engine: 'none', boostedTrees: false },
    restock: { leadTimeDays: 9, reviewPeriodDays: 6 },
  };
  writeFileSync(join(folder, 'leadtime.config.json'), JSON.stringify(config));
  const { status, stderr } = run('run', 'load', 'forecast', 'restock', 'publish', '--as-of', AS_OF, '--quiet');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const published = JSON.parse(run('export', 'mart_restock', '--json').stdout) as Row[];
  for (const row of published) rows.set(row.product_id, row);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('every pair has a row, and one without anything odd has no code', () => {
  expect([...rows.keys()].sort()).toEqual([...PRODUCTS, 'never-sold'].sort());
  expect(rows.get('fine')!.data_issues).toBeNull();
  expect(rows.get('fine')!.order_quantity).toBeGreaterThan(0);
});

const cases: [product: string, issues: string | null, english: string, chinese: string][] = [
  ['stock-negative', 'STOCK_NEGATIVE', 'Stock stands at -7, which cannot be: 0 is assumed.', '账面库存为 -7'],
  ['stock-old', 'STOCK_OLD', 'Counted on 31 Jan 2026 and brought forward', '2026年1月31日盘点'],
  ['lead-time-zero', 'LEAD_TIME_ZERO', 'given as 0 days: planned as if delivered the same morning.', '提前期为 0 天'],
  ['lead-time-blank', 'LEAD_TIME_UNKNOWN', 'Its lead time is not given: 9 days are assumed.', '假定 9 天'],
  ['review-blank', 'REVIEW_PERIOD_UNKNOWN', 'not given: every 6 days is assumed.', '假定每 6 天可订一次'],
  ['overdue', 'INBOUND_OVERDUE', '11 are overdue: assumed to come today.', '11 逾期未到：假定今天到货'],
  ['lost', 'INBOUND_LOST', '40 are overdue by more than 30 days: assumed never to come.', '假定不再到货'],
  ['supplier-unknown', 'SUPPLIER_UNKNOWN; TERMS_DEFAULT', 'Its supplier nobody is not in supply.', '其供应商 nobody'],
  ['supplier-none', 'TERMS_DEFAULT', 'a lead time of 9 days and an order every 6 days are assumed.', '假定提前期 9 天'],
];

for (const [product, issues, english, chinese] of cases) {
  it(`${product}: the row has the code and names what was assumed, and the order is planned on it`, () => {
    const row = rows.get(product)!;
    expect(row.data_issues).toBe(issues);
    expect(row.reason).toContain(english);
    expect(row.reason_zh).toContain(chinese);
    if (product !== 'stock-old') expect(row.order_quantity).toBeGreaterThan(0);
    if (WITHOUT_TERMS.includes(product)) expect(row.lead_time_days).toBe(9);
  });
}

it('stock that is missing or blank orders nothing and says to count it', () => {
  for (const product of ['stock-missing', 'stock-blank']) {
    expect(rows.get(product)).toMatchObject({ reason_code: 'STOCK_UNKNOWN', order_quantity: 0, on_hand: null });
    expect(rows.get(product)!.reason).toContain('Count it');
  }
});

it('a blank stock count is in quarantine, and a delivery of what never sold has a row', () => {
  const load = JSON.parse(run('runs', '--json').stdout);
  expect(JSON.stringify(load)).toContain('"quarantined":1');
  expect(rows.get('never-sold')).toMatchObject({ reason_code: 'NO_FORECAST', order_quantity: 0 });
});
