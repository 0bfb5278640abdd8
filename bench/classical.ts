// Our ETS, theta and ARIMA beside R's and statsforecast's on the 70 store x department series of M5, processor seconds and WRMSSE
// in one run:
//   node dist/bench/classical.js [--python PYTHON] [--arima-days 400] [--models theta,ets,arima] [ORIGIN ...]
// R with the package `forecast` and a Python with `statsforecast` are used where they are found.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { autoArima, withMean } from '../models/forecast/arima/auto-arima.ts';
import { forecastArima } from '../models/forecast/arima/fit-arima.ts';
import { etsMeans, fitBestEts } from '../models/forecast/smoothing/ets-fit.ts';
import { formsFor } from '../models/forecast/smoothing/ets-form.ts';
import { thetaMeans } from '../models/forecast/smoothing/theta.ts';
import { dynamicThetaMeans } from '../models/forecast/smoothing/theta-dynamic.ts';
import { mstlMeans } from '../models/forecast/stl/mstl.ts';
import { packageRoot } from '../pipelines/warehouse/package-root.ts';
import { readCsv, readGzippedCsv } from './csv.ts';
import { scoreM5 } from './m5-score.ts';
import { scratchFolder, sharedFolder } from './run-cli.ts';

const HORIZON = 28;
const WEEK = 7;
const ITERATIONS = 30;
/** Peers that have a model of the name. */
const COMPARED = ['theta', 'ets', 'arima'];

const { values: args, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    'arima-days': { type: 'string', default: '400' },
    models: { type: 'string' },
  },
});

type Means = (y: Float64Array, out: Float64Array) => void;

/** The same series and forms that R gets: plain values, a week as the season, no calendar. */
const models: Record<string, Means> = {
  ets(y, out) {
    const fit = fitBestEts(
      y,
      WEEK,
      formsFor(
        WEEK,
        y.every((v) => v > 0),
      ),
      ITERATIONS,
    )!;
    etsMeans(fit, y.length, WEEK, HORIZON, out);
  },
  theta: (y, out) => thetaMeans(y, WEEK, out),
  arima(whole, out) {
    const y = whole.subarray(-Number(args['arima-days']));
    const fit = autoArima(y, y, WEEK);
    forecastArima(y, y, fit, withMean(fit.order, [], y.length + HORIZON), out);
  },
  dynamic_theta: (y, out) => dynamicThetaMeans(y, WEEK, out),
  mstl_ets: (y, out) => mstlMeans(y.subarray(-1095), [WEEK, 365], out),
};

const folder = scratchFolder('classical');
const rows = readGzippedCsv(join(sharedFolder, 'data', 'm5', 'sales_store_dept.csv.gz')).slice(1);

/** Scores means in the order of the rows. */
const scoreOf = (means: readonly (readonly string[])[], origin: number): number =>
  scoreM5(
    new Map(rows.map(([store, department], i) => [`${department}@${store}`, means[i]!.map(Number)])),
    origin,
    folder,
  );

/** Processor seconds of a model and its score. */
interface Measured {
  who: string;
  model: string;
  seconds: number;
  score: number;
}

/** Runs a peer's script and scores what it wrote. */
function peer(who: string, command: string, script: string, origin: number, names: readonly string[]): Measured[] {
  const out = join(folder, who);
  const file = join(packageRoot, 'bench', 'peers', script);
  const given = [file, join(folder, 'series.csv'), out, args['arima-days'], ...names];
  const { status, error, stdout, stderr } = spawnSync(command, given, { encoding: 'utf8' });
  if (status !== 0) console.log(`${who} was not run: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
  const lines = stdout?.trim().split('\n').filter(Boolean) ?? [];
  return lines.map((line) => {
    const [model, seconds] = line.split(' ') as [string, string];
    return { who, model, seconds: Number(seconds), score: scoreOf(readCsv(`${out}-${model}.csv`), origin) };
  });
}

const wanted = args.models?.split(',') ?? Object.keys(models);
for (const origin of positionals.length > 0 ? positionals.map(Number) : [1717]) {
  const series = rows.map((row) => Float64Array.from(row.slice(2, 2 + origin), Number));
  const say = ({ who, model, seconds, score }: Measured): void =>
    console.log(`d_${origin}  ${who.padEnd(13)} ${model.padEnd(14)} ${seconds.toFixed(2)} s  ${score.toFixed(4)}`);
  const ours = wanted.map((model): Measured => {
    const began = process.cpuUsage();
    const forecasts = series.map((y) => {
      const out = new Float64Array(HORIZON);
      models[model]!(y, out);
      return Array.from(out, (v) => String(Math.max(0, v)));
    });
    const seconds = process.cpuUsage(began).user / 1e6;
    return { who: 'ours', model, seconds, score: scoreOf(forecasts, origin) };
  });
  ours.forEach(say);
  writeFileSync(join(folder, 'series.csv'), `${series.map((y) => y.join(',')).join('\n')}\n`);
  const names = COMPARED.filter((name) => wanted.includes(name));
  for (const [who, command, script] of [
    ['statsforecast', args.python, 'classical.py'],
    ['R', 'Rscript', 'classical.R'],
  ] as const) {
    for (const measured of peer(who, command, script, origin, names)) {
      say(measured);
      const own = ours.find(({ model }) => model === measured.model)!;
      const error = (100 * (own.score - measured.score)) / measured.score;
      console.log(
        `d_${origin}    ours beside it: ${(measured.seconds / own.seconds).toFixed(1)} times as fast, error ${error >= 0 ? '+' : ''}${error.toFixed(1)} %`,
      );
    }
  }
}
rmSync(folder, { recursive: true });
