// Whole forecasts of other libraries beside ours: the same data, calendar and days, the same machine, one after the other in one run.
//   node dist/bench/rivals.js m5|store-item|rossmann [--python PYTHON] [--only NAME,...] [--time-limit SECONDS] [MORNING or ORIGIN ...]
// NAME: ours, quick (ours with `"effort": "quick"`), prophet, statsforecast, mlforecast, neuralforecast, darts, autogluon. A library that
// PYTHON has not is left out.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readLedger } from '../pipelines/ledger.ts';
import { openProject } from '../pipelines/project.ts';
import { actualsOf, meanError, smape } from './actuals.ts';
import { readGzippedCsv } from './csv.ts';
import { M5_DAYS, M5_ORIGINS, M5_SERIES, m5Morning, scoreM5 } from './m5-score.ts';
import { runPeer } from './peer.ts';
import { type Means, PUBLISHED, publishedMeans } from './published-means.ts';
import { leadtime, scratchFolder, sharedFolder } from './run-cli.ts';
import { STORE_ITEM_DAYS, STORE_ITEM_MORNING, storeItemActuals } from './store-item-sales.ts';

const LIBRARIES = ['prophet', 'statsforecast', 'mlforecast', 'neuralforecast', 'darts', 'autogluon'];
const OURS = 'ours';
const QUICK = 'quick';

/** What is forecast and how it is judged. */
interface RivalSet {
  folder: string;
  series: number;
  horizon: number;
  /** Mornings, or days of M5 that are known. */
  origins: readonly string[];
  morningOf(origin: string): string;
  /** What AutoGluon chooses by. */
  metric: string;
  /** What is printed; least is best. */
  scoreName: string;
  score(means: Means, origin: string, scratch: string): number;
  /** The series that a peer's columns before the means name. */
  seriesOf(cells: readonly string[]): string;
  idColumns: number;
}

const SETS: Record<string, RivalSet> = {
  m5: {
    folder: 'm5',
    series: M5_SERIES,
    horizon: M5_DAYS,
    origins: M5_ORIGINS.map(String),
    morningOf: (origin) => m5Morning(Number(origin)),
    metric: 'RMSSE',
    scoreName: 'WRMSSE, levels 1 to 9',
    score: (means, origin, scratch) => scoreM5(means, Number(origin), scratch),
    seriesOf: ([store, department]) => `${department}@${store}`,
    idColumns: 2,
  },
  'store-item': {
    folder: 'store_item',
    series: 500,
    horizon: STORE_ITEM_DAYS,
    origins: [STORE_ITEM_MORNING],
    morningOf: (morning) => morning,
    metric: 'SMAPE',
    scoreName: 'SMAPE',
    score: (means, morning) => smape(storeItemActuals(morning), means),
    seriesOf: ([item, store]) => `${item}@${store}`,
    idColumns: 2,
  },
  rossmann: {
    folder: 'rossmann',
    series: 1115,
    horizon: 42,
    origins: ['2015-05-09'],
    morningOf: (morning) => morning,
    metric: 'WAPE',
    scoreName: 'RMSPE',
    score(means, morning) {
      const rows = readGzippedCsv(join(sharedFolder, 'data', this.folder, 'train.csv.gz')).slice(1);
      const open = rows.filter((row) => row[5] === '1' && Number(row[3]) > 0);
      const actual = actualsOf(
        open.map(([store, , day, sold]) => [`turnover@${store}`, day!, Number(sold)]),
        morning,
        this.horizon,
      );
      return Math.sqrt(meanError(actual, means, (y, f) => ((y - f) / y) ** 2));
    },
    seriesOf: ([store]) => `turnover@${store}`,
    idColumns: 1,
  },
};
/** Scores and seconds of one library over the origins. */
interface Total {
  score: number;
  seconds: number;
  origins: number;
}

const { values: args, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    only: { type: 'string', default: [OURS, QUICK, ...LIBRARIES].join(',') },
    'time-limit': { type: 'string', default: '600' },
  },
});
const [name = 'm5', ...named] = positionals;
const set = SETS[name]!;
const data = join(sharedFolder, 'data', set.folder);
const wanted = new Set(args.only.split(','));
const totals = new Map<string, Total>();

/** Prints and keeps a score; the seconds are those of all models of the library. */
function say(model: string, origin: string, score: number, seconds: number): void {
  console.log(`${origin}  ${model.padEnd(28)} ${score.toFixed(4)}  ${seconds.toFixed(0)} s`);
  const before = totals.get(model) ?? { score: 0, seconds: 0, origins: 0 };
  totals.set(model, { score: before.score + score, seconds: before.seconds + seconds, origins: before.origins + 1 });
}

/**
 * A whole run, from the files to a published snapshot with quantiles of all levels and four backtests; and its models, with the processor
 * seconds of their forecasts from all five origins.
 */
async function runOurs(label: string, effort: 'full' | 'quick', origin: string, scratch: string): Promise<void> {
  const project = join(scratch, effort);
  leadtime('init', '--source', name, '--from', data, '--project', project, '--horizon', String(set.horizon));
  const file = join(project, 'leadtime.config.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...config, forecast: { ...config.forecast, effort } }));
  const began = Date.now();
  leadtime('run', 'load', 'forecast', 'publish', '--project', project, '--as-of', set.morningOf(origin), '--quiet');
  const seconds = (Date.now() - began) / 1000;
  const means = await publishedMeans(project);
  say(label, origin, set.score(means.get(PUBLISHED)!, origin, scratch), seconds);
  const forecast = readLedger(openProject(project).paths.ledger)
    .at(-1)!
    .steps.find(({ job }) => job === 'forecast');
  for (const { model, seconds: spent } of forecast?.models ?? []) {
    const own = means.get(model);
    if (own?.size === set.series) say(`${label} ${model}`, origin, set.score(own, origin, scratch), spent);
  }
}

/** The means alone of every model that a library's script tries. */
function runRival(library: string, origin: string, scratch: string): void {
  const spec = join(scratch, 'spec.json');
  const from = set.morningOf(origin);
  const timeLimit = Number(args['time-limit']);
  const { horizon, metric } = set;
  writeFileSync(spec, JSON.stringify({ set: name, folder: data, from, horizon, metric, timeLimit }));
  const result = runPeer(args.python, `rival-${library}.py`, spec, join(scratch, `${library}.csv`));
  const models = new Map<string, Means>();
  for (const [model, ...cells] of result?.rows ?? []) {
    if (!models.has(model!)) models.set(model!, new Map());
    models.get(model!)!.set(set.seriesOf(cells), cells.slice(set.idColumns).map(Number));
  }
  for (const [model, means] of models) {
    if (means.size !== set.series) throw new Error(`${library}: ${means.size} of ${set.series} series in ${model}`);
    say(`${library} ${model}`, origin, set.score(means, origin, scratch), result!.seconds);
  }
  if (result) console.log(`${origin}  ${result.name}: ${result.seconds.toFixed(0)} s`);
}

console.log(`${name}: ${set.scoreName}, ${set.series} series, ${set.horizon} days ahead; seconds of the whole library`);
for (const origin of named.length > 0 ? named : set.origins) {
  const scratch = scratchFolder('rivals');
  if (wanted.has(OURS)) await runOurs(OURS, 'full', origin, scratch);
  if (wanted.has(QUICK)) await runOurs(QUICK, 'quick', origin, scratch);
  for (const library of LIBRARIES) if (wanted.has(library)) runRival(library, origin, scratch);
  rmSync(scratch, { recursive: true });
}
const ours = totals.get(OURS);
for (const [model, { score, seconds, origins }] of totals) {
  const beside = ours && model !== OURS ? `  ${(100 * (score / ours.score - 1)).toFixed(1)} % above ours` : '';
  console.log(
    `mean of ${origins}  ${model.padEnd(28)} ${(score / origins).toFixed(4)}  ${seconds.toFixed(0)} s${beside}`,
  );
}
