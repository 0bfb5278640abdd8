import type { Random } from '../../../data/random.ts';
import { createAdam } from './adam.ts';
import type { Network } from './lstm-engine.ts';
import { blocksOf, type NetworkShape } from './network-shape.ts';
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

/**
 * Fits the network to the windows, from `parameters` on, by quasi-Poisson likelihood: its optimum is the mean, whatever
 * the spread, and its slope is just mean minus actual.
 *
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
      const gradient = network.gradient(current, windows, order, b * size, size, unit);
      adam.step(current, gradient, plan.rate * schedule(step / steps));
      if (step >= averageFrom) for (let i = 0; i < mean.length; i++) mean[i]! += current[i]! / (steps - averageFrom);
    }
    onEpoch?.(epoch + 1);
  }
  return Float32Array.from(mean);
}

const schedule = (done: number): number => Math.min(1, done * 20 + 0.05) * 0.5 * (1 + Math.cos(Math.PI * done));

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
