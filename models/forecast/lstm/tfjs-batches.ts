import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { NetworkShape } from './network-shape.ts';
import type { Batch } from './tfjs-network.ts';
import type { Tensors } from './tfjs-runtime.ts';
import type { Windows } from './window-shape.ts';

/** A batch with its targets; columns by period, then example. */
export interface TrainingBatch extends Batch {
  /** [1][horizon * size]. */
  target: Tensor2D;
  weight: Tensor2D;
  /** Units that 1 stands for, [1][horizon * size]. */
  scale: Tensor2D;
}

/** Lays the windows `order[from .. from + size)` out with the examples along the last axis. Dispose with `tf.tidy`. */
export function gatherBatch(
  tf: Tensors,
  shape: NetworkShape,
  windows: Windows,
  order: Int32Array,
  from: number,
  size: number,
): TrainingBatch {
  const { lookback, horizon, pastWidth, staticWidth, aheadWidth, embeddings } = shape;
  const past = new Float32Array(lookback * (pastWidth + 1) * size).fill(1);
  const fixed = new Float32Array((staticWidth + 1) * size).fill(1);
  const ahead = new Float32Array((aheadWidth + 1) * horizon * size).fill(1);
  const target = new Float32Array(horizon * size);
  const weight = new Float32Array(horizon * size);
  const scale = new Float32Array(horizon * size);
  const kinds = embeddings.length;
  for (let b = 0; b < size; b++) {
    const i = order[from + b]!;
    for (let t = 0; t < lookback; t++) {
      const row = (i * lookback + t) * pastWidth;
      const at = t * (pastWidth + 1) * size + b;
      for (let f = 0; f < pastWidth; f++) past[at + f * size] = windows.past[row + f]!;
    }
    for (let f = 0; f < staticWidth; f++) fixed[f * size + b] = windows.fixed[i * staticWidth + f]!;
    for (let h = 0; h < horizon; h++) {
      const row = (i * horizon + h) * aheadWidth;
      const column = h * size + b;
      for (let f = 0; f < aheadWidth; f++) ahead[f * horizon * size + column] = windows.ahead[row + f]!;
      target[column] = windows.target[i * horizon + h]!;
      scale[column] = windows.scale[i]!;
      weight[column] = windows.weight[i * horizon + h]!;
    }
  }
  return {
    size,
    entities: embeddings.map((_, k) =>
      Int32Array.from({ length: size }, (__, b) => windows.entity[order[from + b]! * kinds + k]!),
    ),
    past: tf.tensor3d(past, [lookback, pastWidth + 1, size]),
    fixed: tf.tensor2d(fixed, [staticWidth + 1, size]),
    ahead: tf.tensor2d(ahead, [aheadWidth + 1, horizon * size]),
    target: tf.tensor2d(target, [1, horizon * size]),
    weight: tf.tensor2d(weight, [1, horizon * size]),
    scale: tf.tensor2d(scale, [1, horizon * size]),
  };
}
