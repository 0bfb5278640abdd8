import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Random } from '../../../data/random.ts';
import { createAdam } from './adam.ts';
import { gatherBatch, type TrainingBatch } from './batches.ts';
import type { Tensors } from './engine.ts';
import { backward, blocksOf, forward, type NetworkShape, uploadWeights } from './network.ts';
import { permutation } from './sampling.ts';
import type { Windows } from './windows.ts';

export interface TrainingPlan {
  epochs: number;
  batchSize: number;
  /** Highest learning rate; it rises over the first twentieth of the steps and falls to zero along a cosine. */
  rate: number;
}

const DECAY = 0.02;
/** The weights used are the mean over this last share of the steps. */
const AVERAGED_SHARE = 0.3;
/** Bounds of the log of the mean over the scale. */
export const LOG_MEAN_BOUNDS = [-7, 3] as const;

/**
 * Fits the network to the windows, from `parameters` on, by quasi-Poisson likelihood: its optimum is the mean, whatever
 * the spread, and its slope is just mean minus actual.
 *
 * @returns new parameters; the ones given stay as they are
 */
export function train(
  tf: Tensors,
  shape: NetworkShape,
  parameters: Float32Array,
  windows: Windows,
  plan: TrainingPlan,
  random: Random,
  onEpoch?: (done: number) => void,
): Float32Array {
  const current = parameters.slice();
  const size = Math.min(plan.batchSize, windows.count);
  const batches = size > 0 ? Math.floor(windows.count / size) : 0;
  const steps = batches * plan.epochs;
  if (steps === 0) return current;
  const adam = createAdam(decayOf(shape, parameters));
  const mean = new Float64Array(parameters.length);
  const averageFrom = Math.floor(steps * (1 - AVERAGED_SHARE));
  const unit = 1 / (meanWeight(windows) * size * shape.horizon);
  let step = 0;
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    const order = permutation(windows.count, random.fork(epoch));
    for (let b = 0; b < batches; b++, step++) {
      const gradient = gradientOf(tf, shape, current, unit, () =>
        gatherBatch(tf, shape, windows, order, b * size, size),
      );
      adam.step(current, gradient, plan.rate * schedule(step / steps));
      if (step >= averageFrom) for (let i = 0; i < mean.length; i++) mean[i]! += current[i]! / (steps - averageFrom);
    }
    onEpoch?.(epoch + 1);
  }
  return Float32Array.from(mean);
}

const schedule = (done: number): number => Math.min(1, done * 20 + 0.05) * 0.5 * (1 + Math.cos(Math.PI * done));

function gradientOf(
  tf: Tensors,
  shape: NetworkShape,
  parameters: Float32Array,
  unit: number,
  gather: () => TrainingBatch,
): Float32Array {
  const gradients = tf.tidy(() => {
    const weights = uploadWeights(tf, shape, parameters);
    const batch = gather();
    const trace = forward(tf, shape, weights, batch);
    const mean = tf.exp(tf.clipByValue(trace.logMean, ...LOG_MEAN_BOUNDS));
    const slope = tf.mul(tf.mul(tf.sub(mean, batch.target), batch.weight), unit) as Tensor2D;
    return backward(tf, shape, weights, batch, trace, slope);
  });
  const flat = new Float32Array(parameters.length);
  for (const { name, offset } of blocksOf(shape)) {
    flat.set(gradients[name].dataSync(), offset);
    gradients[name].dispose();
  }
  return flat;
}

/** Weight decay on all but the linear part, which is meant to stay where it starts unless the data say otherwise. */
function decayOf(shape: NetworkShape, parameters: Float32Array): Float32Array {
  const decay = new Float32Array(parameters.length).fill(DECAY);
  const linear = blocksOf(shape).at(-1)!;
  return decay.fill(0, linear.offset);
}

function meanWeight(windows: Windows): number {
  const sum = windows.weight.reduce((a, b) => a + b, 0);
  const count = windows.weight.reduce((a, b) => a + (b > 0 ? 1 : 0), 0);
  return count > 0 ? sum / count : 1;
}
