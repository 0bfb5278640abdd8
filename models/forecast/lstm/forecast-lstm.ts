import { createRandom } from '../../../data/random.ts';
import type { Panel } from '../../panel.ts';
import { isClosed } from '../demand.ts';
import type { OriginForecast } from '../forecaster.ts';
import { defaultBudget, type LstmBudget } from './budget.ts';
import { createDecomposition } from './decomposition.ts';
import { findDrivers } from './drivers.ts';
import { createFeatures, type Features } from './features.ts';
import { groupSeries } from './groups.ts';
import { type EngineName, LOG_BOUNDS, loadLstmEngine, type Network } from './lstm-engine.ts';
import { decodeModel, encodeModel, type LstmModel, requireFit } from './model-file.ts';
import { initialParameters, type NetworkShape, outputsOf } from './network-shape.ts';
import { sampleWindows } from './sampling.ts';
import { train } from './training.ts';
import { allocateWindows, createWindowWriter, type Windows, type WindowWriter } from './windows.ts';

export interface LstmOptions {
  horizon: number;
  /** `kernel` unless another is asked for. */
  engine?: EngineName;
  /** Overrides of the sizes that are otherwise chosen by the panel. */
  budget?: Partial<LstmBudget>;
  /** Levels of quantiles to learn beside the mean, ascending; none by default. */
  quantiles?: readonly number[];
}

export interface LstmTraining extends LstmOptions {
  /** Learns from sales before this period. */
  cutoff: number;
  seed: number;
}

export interface LstmRequest extends LstmOptions {
  /** First periods to forecast, ascending. */
  origins: number[];
  seed: number;
  /** A model from `trainLstm`, used instead of training one. */
  model?: Uint8Array;
}

/** A forecast from one origin, with the quantiles asked for. */
export interface LstmForecast extends OriginForecast {
  /** [series][horizon][quantile], ascending; absent where none were asked for. */
  quantiles?: Float32Array;
}

/** Periods of history before the first window. */
const WARM_UP = { daily: 56, weekly: 13 } as const;
const TRAINING_SHARE = 0.8;

/**
 * Forecasts all series with one network over all of them: an LSTM over each series' recent past, corrected for what is
 * known ahead (weekday, events, promotions, prices, closures, the same time last year), on top of a decomposition into
 * level, weekday and effects. Trained once, on what lies before the first origin, and used so for all of them; ask for the
 * newest origin on its own to have it trained on all history. The forecast from an origin depends on no sales from it on.
 *
 * @param onProgress called with the share done, 0 to 1
 * @returns means in units, finite and not negative, in the order of `origins`; 0 for a series without any sale before, and
 *   where the location is closed
 * @throws LeadtimeError where `request.model` is damaged, foreign, or made for other features
 */
export async function forecastLstm(
  panel: Panel,
  request: LstmRequest,
  onProgress?: (fraction: number) => void,
): Promise<LstmForecast[]> {
  const { origins, seed } = request;
  const session = await openSession(panel, request);
  const model = request.model
    ? decodeModel(request.model)
    : session.train(origins[0] ?? 0, seed, (done) => onProgress?.(TRAINING_SHARE * done));
  requireFit(model, session.shape, session.features.names);
  return origins.map((origin, k) => {
    const forecast = session.forecast(model, origin);
    onProgress?.(TRAINING_SHARE + ((1 - TRAINING_SHARE) * (k + 1)) / origins.length);
    return forecast;
  });
}

/** Trains the network of `forecastLstm` and gives it as bytes, to be kept and used again. */
export async function trainLstm(panel: Panel, training: LstmTraining): Promise<Uint8Array> {
  const session = await openSession(panel, training);
  return encodeModel(session.train(training.cutoff, training.seed));
}

/** One pass through the panel's time: training first, then origins in ascending order. */
interface Session {
  shape: NetworkShape;
  features: Features;
  train(cutoff: number, seed: number, onProgress?: (done: number) => void): LstmModel;
  forecast(model: LstmModel, origin: number): LstmForecast;
}

async function openSession(panel: Panel, options: LstmOptions): Promise<Session> {
  const engine = await loadLstmEngine(options.engine ?? 'kernel');
  const budget = { ...defaultBudget(panel), ...options.budget };
  const groups = groupSeries(panel);
  const drivers = findDrivers(panel);
  const decomposition = createDecomposition(panel, drivers, groups);
  const features = createFeatures(panel, decomposition, drivers, groups);
  const writer = createWindowWriter(panel, decomposition, features, budget.lookback, options.horizon);
  const { units, hidden, members } = budget;
  const shape: NetworkShape = { ...writer.shape, units, hidden, quantiles: options.quantiles ?? [] };
  let network: Network | undefined;
  let known = 0;
  const feedUntil = (t: number): void => {
    for (; known < t; known++) decomposition.advance(known);
  };

  const collect = (cutoff: number, seed: number): Windows => {
    const random = createRandom(seed).fork('lstm').fork('windows');
    const samples = sampleWindows(panel, WARM_UP[panel.frequency], cutoff, options.horizon, budget.windows, random);
    const windows = allocateWindows(writer.shape, samples.length);
    for (const { series, origin } of samples) {
      feedUntil(origin);
      if (decomposition.level(series, 1) > 0) writer.append(windows, series, origin, cutoff);
    }
    return windows;
  };

  const trainMembers: Session['train'] = (cutoff, seed, onProgress) => {
    network ??= engine.network(shape);
    const windows = collect(cutoff, seed);
    const trained: Float32Array[] = [];
    for (let m = 0; m < members; m++) {
      const random = createRandom(seed).fork('lstm').fork(m);
      const start = initialParameters(shape, features.startWeights, random.fork('weights'));
      trained.push(
        train(network, shape, start, windows, budget, random.fork('order'), (epoch) =>
          onProgress?.((m + epoch / budget.epochs) / members),
        ),
      );
    }
    return { shape, features: features.names, members: trained };
  };

  const forecast: Session['forecast'] = (model, origin) => {
    network ??= engine.network(model.shape);
    feedUntil(origin);
    return forecastOrigin(network, panel, writer, model, origin);
  };
  return { shape, features, train: trainMembers, forecast };
}

/** Mean over the members of the means, and of the quantiles. */
function forecastOrigin(
  network: Network,
  panel: Panel,
  writer: WindowWriter,
  { shape, members }: LstmModel,
  origin: number,
): LstmForecast {
  const windows = allocateWindows(writer.shape, panel.seriesCount);
  for (let s = 0; s < panel.seriesCount; s++) writer.append(windows, s, origin, origin);
  const outputs = outputsOf(shape);
  const cells = panel.seriesCount * shape.horizon;
  const values = new Float64Array(cells * outputs);
  const isOpen = Uint8Array.from({ length: cells }, (_, i) =>
    isClosed(panel, Math.floor(i / shape.horizon), origin + (i % shape.horizon)) ? 0 : 1,
  );
  for (const parameters of members) {
    network.outputs(parameters, windows).forEach((log, i) => {
      const scale = windows.scale[Math.floor(i / outputs / shape.horizon)]!;
      const bounded = Math.min(LOG_BOUNDS[1], Math.max(LOG_BOUNDS[0], log));
      if (scale > 0 && isOpen[Math.floor(i / outputs)]) values[i]! += (scale * Math.exp(bounded)) / members.length;
    });
  }
  const mean = Float32Array.from({ length: cells }, (_, i) => values[i * outputs]!);
  if (outputs === 1) return { origin, mean };
  const quantiles = new Float32Array(cells * (outputs - 1));
  for (let i = 0; i < cells; i++) {
    quantiles.set(values.slice(i * outputs + 1, (i + 1) * outputs).sort(), i * (outputs - 1));
  }
  return { origin, mean, quantiles };
}

/** The worker task: as `forecastLstm`, over the panel that all tasks share. */
export function forecastLstmTask(request: LstmRequest, { panel }: { panel: Panel }): Promise<OriginForecast[]> {
  return forecastLstm(panel, request);
}
