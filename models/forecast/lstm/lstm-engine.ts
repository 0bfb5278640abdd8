import type { Dropout } from './dropout.ts';
import type { NetworkShape } from './network-shape.ts';
import type { Windows } from './windows.ts';

export type EngineName = 'kernel' | 'tfjs';

/** One network, ready to compute. Both engines give the same numbers up to rounding. */
export interface Network {
  /**
   * Gradient of the loss over the windows `order[from .. from + size)`, times weight and `unit`: the likelihood of the shape for
   * the mean (quasi-Poisson: mean - target) and the pinball loss for quantiles. All logs are kept in `LOG_BOUNDS`.
   *
   * @param dropout of the last state and the learned vectors; none where left out
   * @returns in the order of `blocksOf`; valid until the next call
   */
  gradient(
    parameters: Float32Array,
    windows: Windows,
    order: Int32Array,
    from: number,
    size: number,
    unit: number,
    dropout?: Dropout,
  ): Float32Array;
  /** Logs of mean and quantiles over the scale, [window][horizon][output]. */
  outputs(parameters: Float32Array, windows: Windows): Float32Array;
  /** Lets go of threads; the network cannot be used any more. */
  close(): void;
}

/** Where the LSTM computes. */
export interface LstmEngine {
  name: EngineName;
  network(shape: NetworkShape): Network;
}

/** Bounds of the logs of mean and quantiles over the scale. */
export const LOG_BOUNDS = [-7, 3] as const;

/**
 * Sets an engine up.
 *
 * @param name `kernel`, our own in WASM, or `tfjs`, which takes several times as long
 * @param threads of the kernel; the results are the same for any number
 */
export async function loadLstmEngine(name: EngineName, threads = 1): Promise<LstmEngine> {
  if (name === 'tfjs') return (await import('./tfjs-engine.ts')).loadTfjsEngine();
  if (threads > 1) return (await import('./parallel-engine.ts')).parallelEngine(threads);
  return (await import('./kernel-engine.ts')).kernelEngine;
}
