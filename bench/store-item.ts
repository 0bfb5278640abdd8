// store_item, the last 90 days of 500 series: SMAPE beside LightGBM and statsforecast in the same run.
//   node dist/bench/store-item.js [--python PYTHON] [--as-of 2017-07-03]     without a Python that has the peers they are left out
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { meanError, smape } from './actuals.ts';
import { runPeer } from './peer.ts';
import { type Means, publishedMeans } from './published-means.ts';
import { leadtime, scratchFolder } from './run-cli.ts';
import { STORE_ITEM, STORE_ITEM_DAYS, STORE_ITEM_MORNING, storeItemActuals } from './store-item-sales.ts';

const { values: args } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    'as-of': { type: 'string', default: STORE_ITEM_MORNING },
  },
});
const actual = storeItemActuals(args['as-of']);

function scoreOf(means: Means): string {
  const wape = meanError(actual, means, (y, f) => Math.abs(y - f)) / meanError(actual, means, (y) => y);
  return `SMAPE ${smape(actual, means).toFixed(3)}  1 - WAPE ${(1 - wape).toFixed(4)}`;
}

const folder = scratchFolder('store-item');
leadtime(
  'init',
  '--source',
  'store-item',
  '--from',
  STORE_ITEM,
  '--project',
  folder,
  '--horizon',
  String(STORE_ITEM_DAYS),
);
const began = Date.now();
leadtime('run', 'load', 'forecast', 'publish', '--project', folder, '--as-of', args['as-of'], '--quiet');
console.log(
  `our run took ${((Date.now() - began) / 1000).toFixed(0)} s, ${actual.size} series, ${STORE_ITEM_DAYS} days from ${args['as-of']}`,
);
for (const [model, means] of await publishedMeans(folder)) {
  if (means.size === actual.size) console.log(`${model.padEnd(24)} ${scoreOf(means)}`);
}
const spec = join(folder, 'spec.json');
writeFileSync(
  spec,
  JSON.stringify({ file: join(STORE_ITEM, 'train.csv.gz'), from: args['as-of'], horizon: STORE_ITEM_DAYS }),
);
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
