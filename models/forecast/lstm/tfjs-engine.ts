import type { Tensor2D } from '@tensorflow/tfjs-core';
import { countSlopes } from './count-likelihood.ts';
import { type Dropout, keepFactor } from './dropout.ts';
import { LOG_BOUNDS, type LstmEngine, type Network } from './lstm-engine.ts';
import { blocksOf, embeddedWidth, type NetworkShape, outputsOf } from './network-shape.ts';
import { gatherBatch, type TrainingBatch } from './tfjs-batches.ts';
import { backward, forward, uploadWeights } from './tfjs-network.ts';
import { loadTfjs, type Tensors } from './tfjs-runtime.ts';

const FORECAST_BATCH = 512;

/** The second engine: TensorFlow.js, native where it is installed. */
export async function loadTfjsEngine(which: 'auto' | 'wasm' = 'auto'): Promise<LstmEngine> {
  const { tf } = await loadTfjs(which);
  return { name: 'tfjs', network: (shape) => createTfjsNetwork(tf, shape) };
}

function createTfjsNetwork(tf: Tensors, shape: NetworkShape): Network {
  const { horizon } = shape;
  const blocks = blocksOf(shape);

  const gradient: Network['gradient'] = (parameters, windows, order, from, size, unit, dropout) => {
    const gradients = tf.tidy(() => {
      const weights = uploadWeights(tf, shape, parameters);
      const batch = { ...gatherBatch(tf, shape, windows, order, from, size), keep: keepOf(tf, shape, size, dropout) };
      const trace = forward(tf, shape, weights, batch);
      const slope = tf.mul(slopeOf(tf, shape, trace.outputs, batch), unit) as Tensor2D;
      return backward(tf, shape, weights, batch, trace, slope);
    });
    const flat = new Float32Array(parameters.length);
    for (const { name, offset } of blocks) {
      flat.set(gradients[name]!.dataSync(), offset);
      gradients[name]!.dispose();
    }
    return flat;
  };

  const outputs: Network['outputs'] = (parameters, windows) => {
    const order = Int32Array.from({ length: windows.count }, (_, i) => i);
    const perPeriod = outputsOf(shape);
    const result = new Float32Array(windows.count * horizon * perPeriod);
    for (let from = 0; from < windows.count; from += FORECAST_BATCH) {
      const size = Math.min(FORECAST_BATCH, windows.count - from);
      const rows = tf.tidy(() => {
        const weights = uploadWeights(tf, shape, parameters);
        return forward(tf, shape, weights, gatherBatch(tf, shape, windows, order, from, size)).outputs.dataSync();
      });
      for (let b = 0; b < size; b++) {
        for (let h = 0; h < horizon; h++) {
          const at = ((from + b) * horizon + h) * perPeriod;
          for (let o = 0; o < perPeriod; o++) result[at + o] = rows[(o * horizon + h) * size + b]!;
        }
      }
    }
    return result;
  };
  return { gradient, outputs, close: () => undefined };
}

/** Factors of dropout, [units + widths][size]. */
function keepOf(tf: Tensors, shape: NetworkShape, size: number, dropout?: Dropout): Tensor2D | undefined {
  if (!dropout) return undefined;
  const rows = shape.units + embeddedWidth(shape);
  const factors = Float32Array.from({ length: rows * size }, (_, i) =>
    keepFactor(dropout, i % size, Math.floor(i / size)),
  );
  return tf.tensor2d(factors, [rows, size]);
}

/** Slopes of the likelihood of the mean and of the pinball loss at the quantiles, [outputs][horizon * size]. */
function slopeOf(tf: Tensors, shape: NetworkShape, outputs: Tensor2D, batch: TrainingBatch): Tensor2D {
  const logs = tf.clipByValue(outputs, ...LOG_BOUNDS);
  const row = (o: number): Tensor2D => tf.exp(tf.slice(logs, [o, 0], [1, -1]));
  const ofQuantiles = shape.quantiles.map((level, q) => {
    const quantile = row(1 + q);
    const isOver = tf.cast(tf.less(batch.target, quantile), 'float32');
    return tf.mul(tf.sub(isOver, level), quantile) as Tensor2D;
  });
  if (shape.likelihood === 'quasi_poisson') {
    return tf.mul(tf.concat([tf.sub(row(0), batch.target) as Tensor2D, ...ofQuantiles], 0), batch.weight);
  }
  const units = (values: Tensor2D): Float32Array => tf.mul(values, batch.scale).dataSync<'float32'>();
  const [ofMean, ofDispersion] = countSlopes(
    units(batch.target),
    units(row(0)),
    row(1 + ofQuantiles.length).dataSync(),
  );
  const asRow = (values: Float32Array): Tensor2D => tf.tensor2d(values, [1, values.length]);
  return tf.mul(tf.concat([asRow(ofMean), ...ofQuantiles, asRow(ofDispersion)], 0), batch.weight);
}
