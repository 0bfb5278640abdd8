// "92 % accurate": 1 - WAPE of every data set by level and by how long sales are summed, up to 30 days (or four weeks), and where
// 92 % is reached. Backtests of four cutoffs, each horizon before the next.
//   node dist/bench/claim.js [NAME ...]      all, or some of: sample m5 m5-items rossmann store-item vn2 online-retail oj
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { reachText } from '../app/cli/backtest-tables.ts';
import type { BacktestRecord } from '../pipelines/backtest/store.ts';
import { leadtime, scratchFolder, sharedFolder } from './run-cli.ts';

/** Folder of the raw files below `../shared/data`, and periods ahead. */
const DATA_SETS: Record<string, { folder: string; horizon: number }> = {
  m5: { folder: 'm5', horizon: 30 },
  'm5-items': { folder: 'm5', horizon: 30 },
  rossmann: { folder: 'rossmann', horizon: 30 },
  'store-item': { folder: 'store_item', horizon: 30 },
  vn2: { folder: 'vn2', horizon: 4 },
  'online-retail': { folder: 'online_retail', horizon: 30 },
  oj: { folder: 'oj', horizon: 4 },
};

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : ['sample', ...Object.keys(DATA_SETS)]) {
  const folder = scratchFolder('claim');
  const set = DATA_SETS[name];
  const data = set && join(sharedFolder, 'data', set.folder);
  if (data && !existsSync(data)) {
    console.log(`${name}: ${data} is not there\n`);
    continue;
  }
  if (set) leadtime('init', '--source', name, '--from', data!, '--horizon', String(set.horizon), '--project', folder);
  else leadtime('init', '--sample', '--project', folder);
  const began = Date.now();
  const record = JSON.parse(leadtime('backtest', '--json', '--project', folder)) as BacktestRecord;
  const { series, cutoffs } = record;
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  console.log(
    `${name}: ${series} series, ${cutoffs.length} cutoffs from ${cutoffs[0]} to ${cutoffs.at(-1)}, ${seconds} s`,
  );
  console.log(`${reachText(record)}\n`);
  rmSync(folder, { recursive: true });
}
