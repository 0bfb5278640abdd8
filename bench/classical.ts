// Our ETS, theta and ARIMA beside R's on the 70 store x department series of M5, seconds and WRMSSE in one run:
//   node dist/bench/classical.js [ORIGIN ...]        R with the package `forecast` is used where it is found
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { autoArima, withMean } from '../models/forecast/arima/auto-arima.ts';
import { forecastArima } from '../models/forecast/arima/fit-arima.ts';
import { etsMeans, fitBestEts } from '../models/forecast/ets-fit.ts';
import { formsFor } from '../models/forecast/ets-form.ts';
import { mstlMeans } from '../models/forecast/mstl.ts';
import { thetaMeans } from '../models/forecast/theta.ts';
import { dynamicThetaMeans } from '../models/forecast/theta-dynamic.ts';
import { packageRoot } from '../pipelines/warehouse/package-root.ts';
import { runNode, scratchFolder, sharedFolder } from './run-cli.ts';

const HORIZON = 28;
const WEEK = 7;
const ITERATIONS = 30;
const ARIMA_DAYS = 400;

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
    const y = whole.subarray(-ARIMA_DAYS);
    const fit = autoArima(y, y, WEEK);
    forecastArima(y, y, fit, withMean(fit.order, [], y.length + HORIZON), out);
  },
  dynamic_theta: (y, out) => dynamicThetaMeans(y, WEEK, out),
  mstl_ets: (y, out) => mstlMeans(y.subarray(-1095), [WEEK, 365], out),
};

const folder = scratchFolder('classical');
const rows = gunzipSync(readFileSync(join(sharedFolder, 'data', 'm5', 'sales_store_dept.csv.gz')))
  .toString()
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.replaceAll('"', '').split(','));

function scoreOf(means: readonly (readonly string[])[], origin: number): string {
  const head = ['store_id', 'dept_id', ...Array.from({ length: HORIZON }, (_, i) => `F${i + 1}`)];
  const file = join(folder, 'forecasts.csv');
  const lines = [head, ...rows.map(([store, department], i) => [store, department, ...means[i]!])];
  writeFileSync(file, `${lines.map((line) => line.join(',')).join('\n')}\n`);
  const printed = runNode(join(sharedFolder, 'tools', 'score-m5.mjs'), file, String(origin));
  return printed.trim().split('\n').at(-1)!;
}

const origins = process.argv.slice(2).map(Number);
for (const origin of origins.length > 0 ? origins : [1717]) {
  const series = rows.map((row) => Float64Array.from(row.slice(2, 2 + origin), Number));
  for (const [name, means] of Object.entries(models)) {
    const began = process.cpuUsage();
    const forecasts = series.map((y) => {
      const out = new Float64Array(HORIZON);
      means(y, out);
      return Array.from(out, (v) => String(Math.max(0, v)));
    });
    const { user } = process.cpuUsage(began);
    console.log(`d_${origin}  ours ${name.padEnd(14)} ${(user / 1e6).toFixed(2)} s  ${scoreOf(forecasts, origin)}`);
  }
  const file = join(folder, 'series.csv');
  writeFileSync(file, `${series.map((y) => y.join(',')).join('\n')}\n`);
  const script = join(packageRoot, 'bench', 'peers', 'classical.R');
  const peer = spawnSync('Rscript', [script, file, join(folder, 'r'), 'theta', 'ets', 'arima'], { encoding: 'utf8' });
  if (peer.status !== 0) console.log(`R was not run: ${peer.error?.message ?? peer.stderr.trim().split('\n').at(-1)}`);
  for (const line of peer.stdout?.trim().split('\n').filter(Boolean) ?? []) {
    const [name, seconds] = line.split(' ') as [string, string];
    const means = readFileSync(join(folder, `r-${name}.csv`), 'utf8')
      .trim()
      .split('\n');
    const score = scoreOf(
      means.map((row) => row.split(',')),
      origin,
    );
    console.log(`d_${origin}  R    ${name.padEnd(14)} ${Number(seconds).toFixed(2)} s  ${score}`);
  }
}
rmSync(folder, { recursive: true });
