// store_item, the last 90 days of 500 series: SMAPE beside LightGBM and statsforecast in the same run.
//   node dist/bench/store-item.js [--python PYTHON] [--as-of 2017-07-03]     without a Python that has the peers they are left out
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dayOf } from '../data/day.ts';
import { readGzippedCsv } from './csv.ts';
import { runPeer } from './peer.ts';
import { publishedMeans } from './published-means.ts';
import { leadtime, scratchFolder, sharedFolder } from './run-cli.ts';

const HORIZON = 90;

const { values: args } = parseArgs({
  options: { python: { type: 'string', default: 'python3' }, 'as-of': { type: 'string', default: '2017-07-03' } },
});
const data = join(sharedFolder, 'data', 'store_item');
const first = dayOf(args['as-of']);

/** What was sold in the scored days, by item and store. */
const actual = new Map<string, number[]>();
for (const [date, store, item, sold] of readGzippedCsv(join(data, 'train.csv.gz')).slice(1)) {
  const h = dayOf(date!) - first;
  if (h < 0 || h >= HORIZON) continue;
  const key = `${item}@${store}`;
  if (!actual.has(key)) actual.set(key, []);
  actual.get(key)![h] = Number(sold);
}

/** Mean of 200 |y - f| / (|y| + |f|), 0 where both are 0, in per cent; and 1 - WAPE. */
function scoreOf(means: ReadonlyMap<string, readonly number[]>): string {
  let [sum, cells, errors, units] = [0, 0, 0, 0];
  for (const [key, values] of actual) {
    values.forEach((y, h) => {
      const error = Math.abs(y - means.get(key)![h]!);
      if (error > 0) sum += (200 * error) / (Math.abs(y) + Math.abs(means.get(key)![h]!));
      errors += error;
      units += y;
      cells++;
    });
  }
  return `SMAPE ${(sum / cells).toFixed(3)}  1 - WAPE ${(1 - errors / units).toFixed(4)}`;
}

const folder = scratchFolder('store-item');
leadtime('init', '--source', 'store-item', '--from', data, '--project', folder, '--horizon', String(HORIZON));
const began = Date.now();
leadtime('run', 'load', 'forecast', 'publish', '--project', folder, '--as-of', args['as-of'], '--quiet');
console.log(
  `our run took ${((Date.now() - began) / 1000).toFixed(0)} s, ${actual.size} series, ${HORIZON} days from ${args['as-of']}`,
);
for (const [model, means] of await publishedMeans(folder)) {
  if (means.size === actual.size) console.log(`${model.padEnd(24)} ${scoreOf(means)}`);
}
const spec = join(folder, 'spec.json');
writeFileSync(spec, JSON.stringify({ file: join(data, 'train.csv.gz'), from: args['as-of'], horizon: HORIZON }));
for (const script of ['store-item-lightgbm.py', 'store-item-statsforecast.py']) {
  const peer = runPeer(args.python, script, spec, join(folder, 'peer.csv'));
  const models = new Map<string, Map<string, number[]>>();
  for (const [model, item, store, ...means] of peer?.rows ?? []) {
    if (!models.has(model!)) models.set(model!, new Map());
    models.get(model!)!.set(`${item}@${store}`, means.map(Number));
  }
  for (const [model, means] of models) console.log(`${model.padEnd(24)} ${scoreOf(means)}`);
  if (peer) console.log(`${peer.name}: ${peer.seconds.toFixed(0)} s`);
}
rmSync(folder, { recursive: true });
