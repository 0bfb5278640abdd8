// The whole way from Parquet to a published snapshot by number of series: load, forecast of 30 days with quantiles at all levels,
// publish; seconds by step, most memory, processor seconds by model.
//   node dist/bench/scale.js [--series 1000,5000] [--days 1941] [--cutoffs 4] [--keep]      30490 takes its time
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ConfigInput } from '../data/contract/config.ts';
import type { LedgerEntry } from '../pipelines/ledger.ts';
import { quoteText } from '../pipelines/warehouse/columns.ts';
import { packageRoot } from '../pipelines/warehouse/package-root.ts';
import { Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { scratchFolder } from './run-cli.ts';

const { values: args } = parseArgs({
  options: {
    series: { type: 'string', default: '1000,5000' },
    days: { type: 'string', default: '1941' },
    cutoffs: { type: 'string', default: '4' },
    keep: { type: 'boolean', default: false },
  },
});

/** Writes the inputs of a simulated chain like M5: 10 stores, counts with many zeros, only days with sales as rows. */
async function makeProject(folder: string, series: number): Promise<number> {
  const warehouse = await Warehouse.open(':memory:');
  await warehouse.run(`set temp_directory = ${quoteText(folder)}`);
  for (const table of ['sales', 'products', 'locations']) {
    await warehouse.runFile(`bench/scale_${table}`, {
      file: quoteText(join(folder, `${table}.parquet`)),
      series: String(series),
      days: args.days,
    });
  }
  const [{ n }] = (await warehouse.rows<{ n: number }>(
    `select count(*)::double as n from read_parquet(${quoteText(join(folder, 'sales.parquet'))})`,
  )) as [{ n: number }];
  warehouse.close();
  const config: ConfigInput = {
    name: 'scale',
    currency: 'USD',
    sources: Object.fromEntries(
      ['sales', 'products', 'locations'].map((table) => [table, { path: `${table}.parquet` }]),
    ),
    forecast: { cutoffs: Number(args.cutoffs) },
  };
  writeFileSync(join(folder, 'leadtime.config.json'), JSON.stringify(config));
  return n;
}

/** Most resident memory of a process so far, MB. Linux only; 0 elsewhere. */
function peakOf(pid: number): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) / 1024;
}

/** Runs the jobs in a process of its own. */
function run(folder: string): Promise<{ entry: LedgerEntry; megabytes: number }> {
  const cli = join(packageRoot, 'dist', 'app', 'cli', 'main.js');
  const jobs = ['load', 'forecast', 'publish'];
  const child = spawn(process.execPath, [cli, 'run', ...jobs, '--project', folder, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [printed, megabytes] = ['', 0];
  child.stdout.on('data', (part) => {
    printed += part;
  });
  const timer = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid!));
  }, 100);
  return new Promise((resolve, reject) => {
    child.on('close', (status) => {
      clearInterval(timer);
      if (status === 0) resolve({ entry: JSON.parse(printed) as LedgerEntry, megabytes });
      else reject(new Error(`the run ended with ${status}: ${printed}`));
    });
  });
}

for (const series of args.series.split(',').map(Number)) {
  const folder = scratchFolder('scale');
  const rows = await makeProject(folder, series);
  const { entry, megabytes } = await run(folder);
  const steps = entry.steps.map(({ job, seconds }) => `${job} ${seconds.toFixed(1)} s`).join(', ');
  console.log(
    `${series} series x ${args.days} days, ${rows} rows: ${entry.seconds.toFixed(1)} s ` +
      `(${((1000 * entry.seconds) / series).toFixed(1)} s per 1,000 series), ${megabytes.toFixed(0)} MB; ${steps}`,
  );
  const models = entry.steps.flatMap((step) => step.models ?? []).filter(({ seconds }) => seconds > 0);
  console.log(`  processor seconds: ${models.map((m) => `${m.model} ${m.seconds.toFixed(1)}`).join(', ')}`);
  if (args.keep) console.log(`  ${folder}`);
  else rmSync(folder, { recursive: true });
}
