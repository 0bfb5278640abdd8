import { createRandom } from '../../../data/random.ts';
import type { Panel } from '../../panel.ts';
import type { Decomposition } from '../decomposition/decomposition.ts';
import { isClosed } from '../demand.ts';
import { createTimeline } from '../features/timeline.ts';
import type { OriginForecast } from '../forecaster.ts';
import { sampleWindows } from '../sampling.ts';
import { defaultBudget, type LstmBudget } from './budget.ts';
import { forgetSome, type Vocabulary, vocabularyOf } from './entities.ts';
import { createFeatures, type Features } from './features.ts';
import { heldOutFrom, splitAt } from './hold-out.ts';
import { type Likelihood, likelihoodFor } from './likelihood.ts';
import { loadLstmEngine } from './load-engine.ts';
import { type EngineName, LOG_BOUNDS, type Network } from './lstm-engine.ts';
import type { LstmModel } from './model-file.ts';
import { initialParameters, type NetworkShape, outputsOf } from './network-shape.ts';
import { learnScaling, type Scaling, scaleWindows } from './scaling.ts';
import { train } from './training.ts';
import type { Windows } from './window-shape.ts';
import { allocateWindows, createWindowWriter, type WindowWriter } from './windows.ts';

export interface LstmOptions {
  horizon: number;
  /** `kernel` unless another is asked for. */
  engine?: EngineName;
  /** Overrides of the sizes that are otherwise chosen by the panel. */
  budget?: Partial<LstmBudget>;
  /** Levels of quantiles to learn beside the mean, ascending; none by default. */
  quantiles?: readonly number[];
  /** By the panel's share of zeros where left out. */
  likelihood?: Likelihood;
  /** Threads of the kernel, 1 where left out; the results are the same for any number. */
  threads?: number;
  /** Whose learned vectors the network has; chosen by the panel where left out. */
  vocabulary?: Vocabulary;
  /** A model of earlier sales, from whose weights training goes on; from new ones where left out. */
  goOnFrom?: LstmModel;
}

/** A forecast from one origin, with the quantiles asked for. */
export interface LstmForecast extends OriginForecast {
  /** Units that a ratio of 1 stood for, [series]; 0 for a series without any sale before. */
  scale: Float32Array;
  /** [series][horizon][quantile], ascending; absent where none were asked for. */
  quantiles?: Float32Array;
}

/** One pass through the panel's time: windows to learn from first, then origins in ascending order. */
export interface LstmSession {
  shape: NetworkShape;
  features: Features;
  /** Windows to learn from, ascending by origin, with no target from the cutoff on. */
  collect(seed: number): Windows;
  /** Trains `members` networks, all those of the budget where left out. */
  train(windows: Windows, seed: number, onProgress?: (done: number) => void, members?: number): LstmModel;
  /** Means of windows, in units over their scale, [window][horizon]. */
  ratios(model: LstmModel, windows: Windows): Float32Array;
  /** @param seen the panel as the features are to see it, where that is not as it is */
  forecast(model: LstmModel, origin: number, seen?: Panel): LstmForecast;
  /** Lets go of threads. */
  close(): void;
}

/** Periods of history before the first window. */
const WARM_UP = { daily: 56, weekly: 13 } as const;

/**
 * Sets up what the network reads of a panel.
 *
 * @param cutoff learns from sales before this period
 * @param extend adds columns to the features
 */
export async function openSession(
  panel: Panel,
  cutoff: number,
  options: LstmOptions,
  extend: (features: Features, decomposition: Decomposition) => Features = (features) => features,
): Promise<LstmSession> {
  const { goOnFrom } = options;
  const engine = await loadLstmEngine(options.engine ?? 'kernel', options.threads);
  const whole = { ...defaultBudget(panel), ...options.budget };
  const budget = goOnFrom ? { ...whole, ...whole.goingOn } : whole;
  const likelihood = goOnFrom?.shape.likelihood ?? options.likelihood ?? likelihoodFor(panel, cutoff);
  const timeline = createTimeline(panel);
  const { decomposition, feedUntil } = timeline;
  const featuresOf = (seen: Panel): Features => extend(createFeatures({ ...timeline, panel: seen }), decomposition);
  const features = featuresOf(panel);
  const vocabulary =
    goOnFrom?.vocabulary ?? options.vocabulary ?? vocabularyOf(panel, budget.windows / budget.windowsPerVector);
  const { lookback } = budget;
  const writerOf = (read: Features): WindowWriter =>
    createWindowWriter(panel, decomposition, read, lookback, options.horizon, likelihood, vocabulary);
  const writer = writerOf(features);
  const { units, hidden } = budget;
  const shape: NetworkShape = { ...writer.shape, units, hidden, quantiles: options.quantiles ?? [], likelihood };
  let network: Network | undefined;
  let scaling: Scaling | undefined;

  const collect: LstmSession['collect'] = (seed) => {
    const random = createRandom(seed)
      .fork('lstm')
      .fork(goOnFrom ? `windows ${cutoff}` : 'windows');
    const samples = sampleWindows(panel, WARM_UP[panel.frequency], cutoff, options.horizon, budget.windows, random);
    const windows = allocateWindows(writer.shape, samples.length);
    for (const { series, origin } of samples) {
      feedUntil(origin);
      if (decomposition.level(series, 1) > 0) writer.append(windows, series, origin, cutoff);
    }
    scaling = goOnFrom?.scaling ?? learnScaling(windows, shape, features.scaled);
    scaleWindows(windows, shape, scaling);
    forgetSome(windows.entity, random.fork('unknown'));
    return windows;
  };

  const trainMembers: LstmSession['train'] = (windows, seed, onProgress, members = budget.members) => {
    network ??= engine.network(shape);
    const trained: Float32Array[] = [];
    const { patience = 0 } = budget;
    const split = patience > 0 ? splitAt(windows, shape, heldOutFrom(panel, cutoff, shape.horizon)) : undefined;
    const stopping = split && split.after.count > 0 ? { heldOut: split.after, patience } : undefined;
    for (let m = 0; m < members; m++) {
      const random = createRandom(seed).fork('lstm').fork(m);
      const start = goOnFrom?.members[m] ?? initialParameters(shape, features.startWeights, random.fork('weights'));
      trained.push(
        train(
          network,
          shape,
          start,
          split?.before ?? windows,
          budget,
          random.fork('order'),
          (epoch) => onProgress?.((m + epoch / budget.epochs) / members),
          stopping,
        ),
      );
    }
    return { shape, features: features.names, scaling: scaling!, vocabulary, members: trained };
  };

  const ratios: LstmSession['ratios'] = (model, windows) => {
    network ??= engine.network(model.shape);
    const outputs = outputsOf(model.shape);
    const mean = meanOutputs(network, model, windows);
    return Float32Array.from({ length: windows.count * model.shape.horizon }, (_, i) => mean[i * outputs]!);
  };

  const forecast: LstmSession['forecast'] = (model, origin, seen) => {
    network ??= engine.network(model.shape);
    feedUntil(origin);
    return forecastOrigin(network, panel, seen ? writerOf(featuresOf(seen)) : writer, model, origin);
  };
  return { shape, features, collect, train: trainMembers, ratios, forecast, close: () => network?.close() };
}

/** Mean over the members of means and quantiles, over the scale, [window][horizon][output]. */
function meanOutputs(network: Network, { members }: LstmModel, windows: Windows): Float64Array {
  let values = new Float64Array(0);
  for (const parameters of members) {
    const logs = network.outputs(parameters, windows);
    if (values.length === 0) values = new Float64Array(logs.length);
    logs.forEach((log, i) => {
      values[i]! += Math.exp(Math.min(LOG_BOUNDS[1], Math.max(LOG_BOUNDS[0], log))) / members.length;
    });
  }
  return values;
}

/** Series whose windows are held in memory at a time. */
const SERIES_PER_BATCH = 2048;

function forecastOrigin(
  network: Network,
  panel: Panel,
  writer: WindowWriter,
  model: LstmModel,
  origin: number,
): LstmForecast {
  const { shape, scaling } = model;
  const { horizon } = shape;
  const outputs = outputsOf(shape);
  const levels = shape.quantiles.length;
  const { seriesCount } = panel;
  const mean = new Float32Array(seriesCount * horizon);
  const scale = new Float32Array(seriesCount);
  const quantiles = new Float32Array(seriesCount * horizon * levels);
  for (let from = 0; from < seriesCount; from += SERIES_PER_BATCH) {
    const to = Math.min(seriesCount, from + SERIES_PER_BATCH);
    const windows = allocateWindows(writer.shape, to - from);
    for (let s = from; s < to; s++) writer.append(windows, s, origin, origin);
    scaleWindows(windows, shape, scaling);
    const ratios = meanOutputs(network, model, windows);
    scale.set(windows.scale, from);
    for (let i = 0; i < (to - from) * horizon; i++) {
      const s = from + Math.floor(i / horizon);
      const units = isClosed(panel, s, origin + (i % horizon)) ? 0 : scale[s]!;
      const at = from * horizon + i;
      mean[at] = units * ratios[i * outputs]!;
      const own = ratios.subarray(i * outputs + 1, i * outputs + 1 + levels).sort();
      own.forEach((ratio, q) => {
        quantiles[at * levels + q] = units * ratio;
      });
    }
  }
  return levels > 0 ? { origin, mean, quantiles, scale } : { origin, mean, scale };
}
