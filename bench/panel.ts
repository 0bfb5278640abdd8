// Measure 2, panel: reads a panel of 30,490 series x 1,941 days into typed arrays:
//   node dist/bench/panel.js [--series 30490] [--days 1941]
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseConfig } from '../data/contract/config.ts';
import { dayOf } from '../data/day.ts';
import { createRawTables } from '../pipelines/load/raw-tables.ts';
import { PANEL_MODELS, readPanel } from '../pipelines/warehouse/panel.ts';
import { setRunVariables } from '../pipelines/warehouse/run-variables.ts';
import { Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { runNode, scratchFolder } from './run-cli.ts';

const { values } = parseArgs({
  options: {
    series: { type: 'string', default: '30490' },
    days: { type: 'string', default: '1941' },
    rows: { type: 'string', default: '10000000' },
    read: { type: 'string' },
  },
});
const config = parseConfig({ name: 'bench', currency: 'EUR', horizon: 28, sources: {} }, 'bench');
const FIRST_DAY = dayOf('2011-01-29');
const asOf = FIRST_DAY + Number(values.days);

/** Fills `raw_sales` with rows spread evenly over all series and days, every series sold on the first day. */
async function fill(file: string): Promise<void> {
  const warehouse = await Warehouse.open(file, { memoryLimit: '1500MB' });
  await createRawTables(warehouse);
  const cells = Number(values.series) * Number(values.days);
  const every = Math.max(1, Math.floor(cells / Number(values.rows)));
  await warehouse.run(`insert into raw_sales by name
    select date '2011-01-29' + (i // ${values.series})::integer as date,
      'P' || lpad(((i % ${values.series}) // 10)::varchar, 5, '0') as product_id,
      'S' || (i % ${values.series} % 10)::varchar as location_id,
      (hash(i) % 40)::double as quantity, 1 as _file_id, i as _line
    from range(${cells}) as t(i)
    where i < ${values.series} or hash(i) % ${every} = 0`);
  warehouse.close();
}

if (values.read) {
  const warehouse = await Warehouse.open(values.read, { memoryLimit: '400MB' });
  await setRunVariables(warehouse, config, asOf);
  const began = performance.now();
  await warehouse.build(PANEL_MODELS);
  const built = performance.now();
  const panel = await readPanel(warehouse, config, asOf);
  const seconds = (from: number, to: number): string => `${((to - from) / 1000).toFixed(1)} s`;
  const known = panel.quantity.reduce((sum, quantity) => sum + (quantity >= 0 ? 1 : 0), 0);
  console.log(
    `${panel.seriesCount} series x ${panel.periods} days, ${known} cells known: SQL models ${seconds(began, built)}, ` +
      `panel ${seconds(built, performance.now())}, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most`,
  );
  warehouse.close();
} else {
  const folder = scratchFolder('panel');
  const file = join(folder, 'bench.duckdb');
  await fill(file);
  const given = Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
  process.stdout.write(runNode(fileURLToPath(import.meta.url), ...given, '--read', file));
  rmSync(folder, { recursive: true });
}
