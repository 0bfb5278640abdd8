import { createRandom } from '../../../data/random.ts';
import type { Panel } from '../../panel.ts';
import type { OriginForecast } from '../forecaster.ts';
import { defaultBudget, type LstmBudget } from './budget.ts';
import { createDecomposition } from './decomposition.ts';
import { findDrivers } from './drivers.ts';
import { createFeatures } from './features.ts';
import { groupSeries } from './groups.ts';
import { type EngineName, LOG_MEAN_BOUNDS, loadLstmEngine, type Network } from './lstm-engine.ts';
import { initialParameters, type NetworkShape } from './network-shape.ts';
import { type Sample, sampleWindows } from './sampling.ts';
import { train } from './training.ts';
import { allocateWindows, createWindowWriter, type Windows, type WindowWriter } from './windows.ts';

export interface LstmRequest {
  /** First periods to forecast, ascending. */
  origins: number[];
  horizon: number;
  seed: number;
  /** `kernel` unless another is asked for. */
  engine?: EngineName;
  /** Overrides of the sizes that are otherwise chosen by the panel. */
  budget?: Partial<LstmBudget>;
}

/** Periods of history before the first window. */
const WARM_UP = { daily: 56, weekly: 13 } as const;

/**
 * Forecasts all series with one network over all of them: an LSTM over each series' recent past, corrected for what is
 * known ahead (weekday, events, promotions, prices, closures, the same time last year), on top of a decomposition into
 * level, weekday and effects. Trained once, on what lies before the first origin, and used so for all of them; ask for the
 * newest origin on its own to have it trained on all history. The forecast from an origin depends on no sales from it on.
 *
 * @param onProgress called with the share done, 0 to 1
 * @returns means in units, finite and not negative, in the order of `origins`; 0 for a series without any sale before
 */
export async function forecastLstm(
  panel: Panel,
  request: LstmRequest,
  onProgress?: (fraction: number) => void,
): Promise<OriginForecast[]> {
  const engine = await loadLstmEngine(request.engine ?? 'kernel');
  const { origins, horizon } = request;
  const budget = { ...defaultBudget(panel), ...request.budget };
  const random = createRandom(request.seed).fork('lstm');
  const groups = groupSeries(panel);
  const decomposition = createDecomposition(panel, findDrivers(panel), groups);
  const features = createFeatures(panel, decomposition, groups);
  const writer = createWindowWriter(panel, decomposition, features, budget.lookback, horizon);
  const shape: NetworkShape = { ...writer.shape, units: budget.units, hidden: budget.hidden };
  const network = engine.network(shape);

  let known = 0;
  const feedUntil = (t: number): void => {
    for (; known < t; known++) decomposition.advance(known);
  };
  const collect = (samples: Sample[], cutoff: number): Windows => {
    const windows = allocateWindows(writer.shape, samples.length);
    for (const { series, origin } of samples) {
      feedUntil(origin);
      if (decomposition.level(series, 1) > 0) writer.append(windows, series, origin, cutoff);
    }
    return windows;
  };

  const first = origins[0] ?? 0;
  const warmUp = WARM_UP[panel.frequency];
  const samples = sampleWindows(panel, warmUp, first, horizon, budget.windows, random.fork('windows'));
  let parameters = initialParameters(shape, features.startWeights, random.fork('weights'));
  const windows = collect(samples, first);
  parameters = train(network, shape, parameters, windows, budget, random.fork('order'), (done) =>
    onProgress?.((0.8 * done) / budget.epochs),
  );

  const results: OriginForecast[] = [];
  const forecastFrom = (origin: number): void => {
    feedUntil(origin);
    results.push({ origin, mean: forecastOrigin(network, panel, writer, parameters, origin) });
    onProgress?.(0.8 + (0.2 * results.length) / origins.length);
  };
  for (const origin of origins) forecastFrom(origin);
  return results;
}

function forecastOrigin(
  network: Network,
  panel: Panel,
  writer: WindowWriter,
  parameters: Float32Array,
  origin: number,
): Float32Array {
  const { horizon } = writer.shape;
  const windows = allocateWindows(writer.shape, panel.seriesCount);
  for (let s = 0; s < panel.seriesCount; s++) writer.append(windows, s, origin, origin);
  return network.logMean(parameters, windows).map((value, i) => {
    const scale = windows.scale[Math.floor(i / horizon)]!;
    return scale > 0 ? scale * Math.exp(Math.min(LOG_MEAN_BOUNDS[1], Math.max(LOG_MEAN_BOUNDS[0], value))) : 0;
  });
}

/** The worker task: as `forecastLstm`, over the panel that all tasks share. */
export function forecastLstmTask(request: LstmRequest, { panel }: { panel: Panel }): Promise<OriginForecast[]> {
  return forecastLstm(panel, request);
}
