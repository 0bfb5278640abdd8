// Measure 2: loading CSV with full accounting beside DuckDB's own typed read_csv, each in a process of its own:
//   node dist/bench/load.js [--rows 10000000] [--bad 0] [--columns 9] [--rounds 3] [--file sales.csv]
// Without --file a sales file is made; --bad of its rows are broken, half by their structure and half by a value.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseConfig } from '../data/contract/config.ts';
import { contractOf } from '../data/contract/tables.ts';
import type { JobContext } from '../pipelines/job.ts';
import { DUCKDB_TYPES } from '../pipelines/load/typed-columns.ts';
import { loadJob } from '../pipelines/load.ts';
import { quoteText } from '../pipelines/warehouse/columns.ts';
import { Warehouse } from '../pipelines/warehouse/warehouse.ts';

const MEMORY_LIMIT = '1GB';

interface Measured {
  seconds: number;
  megabytes: number;
  rows: number;
  counts?: Record<string, number>;
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    bad: { type: 'string', default: '0' },
    columns: { type: 'string', default: '9' },
    rounds: { type: 'string', default: '3' },
    file: { type: 'string' },
    measure: { type: 'string' },
    folder: { type: 'string' },
  },
});

/** Sales of 900 products in 10 locations, day after day, in order of the key. */
async function makeFile(file: string, rows: number, bad: number, columns: number): Promise<void> {
  const warehouse = await Warehouse.open(':memory:');
  const every = bad === 0 ? rows + 1 : Math.floor(rows / bad);
  const all = [
    "case when bad = 1 then 'n/a' else (date '2021-01-01' + (i // 9000)::integer)::varchar end as date",
    "'P' || lpad(((i % 9000) // 10)::varchar, 5, '0') as product_id",
    "'S' || lpad((i % 10)::varchar, 2, '0') as location_id",
    '(hash(i) % 40)::integer as quantity',
    'round((hash(i) % 40) * (1 + (hash(i) % 300) / 100.0), 2) as revenue',
    'round(1 + (hash(i) % 300) / 100.0, 2) as unit_price',
    'round(1 + (hash(i) % 300) / 100.0, 2) as list_price',
    'hash(i) % 7 = 0 as on_promotion',
    'hash(i) % 50 <> 0 as in_stock',
  ].slice(0, columns);
  await warehouse.run(`copy (select ${all.join(', ')} from (
    select i, case when i % ${every} = ${every - 1} then 1 + (i // ${every}) % 2 else 0 end as bad
    from range(${rows}) as t(i))) to ${quoteText(file)} (header)`);
  warehouse.close();
  if (bad > 1) {
    // Each second bad row keeps a value of the right type, and loses its structure here.
    const text = readFileSync(file, 'utf8').split('\n');
    for (let i = 2 * every; i < text.length - 1; i += 2 * every) text[i] = text[i]!.replace(/,[^,]*$/, '');
    const parts: string[] = [];
    for (let i = 0; i < text.length; i += 100_000) parts.push(text.slice(i, i + 100_000).join('\n'));
    writeFileSync(file, parts.join('\n'));
  }
}

/** Seconds and memory of one way to load the file into a database file of its own. */
async function measure(way: string, file: string, folder: string): Promise<Measured> {
  const database = join(folder, 'bench.duckdb');
  const warehouse = await Warehouse.open(database, { memoryLimit: MEMORY_LIMIT });
  const began = performance.now();
  let counts: Record<string, number> | undefined;
  let table = 'raw_sales';
  if (way === 'duckdb') {
    table = 'own';
    const header = readFileSync(file).subarray(0, 2000).toString().split(/\r?\n/)[0]!.split(',');
    const types = header.map(
      (name) => `${quoteText(name)}: '${DUCKDB_TYPES[contractOf('sales').columns[name]!.type]}'`,
    );
    await warehouse.run(`create table own as from read_csv(${quoteText(file)}, columns = {${types.join(', ')}},
      header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', store_rejects = ${values.bad !== '0'})`);
  } else {
    const config = parseConfig({ name: 'bench', currency: 'EUR', sources: { sales: { path: file } } }, 'bench');
    const context = { folder: dirname(file), config, warehouse, progress: { update: () => undefined } };
    counts = (await loadJob.run(context as unknown as JobContext)).counts;
  }
  const seconds = (performance.now() - began) / 1000;
  const [{ n } = { n: 0 }] = await warehouse.rows<{ n: number }>(`select count(*)::double as n from ${table}`);
  warehouse.close();
  for (const ending of ['', '.wal']) rmSync(`${database}${ending}`, { force: true });
  return { seconds, megabytes: process.resourceUsage().maxRSS / 1024, rows: n, counts };
}

const median = (list: number[]): number => list.sort((a, b) => a - b)[list.length >> 1]!;

if (values.measure) {
  console.log(JSON.stringify(await measure(values.measure, values.file!, values.folder!)));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'leadtime-bench-'));
  const file = values.file ? resolve(values.file) : join(folder, 'sales.csv');
  if (!values.file) await makeFile(file, Number(values.rows), Number(values.bad), Number(values.columns));
  const run = (way: string): Measured => {
    const about = ['--measure', way, '--file', file, '--folder', folder, '--bad', values.bad];
    const args = [fileURLToPath(import.meta.url), ...about];
    const child = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    if (child.status !== 0) throw new Error(`${way} failed`);
    return JSON.parse(child.stdout) as Measured;
  };
  const own: Measured[] = [];
  const ours: Measured[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    own.push(run('duckdb'));
    ours.push(run('load'));
  }
  const seconds = { duckdb: median(own.map((m) => m.seconds)), load: median(ours.map((m) => m.seconds)) };
  console.log(`file: ${(statSync(file).size / 1e6).toFixed(0)} MB`);
  console.log(
    `DuckDB read_csv into a table: ${seconds.duckdb.toFixed(2)} s, ${own[0]!.rows} rows, ${median(own.map((m) => m.megabytes)).toFixed(0)} MB`,
  );
  console.log(
    `leadtime load: ${seconds.load.toFixed(2)} s, ${median(ours.map((m) => m.megabytes)).toFixed(0)} MB, ${JSON.stringify(ours[0]!.counts)}`,
  );
  console.log(`ratio: ${(seconds.load / seconds.duckdb).toFixed(2)} (median of ${own.length} rounds)`);
  rmSync(folder, { recursive: true, force: true });
}
