import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { packageRoot } from '../../../pipelines/warehouse/package-root.ts';

const cli = join(packageRoot, 'dist', 'app', 'cli', 'main.js');
const root = mkdtempSync(join(tmpdir(), 'leadtime-small-'));
const leadtime = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { cwd: root, encoding: 'utf8' });
const FIRST = dayOf('2025-11-03');
const DAYS = 90;

/** A file of one line per product, shop and day. */
function writeSales(file: string, dateOf: (day: number) => string): void {
  const lines = Array.from({ length: DAYS }, (_, i) =>
    ['Tea', 'Coffee'].flatMap((product, p) =>
      ['North', 'South'].map((shop, s) => `${dateOf(FIRST + i)},${product},${shop},${2 + p + s + (i % 7)}`),
    ),
  );
  writeFileSync(join(root, file), `${['Day,SKU,Shop,Qty', ...lines.flat()].join('\n')}\n`);
}

/** A project that forecasts without networks, to be quick. */
function makeProject(name: string, ...files: string[]): void {
  expect(leadtime('init', '--project', name, '--currency', 'EUR', ...files).status).toBe(0);
  const file = join(root, name, 'leadtime.config.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...config, forecast: { engine: 'none', effort: 'quick' } }));
}

beforeAll(() => {
  writeSales('sales.csv', isoDateOf);
  const counted = isoDateOf(FIRST + DAYS);
  const stock = ['Tea', 'Coffee'].flatMap((product) =>
    ['North', 'South'].map((shop) => `${counted},${product},${shop},100000`),
  );
  writeFileSync(join(root, 'stock.csv'), `${['as_of,SKU,Shop,on_hand', ...stock].join('\n')}\n`);
  makeProject('shop', '--sales', 'sales.csv', '--stock', 'stock.csv');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a project of a small company', () => {
  it('is told its currency where none was named', () => {
    const { stdout } = leadtime('init', '--project', 'plain', '--sales', 'sales.csv');
    expect(stdout).toContain('- Money is taken to be EUR; name another with --currency.');
    expect(leadtime('init', '--project', 'named', '--sales', 'sales.csv', '--currency', 'CNY').stdout).not.toContain(
      'Money',
    );
  });
});

describe('a run of a small company', () => {
  it('lists no work orders where nothing is to be ordered', () => {
    const { stdout, stderr, status } = leadtime('run', '--project', 'shop', '--quiet');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('work orders 0');
    expect(stdout).not.toContain('Work orders that matter most');
  });

  it('is exported by the names of what it published, which export tells', () => {
    const { stderr, status } = leadtime('export', '--project', 'shop');
    expect(stderr).toMatch(/^EXPORT_WHAT: export takes a mart\.\n +fix: The snapshot has .*mart_forecast, /);
    expect(status).toBe(1);
  });

  it('says how dates must read where none of them could be loaded', () => {
    writeSales('german.csv', (day) => isoDateOf(day).split('-').reverse().join('.'));
    makeProject('german', '--sales', 'german.csv');
    const { stderr, status } = leadtime('run', '--project', 'german', '--quiet');
    expect(stderr).toMatch(/^AS_OF_NEEDED: No sale or order was loaded with its date/);
    expect(stderr).toContain('fix: Dates must read like 2026-03-31');
    expect(status).toBe(1);
  });
});
