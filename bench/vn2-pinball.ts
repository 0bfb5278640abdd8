// VN2: quantiles of the sum of the next three weeks, pinball loss beside LightGBM quantile regression and statsforecast in the same run.
//   node dist/bench/vn2-pinball.js [--python PYTHON] [--peers lightgbm,statsforecast|none] [--without-globals] [ORIGIN ...]
// An origin is a number of known weeks; --without-globals leaves the means of boosted trees and network out, as vn2-round does.
// Windows with a week out of stock are not judged. Without a Python that has the peers they are left out.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ConfigInput } from '../data/contract/config.ts';
import { dayOf, isoDateOf } from '../data/day.ts';
import { normalQuantile } from '../models/numerics/distributions.ts';
import { demandCurve, demandUntil } from '../models/restock/demand-curve.ts';
import { demandQuantile } from '../models/restock/demand-quantiles.ts';
import { fitSpreads } from '../models/restock/fit-spread.ts';
import { volumeSegments } from '../models/restock/volume-segments.ts';
import { openProject } from '../pipelines/project.ts';
import { blendSpreads } from '../pipelines/restock/blend-spreads.ts';
import { readWindowErrors } from '../pipelines/restock/read-errors.ts';
import { openSnapshot } from '../pipelines/snapshot/snapshot-reader.ts';
import { currentSnapshot } from '../pipelines/snapshot/snapshot-store.ts';
import { Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { readCsv } from './csv.ts';
import { runPeer } from './peer.ts';
import { PUBLISHED, publishedMeans } from './published-means.ts';
import { leadtime, scratchFolder, sharedFolder } from './run-cli.ts';

const FIRST_WEEK = dayOf('2021-04-12');
const WEEKS = 3;
const LEVELS = [0.5, 0.8, 0.833, 0.9];
/** Known weeks: the last four windows of three weeks that do not overlap. */
const ORIGINS = [145, 148, 151, 154];

const { values: args, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    peers: { type: 'string', default: 'lightgbm,statsforecast' },
    'without-globals': { type: 'boolean', default: false },
  },
});

const data = join(sharedFolder, 'data', 'vn2');
const [head, ...sales] = readCsv(join(data, 'Week 0 - 2024-04-08 - Sales.csv'));
const stocked = new Map(
  readCsv(join(data, 'Week 0 - In Stock.csv')).map(([store, product, ...weeks]) => [`${product}@${store}`, weeks]),
);
const weeksKnown = head!.length - 2;
const names = sales.map(([store, product]) => `${product}@${store}`);

/** Sum of the window from `origin`, NaN where a week of it was out of stock. */
const sumOf = (row: number, origin: number): number => {
  const inStock = stocked.get(names[row]!)!;
  let sum = 0;
  for (let t = origin; t < origin + WEEKS; t++) {
    sum += inStock[t]!.toLowerCase() === 'true' ? Number(sales[row]![2 + t]) : Number.NaN;
  }
  return sum;
};

const pinball = (actual: number, quantile: number, level: number): number =>
  actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);

/** Mean loss by level over the judged series, and the mean over the levels. */
function lossesOf(quantiles: ReadonlyMap<string, readonly number[]>, origin: number): number[] {
  const losses = LEVELS.map(() => 0);
  let judged = 0;
  names.forEach((name, row) => {
    const actual = sumOf(row, origin);
    if (Number.isNaN(actual)) return;
    judged++;
    LEVELS.forEach((level, i) => {
      losses[i]! += pinball(actual, quantiles.get(name)![i]!, level);
    });
  });
  return losses.map((loss) => loss / judged);
}

/** Quantiles as restock takes them: the published mean of the window, the spread of past windows about theirs, and its trees. */
async function restockQuantiles(project: string): Promise<Map<string, number[]>> {
  const published = (await publishedMeans(project)).get(PUBLISHED)!;
  const warehouse = await Warehouse.open(openProject(project).paths.warehouse);
  const series = await warehouse.readRows<{ product_id: string; location_id: string }>('int_series', ['series_idx']);
  const errors = await readWindowErrors(warehouse, new Int32Array(series.length).fill(WEEKS));
  const keys = series.map(({ product_id, location_id }) => `${product_id}@${location_id}`);
  const curves = keys.map((key) => demandCurve(published.get(key)!, 7));
  const means = curves.map((curve) => demandUntil(curve, 7 * WEEKS));
  const own = fitSpreads(errors, volumeSegments(means), true);
  const periods = new Int32Array(series.length).fill(WEEKS);
  const spreads = await blendSpreads(warehouse, own, curves, { periods, isCount: true });
  warehouse.close();
  return new Map(
    keys.map((key, s) => {
      const { dispersion, levelVariance, bias } = spreads[s]!;
      return [key, LEVELS.map((p) => demandQuantile(means[s]! * bias, dispersion, levelVariance, p, true))];
    }),
  );
}

/** Quantiles that are published, by column. */
const PUBLISHED_LEVELS = { q05: 0.05, q10: 0.1, q25: 0.25, q50: 0.5, q75: 0.75, q90: 0.9, q95: 0.95 } as const;

/** The published quantiles of the window; a level between two of them is taken on the line over normal scores. */
async function windowQuantiles(project: string): Promise<Map<string, number[]> | undefined> {
  const { folder, manifest } = currentSnapshot(openProject(project).paths.snapshots);
  if (!manifest.marts.some(({ name }) => name === 'mart_forecast_window')) return undefined;
  const reader = await openSnapshot(folder, manifest);
  const rows = await reader.rows<{ series: string } & Record<keyof typeof PUBLISHED_LEVELS, number>>(
    `select * from mart_forecast_window where level = 'series' and periods = ${WEEKS}`,
  );
  reader.close();
  const names = Object.keys(PUBLISHED_LEVELS) as (keyof typeof PUBLISHED_LEVELS)[];
  const between = (row: (typeof rows)[number], p: number): number => {
    const above = names.find((name) => PUBLISHED_LEVELS[name] >= p)!;
    if (PUBLISHED_LEVELS[above] === p) return row[above];
    const below = names[names.indexOf(above) - 1]!;
    const [z, low, high] = [p, PUBLISHED_LEVELS[below], PUBLISHED_LEVELS[above]].map(normalQuantile) as [
      number,
      number,
      number,
    ];
    return row[below] + ((z - low) / (high - low)) * (row[above] - row[below]);
  };
  return new Map(rows.map((row) => [row.series, LEVELS.map((p) => between(row, p))]));
}

const totals = new Map<string, number[][]>();
const keep = (name: string, origin: number, losses: number[]): void => {
  console.log(`${String(origin).padEnd(5)} ${name.padEnd(28)} ${losses.map((loss) => loss.toFixed(4)).join('  ')}`);
  totals.set(name, [...(totals.get(name) ?? []), losses]);
};

console.log(`week  pinball of the ${WEEKS}-week sum at ${LEVELS.join(', ')}`);
for (const origin of positionals.length > 0 ? positionals.map(Number) : ORIGINS) {
  if (origin + WEEKS > weeksKnown) throw new Error(`week ${origin} has no ${WEEKS} known weeks after it`);
  const folder = scratchFolder('vn2-pinball');
  leadtime('init', '--source', 'vn2', '--from', data, '--project', folder);
  if (args['without-globals']) {
    const file = join(folder, 'leadtime.config.json');
    const config = JSON.parse(readFileSync(file, 'utf8')) as ConfigInput;
    config.forecast = { ...config.forecast, engine: 'none', boostedTrees: false };
    writeFileSync(file, JSON.stringify(config));
  }
  const began = Date.now();
  const asOf = isoDateOf(FIRST_WEEK + 7 * origin);
  leadtime('run', 'load', 'forecast', 'publish', '--project', folder, '--as-of', asOf, '--quiet');
  console.log(`${origin}  our run ${((Date.now() - began) / 1000).toFixed(0)} s`);
  keep('ours, as restock', origin, lossesOf(await restockQuantiles(folder), origin));
  const windows = await windowQuantiles(folder);
  if (windows) keep('ours, published windows', origin, lossesOf(windows, origin));
  const spec = join(folder, 'spec.json');
  writeFileSync(spec, JSON.stringify({ data, origin, weeks: WEEKS, levels: LEVELS }));
  const peers = args.peers === 'none' ? [] : args.peers.split(',');
  for (const script of peers.map((peer) => `vn2-${peer}.py`)) {
    const peer = runPeer(args.python, script, spec, join(folder, 'peer.csv'));
    const models = new Map<string, Map<string, number[]>>();
    for (const [model, product, store, ...quantiles] of peer?.rows ?? []) {
      if (!models.has(model!)) models.set(model!, new Map());
      models.get(model!)!.set(`${product}@${store}`, quantiles.map(Number));
    }
    for (const [model, quantiles] of models) keep(model, origin, lossesOf(quantiles, origin));
    if (peer) console.log(`${origin}  ${peer.name} ${peer.seconds.toFixed(0)} s`);
  }
  rmSync(folder, { recursive: true });
}
for (const [name, all] of totals) {
  const means = LEVELS.map((_, i) => all.reduce((sum, losses) => sum + losses[i]!, 0) / all.length);
  const mean = means.reduce((sum, loss) => sum + loss, 0) / means.length;
  console.log(`mean  ${name.padEnd(28)} ${means.map((loss) => loss.toFixed(4)).join('  ')}  of all ${mean.toFixed(4)}`);
}
