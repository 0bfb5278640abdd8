import type { Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import {
  blocksOf,
  initialParameters,
  type NetworkShape,
  parameterCountOf,
} from '../../../../models/forecast/lstm/network-shape.ts';
import { lstmForward } from '../../../../models/forecast/lstm/tfjs-lstm-layer.ts';
import { type Batch, backward, forward, uploadWeights } from '../../../../models/forecast/lstm/tfjs-network.ts';
import { loadTfjs } from '../../../../models/forecast/lstm/tfjs-runtime.ts';

const shape: NetworkShape = {
  lookback: 4,
  horizon: 3,
  pastWidth: 2,
  staticWidth: 2,
  aheadWidth: 3,
  units: 3,
  hidden: 4,
  quantiles: [],
  likelihood: 'quasi_poisson',
  embeddings: [{ kind: 'location', entities: 3, width: 2 }],
};
const SIZE = 5;
const random = createRandom('network test');
const { tf } = await loadTfjs('wasm');

function normals(count: number, spread = 1): Float32Array {
  return Float32Array.from({ length: count }, () => spread * random.normal());
}

/** Random numbers whose last `size` of each `block` are 1, as the inputs' bias rows are. */
function withOnes(blocks: number, rows: number, size: number): Float32Array {
  const values = normals(blocks * rows * size);
  for (let b = 0; b < blocks; b++) values.fill(1, ((b + 1) * rows - 1) * size, (b + 1) * rows * size);
  return values;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** An LSTM as the textbook writes it, one number at a time; the candidate's weights count half, see `lstmForward`. */
function naiveLstm(weights: Float32Array, past: Float32Array, steps: number, width: number, units: number): number[] {
  let state = new Array<number>(units).fill(0);
  let cell = new Array<number>(units).fill(0);
  for (let t = 0; t < steps; t++) {
    const input = [...past.subarray(t * width, (t + 1) * width), ...state];
    const sum = (row: number): number => input.reduce((a, x, i) => a + x * weights[row * (width + units) + i]!, 0);
    cell = cell.map((c, u) => sigmoid(sum(units + u)) * c + sigmoid(sum(u)) * Math.tanh(sum(3 * units + u) / 2));
    state = cell.map((c, u) => sigmoid(sum(2 * units + u)) * Math.tanh(c));
  }
  return state;
}

describe('the network of the LSTM', () => {
  it('runs the recurrence as a naive loop does', () => {
    const [steps, width, units] = [6, 3, 4];
    const weights = normals(4 * units * (width + units), 0.7);
    const past = normals(steps * width * SIZE);
    const output = tf.tidy(() =>
      lstmForward(
        tf,
        tf.tensor2d(weights, [4 * units, width + units]),
        tf.tensor3d(past, [steps, width, SIZE]),
        units,
      ).output.dataSync(),
    );
    for (let b = 0; b < SIZE; b++) {
      const own = Float32Array.from({ length: steps * width }, (_, i) => past[i * SIZE + b]!);
      naiveLstm(weights, own, steps, width, units).forEach((value, u) => {
        expect(output[u * SIZE + b]).toBeCloseTo(value, 5);
      });
    }
  });

  it('has the gradients that finite differences show, for every weight', () => {
    const count = parameterCountOf(shape);
    const parameters = initialParameters(shape, Float32Array.of(1), random.fork('weights'));
    // The last layer starts silent; with it so, nothing flows back to the rest.
    parameters.set(normals(count, 0.3).map((x, i) => x + parameters[i]!));
    const past = withOnes(shape.lookback, shape.pastWidth + 1, SIZE);
    const fixed = withOnes(1, shape.staticWidth + 1, SIZE);
    const ahead = withOnes(1, shape.aheadWidth + 1, shape.horizon * SIZE);
    const slope = normals(shape.horizon * SIZE);
    const batch = (): Batch => ({
      size: SIZE,
      entities: [Int32Array.of(2, 0, -1, 2, 1)],
      past: tf.tensor3d(past, [shape.lookback, shape.pastWidth + 1, SIZE]),
      fixed: tf.tensor2d(fixed, [shape.staticWidth + 1, SIZE]),
      ahead: tf.tensor2d(ahead, [shape.aheadWidth + 1, shape.horizon * SIZE]),
    });
    const loss = (at: Float32Array): number => {
      const logMean = tf.tidy(() => forward(tf, shape, uploadWeights(tf, shape, at), batch()).outputs.dataSync());
      return logMean.reduce((sum, value, i) => sum + value * slope[i]!, 0);
    };
    const gradient = new Float32Array(count);
    tf.tidy(() => {
      const weights = uploadWeights(tf, shape, parameters);
      const given = batch();
      const slopes: Tensor2D = tf.tensor2d(slope, [1, shape.horizon * SIZE]);
      const found = backward(tf, shape, weights, given, forward(tf, shape, weights, given), slopes);
      for (const { name, offset } of blocksOf(shape)) gradient.set(found[name]!.dataSync(), offset);
    });
    const step = 2e-3;
    for (let i = 0; i < count; i++) {
      const moved = (by: number): number => loss(parameters.with(i, parameters[i]! + by));
      const difference = (moved(step) - moved(-step)) / (2 * step);
      expect(Math.abs(gradient[i]! - difference)).toBeLessThan(0.01 + 0.02 * Math.abs(difference));
    }
  });
});
