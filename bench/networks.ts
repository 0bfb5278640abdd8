import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { arima } from '../models/forecast/arima/arima.ts';
import { arimax } from '../models/forecast/arima/arimax.ts';
import { forecastBoostedTrees } from '../models/forecast/boosted-trees/forecast-boosted-trees.ts';
import type { LocalForecaster } from '../models/forecast/forecaster.ts';
import { forecastArimaLstm } from '../models/forecast/hybrid/forecast-arima-lstm.ts';
import { forecastLstm } from '../models/forecast/lstm/forecast-lstm.ts';
import type { Panel } from '../models/panel.ts';
import { loadedPanel } from './loaded-panel.ts';
import { M5_ORIGINS, scoreM5 } from './m5-score.ts';
import type { Means } from './published-means.ts';
import { leadtime, scratchFolder, sharedFolder } from './run-cli.ts';

/** The networks on their own beside ARIMA and the boosted trees, on the 70 M5 series; the trees trained anew for each origin. */
const AS_OF = '2016-05-23';
const SEED = 1;
const CUTOFFS = 4;

type Model = (panel: Panel, origin: number) => Promise<Float32Array>;

const local =
  ({ forecast }: LocalForecaster): Model =>
  async (panel, origin) => {
    const { horizon, seriesCount } = panel;
    const mean = new Float32Array(seriesCount * horizon);
    const out = new Float64Array(horizon);
    for (let s = 0; s < seriesCount; s++) {
      forecast(panel, origin, horizon, s, out);
      mean.set(out, s * horizon);
    }
    return mean;
  };
const request = (panel: Panel, origin: number) => ({ origins: [origin], horizon: panel.horizon, seed: SEED });
/** As in a run: first trained before the oldest of four backtests, then learning on. */
const learningOn = (panel: Panel, origin: number) => {
  const origins = Array.from({ length: CUTOFFS + 1 }, (_, k) => origin - (CUTOFFS - k) * panel.horizon);
  return { ...request(panel, origin), origins, learnsOnAt: origins.slice(1) };
};
const MODELS: Record<string, Model> = {
  arima: local(arima),
  arimax: local(arimax),
  arima_lstm: async (panel, origin) => (await forecastArimaLstm(panel, learningOn(panel, origin))).at(-1)!.mean,
  lstm: async (panel, origin) => (await forecastLstm(panel, learningOn(panel, origin))).at(-1)!.mean,
  boosted_trees: async (panel, origin) => forecastBoostedTrees(panel, request(panel, origin))[0]!.mean,
};

/** Means of the series by product and location, as the referee is told them. */
const byName = (panel: Panel, mean: Float32Array): Means =>
  new Map(
    Array.from({ length: panel.seriesCount }, (_, s) => [
      `${panel.products.ids[panel.productOf[s]!]}@${panel.locations.ids[panel.locationOf[s]!]}`,
      Array.from(mean.subarray(s * panel.horizon, (s + 1) * panel.horizon)),
    ]),
  );

const folder = scratchFolder('networks');
const named = process.argv.slice(2).map(Number);
const origins = named.length > 0 ? named : M5_ORIGINS;
leadtime('init', '--source', 'm5', '--from', join(sharedFolder, 'data', 'm5'), '--project', folder);
const panel = await loadedPanel(folder, AS_OF);
const sums = new Map<string, number>();
for (const origin of origins) {
  for (const [name, model] of Object.entries(MODELS)) {
    const score = scoreM5(byName(panel, await model(panel, origin)), origin, folder);
    sums.set(name, (sums.get(name) ?? 0) + score);
    console.log(`origin d_${origin}  ${name.padEnd(14)} ${score.toFixed(4)}`);
  }
}
const meanOf = (name: string): number => sums.get(name)! / origins.length;
for (const name of sums.keys()) console.log(`mean            ${name.padEnd(14)} ${meanOf(name).toFixed(4)}`);
const beside = (name: string, other: string): string => `${(100 * (meanOf(name) / meanOf(other) - 1)).toFixed(1)} %`;
console.log(
  `arima_lstm beside arima ${beside('arima_lstm', 'arima')}, beside arimax ${beside('arima_lstm', 'arimax')}`,
);
console.log(`lstm beside boosted_trees ${beside('lstm', 'boosted_trees')}`);
rmSync(folder, { recursive: true });
