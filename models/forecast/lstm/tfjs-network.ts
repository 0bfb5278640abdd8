import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { type BlockName, blocksOf, embeddedWidth, type LayerName, type NetworkShape } from './network-shape.ts';
import { type LstmTrace, lstmBackward, lstmForward } from './tfjs-lstm-layer.ts';
import type { Tensors } from './tfjs-runtime.ts';

/** One batch, features along the rows and examples along the columns. */
export interface Batch {
  size: number;
  /** Rows of the tables of learned vectors, -1 for none, [table][size]. */
  entities: Int32Array[];
  /** [lookback][pastWidth + 1][size], last row of each step 1. */
  past: Tensor3D;
  /** [staticWidth + 1][size], last row 1. */
  fixed: Tensor2D;
  /** [aheadWidth + 1][horizon * size], last row 1; columns by period, then example. */
  ahead: Tensor2D;
  /** Factors of the last state and the learned vectors, [units + widths][size]; as they are where left out. */
  keep?: Tensor2D;
}

interface Trace {
  lstm: LstmTrace;
  seen: Tensor2D;
  first: Tensor2D;
  second: Tensor2D;
  outputs: Tensor2D;
}

export type Weights = Record<LayerName, Tensor2D> & Partial<Record<BlockName, Tensor2D>>;

/** Uploads the parameters; the caller disposes of them. */
export function uploadWeights(tf: Tensors, shape: NetworkShape, parameters: Float32Array): Weights {
  return Object.fromEntries(
    blocksOf(shape).map(({ name, rows, columns, offset }) => [
      name,
      tf.tensor2d(parameters.slice(offset, offset + rows * columns), [rows, columns]),
    ]),
  ) as Weights;
}

/** Logs of mean and quantiles over the scale, [outputs][horizon * size], with what the way back needs. Call inside `tf.tidy`. */
export function forward(tf: Tensors, shape: NetworkShape, weights: Weights, batch: Batch): Trace {
  const lstm = lstmForward(tf, weights.lstm, batch.past, shape.units);
  const embedded = shape.embeddings.map(({ kind }, k) => lookUp(tf, weights[kind]!, batch.entities[k]!));
  const own: Tensor2D = tf.concat([lstm.output, ...embedded], 0);
  const seen: Tensor2D = tf.concat([batch.keep ? tf.mul(own, batch.keep) : own, batch.fixed], 0);
  const { hidden, horizon } = shape;
  const context = tf.reshape(tf.matMul(weights.context, seen), [hidden, 1, batch.size]);
  const ownFirst = tf.reshape(tf.matMul(weights.first, batch.ahead), [hidden, horizon, batch.size]);
  const first: Tensor2D = tf.reshape(tf.relu(tf.add(ownFirst, context)), [hidden, horizon * batch.size]);
  const second = tf.relu(
    tf.add(tf.matMul(weights.second, first), tf.matMul(weights.secondAhead, batch.ahead)),
  ) as Tensor2D;
  const outputs = tf.add(tf.matMul(weights.last, second), tf.matMul(weights.linear, batch.ahead)) as Tensor2D;
  return { lstm, seen, first, second, outputs };
}

/** Vectors of entities as columns, zeros for -1, [width][size]. */
function lookUp(tf: Tensors, table: Tensor2D, entity: Int32Array): Tensor2D {
  const [entities, width] = table.shape;
  const withNone: Tensor2D = tf.concat([table, tf.zeros([1, width])], 0);
  const rows = tf.tensor1d(
    entity.map((e) => (e < 0 ? entities : e)),
    'int32',
  );
  return tf.transpose(tf.gather(withNone, rows)) as Tensor2D;
}

/** Gradient of a table from that of its vectors, [width][size], by a product: the WASM backend cannot scatter what `gather` took. */
function slopeOfTable(tf: Tensors, entities: number, entity: Int32Array, slope: Tensor2D): Tensor2D {
  const isOf = new Float32Array(entities * entity.length);
  entity.forEach((e, b) => {
    if (e >= 0) isOf[e * entity.length + b] = 1;
  });
  return tf.matMul(tf.tensor2d(isOf, [entities, entity.length]), tf.transpose(slope));
}

/**
 * Gradients of all weights from that of `outputs`. Written out by hand, every product with an explicit transpose:
 * the WASM backend's own transposed products are about ten times slower. Call inside `tf.tidy`.
 */
export function backward(
  tf: Tensors,
  shape: NetworkShape,
  weights: Weights,
  batch: Batch,
  trace: Trace,
  slope: Tensor2D,
): Weights {
  const { units, hidden, horizon } = shape;
  const aheadT = tf.transpose(batch.ahead);
  const slopeSecond = tf.mul(tf.matMul(tf.transpose(weights.last), slope), tf.step(trace.second)) as Tensor2D;
  const slopeFirst = tf.mul(tf.matMul(tf.transpose(weights.second), slopeSecond), tf.step(trace.first)) as Tensor2D;
  const slopeContext = tf.sum(tf.reshape(slopeFirst, [hidden, horizon, batch.size]), 1) as Tensor2D;
  const whole: Tensor2D = tf.matMul(tf.transpose(weights.context), slopeContext);
  const slopeOwn: Tensor2D = tf.slice(whole, [0, 0], [units + embeddedWidth(shape), batch.size]);
  const slopeSeen: Tensor2D = batch.keep ? tf.mul(slopeOwn, batch.keep) : slopeOwn;
  const slopeState = tf.slice(slopeSeen, [0, 0], [units, batch.size]);
  const starts = shape.embeddings.map((_, k) => units + embeddedWidth({ embeddings: shape.embeddings.slice(0, k) }));
  const tables = shape.embeddings.map(({ kind, entities, width }, k) => {
    const own: Tensor2D = tf.slice(slopeSeen, [starts[k]!, 0], [width, batch.size]);
    return [kind, slopeOfTable(tf, entities, batch.entities[k]!, own)];
  });
  return {
    ...Object.fromEntries(tables),
    lstm: lstmBackward(tf, weights.lstm, trace.lstm, slopeState, units),
    context: tf.matMul(slopeContext, tf.transpose(trace.seen)),
    first: tf.matMul(slopeFirst, aheadT),
    second: tf.matMul(slopeSecond, tf.transpose(trace.first)),
    secondAhead: tf.matMul(slopeSecond, aheadT),
    last: tf.matMul(slope, tf.transpose(trace.second)),
    linear: tf.matMul(slope, aheadT),
  };
}
