import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, isoDateOf } from '../data/day.ts';
import { leadtime, runNode, scratchFolder, sharedFolder } from './run-cli.ts';

/** d_1 of the data set. */
const FIRST_DAY = dayOf('2011-01-29');
const SCORED_DAYS = 28;

interface Point {
  product_id: string;
  location_id: string;
  mean: number;
}

/** Scores the published forecast of the 70 store x department series by the independent referee. */
const origins = process.argv.slice(2).map(Number);
for (const origin of origins.length > 0 ? origins : [1913]) {
  const folder = scratchFolder('m5');
  leadtime('init', '--source', 'm5', '--from', join(sharedFolder, 'data', 'm5'), '--project', folder);
  const began = Date.now();
  const asOf = isoDateOf(FIRST_DAY + origin);
  leadtime('run', 'load', 'forecast', 'publish', '--project', folder, '--as-of', asOf, '--quiet');
  const seconds = (Date.now() - began) / 1000;
  const file = join(folder, 'forecasts.csv');
  const models = JSON.parse(
    leadtime(
      'query',
      `select distinct model from mart_forecast where level = 'series' order by model`,
      '--json',
      '--project',
      folder,
    ),
  ) as { model: string }[];
  for (const model of ['published', ...models.map((row) => row.model)]) {
    const which = model === 'published' ? 'is_champion' : `model = '${model}'`;
    const points = JSON.parse(
      leadtime(
        'query',
        `select product_id, location_id, mean from mart_forecast where level = 'series' and ${which} order by location_id, product_id, ds`,
        '--json',
        '--project',
        folder,
      ),
    ) as Point[];
    const rows = new Map<string, number[]>();
    for (const point of points) {
      const key = `${point.location_id},${point.product_id}`;
      rows.set(key, [...(rows.get(key) ?? []), point.mean]);
    }
    if (rows.size < 70) continue;
    const head = ['store_id', 'dept_id', ...Array.from({ length: SCORED_DAYS }, (_, i) => `F${i + 1}`)].join(',');
    const lines = [...rows].map(([key, means]) => `${key},${means.slice(0, SCORED_DAYS).join(',')}`);
    writeFileSync(file, `${[head, ...lines].join('\n')}\n`);
    const score = runNode(join(sharedFolder, 'tools', 'score-m5.mjs'), file, String(origin))
      .trim()
      .split('\n')
      .at(-1)!;
    console.log(`origin d_${origin}  ${model.padEnd(20)} ${score}`);
  }
  console.log(`origin d_${origin}  run took ${seconds.toFixed(0)} s`);
  rmSync(folder, { recursive: true });
}
