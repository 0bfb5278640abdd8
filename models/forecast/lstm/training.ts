import type { Random } from '../../../data/random.ts';
import { permutation } from '../sampling.ts';
import { createAdam } from './adam.ts';
import { LOG_BOUNDS, type Network } from './lstm-engine.ts';
import { blocksOf, type NetworkShape, outputsOf } from './network-shape.ts';
import type { Windows } from './window-shape.ts';

export interface TrainingPlan {
  epochs: number;
  batchSize: number;
  /** Highest learning rate; it rises over the first twentieth of the steps and falls to zero along a cosine. */
  rate: number;
  /** Share of the last state and the learned vectors that is dropped in each step; none where left out. */
  dropout?: number;
}

/** Stops training where it no longer pays. */
export interface EarlyStopping {
  /** Windows that the network does not learn from: the newest. */
  heldOut: Windows;
  /** Epochs in a row without a lower loss of the mean over them before training stops. */
  patience: number;
}

/**
 * Per step and rate: what is not learned loses half its size in a training. 0.02 and 4 forecast M5 worse with the hybrid, alike with
 * the LSTM.
 */
const DECAY = 1;
/** The weights used are the mean over this last share of the steps. */
const AVERAGED_SHARE = 0.3;

/**
 * Fits the network to the windows, from `parameters` on, by the likelihood of its shape and the pinball loss of its quantiles.
 *
 * @param stopping gives the weights of the epoch with the least loss over its windows, and leaves out what follows
 * @returns new parameters; the ones given stay as they are
 */
export function train(
  network: Network,
  shape: NetworkShape,
  parameters: Float32Array,
  windows: Windows,
  plan: TrainingPlan,
  random: Random,
  onEpoch?: (done: number) => void,
  stopping?: EarlyStopping,
): Float32Array {
  const current = parameters.slice();
  const size = Math.min(plan.batchSize, windows.count);
  const batches = size > 0 ? Math.floor(windows.count / size) : 0;
  const steps = batches * plan.epochs;
  if (steps === 0) return current;
  const adam = createAdam(decayOf(shape, parameters));
  const sum = new Float64Array(parameters.length);
  const averageFrom = Math.floor(steps * (1 - AVERAGED_SHARE));
  const drops = random.fork('dropout');
  const unit = 1 / (meanWeight(windows) * size * shape.horizon);
  const weights = (): Float32Array =>
    step > averageFrom ? Float32Array.from(sum, (value) => value / (step - averageFrom)) : current.slice();
  let best: Float32Array = current;
  let least = Number.POSITIVE_INFINITY;
  let waited = 0;
  let step = 0;
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    const order = permutation(windows.count, random.fork(epoch));
    for (let b = 0; b < batches; b++, step++) {
      const dropout = plan.dropout ? { rate: plan.dropout, seed: drops.below(2 ** 32) } : undefined;
      const gradient = network.gradient(current, windows, order, b * size, size, unit, dropout);
      adam.step(current, gradient, plan.rate * schedule(step / steps));
      if (step >= averageFrom) for (let i = 0; i < sum.length; i++) sum[i]! += current[i]!;
    }
    onEpoch?.(epoch + 1);
    if (!stopping) continue;
    const found = weights();
    const loss = meanLoss(shape, network.outputs(found, stopping.heldOut), stopping.heldOut);
    waited = loss < least ? 0 : waited + 1;
    if (waited === 0) [best, least] = [found, loss];
    else if (waited >= stopping.patience) break;
  }
  return stopping ? best : weights();
}

/** Quasi-Poisson loss of the means, by weight: 0 more or less, and least where they are the targets. */
function meanLoss(shape: NetworkShape, logs: Float32Array, { count, target, weight }: Windows): number {
  const outputs = outputsOf(shape);
  let sum = 0;
  for (let i = 0; i < count * shape.horizon; i++) {
    const log = Math.min(LOG_BOUNDS[1], Math.max(LOG_BOUNDS[0], logs[i * outputs]!));
    sum += weight[i]! * (Math.exp(log) - target[i]! * log);
  }
  return sum;
}

const schedule = (done: number): number => Math.min(1, done * 20 + 0.05) * 0.5 * (1 + Math.cos(Math.PI * done));

/** Weight decay on all but the linear part, which is meant to stay where it starts unless the data say otherwise. */
function decayOf(shape: NetworkShape, parameters: Float32Array): Float32Array {
  const decay = new Float32Array(parameters.length).fill(DECAY);
  const { offset, rows, columns } = blocksOf(shape).find(({ name }) => name === 'linear')!;
  return decay.fill(0, offset, offset + rows * columns);
}

function meanWeight(windows: Windows): number {
  const sum = windows.weight.reduce((a, b) => a + b, 0);
  const count = windows.weight.reduce((a, b) => a + (b > 0 ? 1 : 0), 0);
  return count > 0 ? sum / count : 1;
}
