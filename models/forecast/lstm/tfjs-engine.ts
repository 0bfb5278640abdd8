import type { Tensor2D } from '@tensorflow/tfjs-core';
import { loadEngine, type Tensors } from './engine.ts';
import { LOG_MEAN_BOUNDS, type LstmEngine, type Network } from './lstm-engine.ts';
import { blocksOf, type NetworkShape } from './network-shape.ts';
import { gatherBatch } from './tfjs-batches.ts';
import { backward, forward, uploadWeights } from './tfjs-network.ts';

const FORECAST_BATCH = 512;

/** The second engine: TensorFlow.js, native where it is installed. */
export async function loadTfjsEngine(which: 'auto' | 'wasm' = 'auto'): Promise<LstmEngine> {
  const { tf } = await loadEngine(which);
  return { name: 'tfjs', network: (shape) => createTfjsNetwork(tf, shape) };
}

function createTfjsNetwork(tf: Tensors, shape: NetworkShape): Network {
  const { horizon } = shape;
  const blocks = blocksOf(shape);

  const gradient: Network['gradient'] = (parameters, windows, order, from, size, unit) => {
    const gradients = tf.tidy(() => {
      const weights = uploadWeights(tf, shape, parameters);
      const batch = gatherBatch(tf, shape, windows, order, from, size);
      const trace = forward(tf, shape, weights, batch);
      const mean = tf.exp(tf.clipByValue(trace.logMean, ...LOG_MEAN_BOUNDS));
      const slope = tf.mul(tf.mul(tf.sub(mean, batch.target), batch.weight), unit) as Tensor2D;
      return backward(tf, shape, weights, batch, trace, slope);
    });
    const flat = new Float32Array(parameters.length);
    for (const { name, offset } of blocks) {
      flat.set(gradients[name].dataSync(), offset);
      gradients[name].dispose();
    }
    return flat;
  };

  const logMean: Network['logMean'] = (parameters, windows) => {
    const order = Int32Array.from({ length: windows.count }, (_, i) => i);
    const result = new Float32Array(windows.count * horizon);
    for (let from = 0; from < windows.count; from += FORECAST_BATCH) {
      const size = Math.min(FORECAST_BATCH, windows.count - from);
      const columns = tf.tidy(() => {
        const weights = uploadWeights(tf, shape, parameters);
        return forward(tf, shape, weights, gatherBatch(tf, shape, windows, order, from, size)).logMean.dataSync();
      });
      for (let b = 0; b < size; b++) {
        for (let h = 0; h < horizon; h++) result[(from + b) * horizon + h] = columns[h * size + b]!;
      }
    }
    return result;
  };
  return { gradient, logMean };
}
