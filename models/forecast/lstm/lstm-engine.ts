import type { Dropout } from './dropout.ts';
import type { NetworkShape } from './network-shape.ts';
import type { Windows } from './window-shape.ts';

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
