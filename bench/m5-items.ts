// The 1,437 M5 items of CA_1 FOODS: whole runs scored by the independent referee, beside plain means and LightGBM in the same run.
//   node dist/bench/m5-items.js [--python PYTHON] [ORIGIN ...]     without a Python that has lightgbm that peer is left out
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readGzippedCsv } from './csv.ts';
import { M5_DAYS, m5Morning } from './m5-score.ts';
import { runPeer } from './peer.ts';
import { type Means, publishedMeans } from './published-means.ts';
import { leadtime, runNode, scratchFolder, sharedFolder } from './run-cli.ts';

/** Columns before d_1. */
const ID_COLUMNS = 6;

const { values: args, positionals } = parseArgs({
  allowPositionals: true,
  options: { python: { type: 'string', default: 'python3' } },
});

const data = join(sharedFolder, 'data', 'm5');
const sales = readGzippedCsv(join(data, 'sales_train_evaluation_CA_1_FOODS.csv.gz')).slice(1);
const items = sales.map((row) => row[1]!);

function scoreOf(folder: string, means: ReadonlyMap<string, ArrayLike<number>>, origin: number): string {
  const head = ['item_id', ...Array.from({ length: M5_DAYS }, (_, i) => `F${i + 1}`)].join(',');
  const file = join(folder, 'forecasts.csv');
  const lines = items.map((item) => [item, ...Array.from(means.get(item)!).slice(0, M5_DAYS)].join(','));
  writeFileSync(file, `${[head, ...lines].join('\n')}\n`);
  return runNode(join(sharedFolder, 'tools', 'score-m5-items.mjs'), file, String(origin))
    .trim()
    .split(' ')
    .at(-1)!;
}

/** The mean of the last `weeks` weeks, of the same weekday only where asked. */
function plainMeans(origin: number, weeks: number, byWeekday: boolean): Map<string, number[]> {
  return new Map(
    sales.map((row) => {
      const last = row.slice(ID_COLUMNS + origin - 7 * weeks, ID_COLUMNS + origin).map(Number);
      const meanOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
      const day = (h: number): number => meanOf(byWeekday ? last.filter((_, i) => i % 7 === h % 7) : last);
      return [row[1]!, Array.from({ length: M5_DAYS }, (_, h) => day(h))];
    }),
  );
}

const byItem = (means: Means): Map<string, number[]> =>
  new Map([...means].map(([series, values]) => [series.split('@')[0]!, values]));

for (const origin of positionals.length > 0 ? positionals.map(Number) : [1857, 1885, 1913]) {
  const folder = scratchFolder('m5-items');
  leadtime('init', '--source', 'm5-items', '--from', data, '--project', folder);
  const began = Date.now();
  leadtime('run', 'load', 'forecast', 'publish', '--project', folder, '--as-of', m5Morning(origin), '--quiet');
  const seconds = (Date.now() - began) / 1000;
  const say = (name: string, score: string): void => console.log(`d_${origin}  ${name.padEnd(24)} ${score}`);
  for (const [model, means] of await publishedMeans(folder)) {
    const own = byItem(means);
    if (own.size === items.length) say(model, scoreOf(folder, own, origin));
  }
  say('mean of 28 days', scoreOf(folder, plainMeans(origin, 4, false), origin));
  say('mean of weekday, 8 weeks', scoreOf(folder, plainMeans(origin, 8, true), origin));
  const peer = runPeer(args.python, 'm5-items.py', data, String(origin), join(folder, 'peer.csv'));
  if (peer) {
    const rows = peer.rows.map((row) => [row[0]!, row.slice(1).map(Number)] as const);
    say(`${peer.name} (${peer.seconds.toFixed(0)} s)`, scoreOf(folder, new Map(rows), origin));
  }
  say('our run', `${seconds.toFixed(0)} s`);
  rmSync(folder, { recursive: true });
}
