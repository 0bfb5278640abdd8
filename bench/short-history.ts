// What a young company gets: the 70 M5 store x department series as if they had begun few days before the morning. The published forecast beside
// single models by the independent referee (WRMSSE of levels 1 to 9, 28 days), and how often its 80 % interval held what came.
//   node dist/bench/short-history.js [--history 70,90,120,180] [ORIGIN ...]
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dayOf, isoDateOf } from '../data/day.ts';
import { readGzippedCsv } from './csv.ts';
import { M5_DAYS, m5Morning, scoreM5 } from './m5-score.ts';
import { PUBLISHED, publishedMeans, snapshotRows } from './published-means.ts';
import { leadtime, scratchFolder, sharedFolder } from './run-cli.ts';

/** Models whose mean errors are printed beside what is published. */
const BESIDE = ['seasonal_naive', 'moving_average', 'combination', 'boosted_trees'];

const { values: args, positionals } = parseArgs({
  allowPositionals: true,
  options: { history: { type: 'string', default: '70,90,120,180' } },
});
const origins = positionals.length > 0 ? positionals.map(Number) : [1353, 1437, 1521, 1605, 1689];

const data = join(sharedFolder, 'data', 'm5');
const sold = new Map(
  readGzippedCsv(join(data, 'sales_store_dept.csv.gz'))
    .slice(1)
    .map(([store, department, ...days]) => [`${department}@${store}`, days.map(Number)]),
);

/** Share of the days after `origin` whose sales lay within the published 80 % interval. */
async function shareHeld(project: string, origin: number): Promise<number> {
  const rows = await snapshotRows<{ series: string; h: number; q10: number; q90: number }>(
    project,
    `select product_id || '@' || location_id as series, h, q10, q90
    from mart_forecast where level = 'series' and is_champion and h < ${M5_DAYS}`,
  );
  const held = rows.filter(({ series, h, q10, q90 }) => {
    const actual = sold.get(series)![origin + Number(h)]!;
    return actual >= q10 && actual <= q90;
  });
  return held.length / rows.length;
}

/** Has the project load no sale before a day. */
function forgetBefore(project: string, day: string): void {
  const file = join(project, 'sql', 'sales.sql');
  const sql = readFileSync(file, 'utf8');
  writeFileSync(file, sql.replace('join days using (d)', `join days using (d)\n    where days.date >= date '${day}'`));
}

for (const history of args.history.split(',').map(Number)) {
  const sums = new Map<string, number>();
  const add = (name: string, value: number): void =>
    void sums.set(name, (sums.get(name) ?? 0) + value / origins.length);
  for (const origin of origins) {
    const folder = scratchFolder('short-history');
    const morning = m5Morning(origin);
    leadtime('init', '--source', 'm5', '--from', data, '--project', folder);
    forgetBefore(folder, isoDateOf(dayOf(morning) - history));
    leadtime('run', 'load', 'forecast', 'publish', '--project', folder, '--as-of', morning, '--quiet');
    const means = await publishedMeans(folder);
    const scored = [PUBLISHED, ...BESIDE].filter((name) => means.has(name));
    for (const name of scored) add(name, scoreM5(means.get(name)!, origin, folder));
    add('held', await shareHeld(folder, origin));
    rmSync(folder, { recursive: true });
  }
  const line = [...sums].map(([name, value]) => `${name} ${value.toFixed(3)}`).join('  ');
  console.log(`${String(history).padStart(4)} days of history, mean of ${origins.length} origins: ${line}`);
}
