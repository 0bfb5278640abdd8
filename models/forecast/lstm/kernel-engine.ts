import { createLstmKernel, type LstmBuild, type LstmKernel, EXAMPLES as TILE } from '../../kernels/lstm.ts';
import { type Dropout, keepFactor } from './dropout.ts';
import { LOG_BOUNDS, type LstmEngine, type Network } from './lstm-engine.ts';
import { type NetworkShape, outputsOf } from './network-shape.ts';
import type { Windows } from './window-shape.ts';

/**
 * Examples whose gradient is computed by one thread. Gradients of shards are summed in their order, so that the sum has the
 * same bytes whichever thread computed which.
 */
export const SHARD = 64;

/** Our own kernel: one thread, the same bytes on every machine that fuses multiplication and addition (docs/decisions/0014). */
export const kernelEngine: LstmEngine = { name: 'kernel', network: (shape) => createKernelNetwork(shape) };

/** A network that gives the gradient in parts. */
export interface ShardedNetwork extends Network {
  load(parameters: Float32Array): void;
  /**
   * Gradient over the windows `order[from .. from + size)` with the parameters loaded; valid until the next call.
   *
   * @param order of the whole step
   */
  shard(
    windows: Windows,
    order: Int32Array,
    from: number,
    size: number,
    unit: number,
    dropout: Dropout | undefined,
  ): Float32Array;
  /** Sum of the gradients of shards, [shard][parameter], in their order; valid until the next call. */
  sum(gradients: Float32Array): Float32Array;
}

/** One network on this thread. */
export function createKernelNetwork(shape: NetworkShape, build?: LstmBuild): ShardedNetwork {
  const outputs = outputsOf(shape);
  const kernel = createLstmKernel({ ...shape, outputs, embedded: shape.embeddings }, build);
  kernel.past.fill(1);
  kernel.fixed.fill(1);
  kernel.ahead.fill(1);

  const load: ShardedNetwork['load'] = (parameters) => {
    kernel.parameters.set(parameters);
    kernel.packParameters();
  };

  const shard: ShardedNetwork['shard'] = (windows, order, from, size, unit, dropout) => {
    kernel.gradient.fill(0);
    for (let at = from; at < from + size; at += TILE) {
      gatherTile(kernel, shape, windows, order, at, Math.min(TILE, from + size - at));
      if (dropout) drop(kernel.keep, dropout, at);
      kernel.forward();
      if (shape.likelihood === 'negative_binomial') kernel.countSlope(outputs - 1, unit, ...LOG_BOUNDS);
      else kernel.meanSlope(1, unit, ...LOG_BOUNDS);
      shape.quantiles.forEach((level, q) => {
        kernel.quantileSlope(1 + q, level, unit, ...LOG_BOUNDS);
      });
      kernel.backward();
    }
    if (dropout) kernel.keep.fill(1);
    return kernel.gradient;
  };

  const gradient: Network['gradient'] = (parameters, windows, order, from, size, unit, dropout) => {
    load(parameters);
    kernel.total.fill(0);
    const step = order.subarray(from, from + size);
    for (let at = 0; at < size; at += SHARD) {
      shard(windows, step, at, Math.min(SHARD, size - at), unit, dropout);
      kernel.addToTotal();
    }
    return kernel.total;
  };

  const sum: ShardedNetwork['sum'] = (gradients) => {
    const { length } = kernel.gradient;
    kernel.total.fill(0);
    for (let at = 0; at < gradients.length; at += length) {
      kernel.gradient.set(gradients.subarray(at, at + length));
      kernel.addToTotal();
    }
    return kernel.total;
  };

  const outputsFor: Network['outputs'] = (parameters, windows) => {
    const perWindow = shape.horizon * outputs;
    const order = Int32Array.from({ length: windows.count }, (_, i) => i);
    const result = new Float32Array(windows.count * perWindow);
    load(parameters);
    for (let from = 0; from < windows.count; from += TILE) {
      const size = Math.min(TILE, windows.count - from);
      gatherTile(kernel, shape, windows, order, from, size);
      kernel.forward();
      for (let b = 0; b < size; b++) {
        for (let k = 0; k < perWindow; k++) result[(from + b) * perWindow + k] = kernel.output[k * TILE + b]!;
      }
    }
    return result;
  };
  return { load, shard, sum, gradient, outputs: outputsFor, close: () => undefined };
}

/** Fills the factors of a tile that begins at a place of its step. */
function drop(keep: Float32Array, dropout: Dropout, from: number): void {
  for (let i = 0; i < keep.length; i++) keep[i] = keepFactor(dropout, from + (i % TILE), Math.floor(i / TILE));
}

/** Lays `size` windows out with the examples along the last axis; the columns left over repeat the last one and weigh nothing. */
function gatherTile(
  kernel: LstmKernel,
  shape: NetworkShape,
  windows: Windows,
  order: Int32Array,
  from: number,
  size: number,
): void {
  const { lookback, horizon, pastWidth, staticWidth, aheadWidth, units, embeddings } = shape;
  const tile = Int32Array.from({ length: TILE }, (_, b) => order[from + Math.min(b, size - 1)]!);
  gather(windows.past, tile, lookback, pastWidth, kernel.past, pastWidth + 1 + units);
  gather(windows.ahead, tile, horizon, aheadWidth, kernel.ahead, aheadWidth + 1);
  gather(windows.fixed, tile, 1, staticWidth, kernel.fixed, staticWidth);
  gather(windows.target, tile, 1, horizon, kernel.target, horizon);
  gather(windows.weight, tile, 1, horizon, kernel.weight, horizon);
  const kinds = embeddings.length;
  for (let b = 0; b < TILE; b++) {
    kernel.scale[b] = windows.scale[tile[b]!]!;
    for (let k = 0; k < kinds; k++) kernel.entity[k * TILE + b] = windows.entity[tile[b]! * kinds + k]!;
  }
  for (let h = 0; h < horizon; h++) kernel.weight.fill(0, h * TILE + size, (h + 1) * TILE);
}

/**
 * Turns what windows hold, [window][step][column], to rows of examples, [step][row][example], with `rows` from step to step; four
 * windows at a time, so that each line of the cache is visited less often.
 */
function gather(
  values: Float32Array,
  tile: Int32Array,
  steps: number,
  columns: number,
  into: Float32Array,
  rows: number,
): void {
  const width = steps * columns;
  for (let b = 0; b < TILE; b += 4) {
    let [r0, r1, r2, r3] = [tile[b]! * width, tile[b + 1]! * width, tile[b + 2]! * width, tile[b + 3]! * width];
    for (let t = 0; t < steps; t++) {
      let at = t * rows * TILE + b;
      for (let f = 0; f < columns; f++, at += TILE) {
        into[at] = values[r0++]!;
        into[at + 1] = values[r1++]!;
        into[at + 2] = values[r2++]!;
        into[at + 3] = values[r3++]!;
      }
    }
  }
}
