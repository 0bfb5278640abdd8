import type { Embedding } from './entities.ts';

/** Examples for the network, one after the other; a window is one series seen from one origin. */
export interface Windows {
  count: number;
  /** First period of the targets, [window]. */
  origin: Int32Array;
  /** Past periods fed to the LSTM, [window][lookback][pastWidth]. */
  past: Float32Array;
  /** What is known about the series at the origin, [window][staticWidth]. */
  fixed: Float32Array;
  /** The series' product, location and category among those with a learned vector, -1 for others, [window][kind]. */
  entity: Int32Array;
  /** What is known ahead about each period to forecast, [window][horizon][aheadWidth]. */
  ahead: Float32Array;
  /** Sales over `scale`, 0 where not known, [window][horizon]. */
  target: Float32Array;
  /** Weight of each target in the loss, 0 where not known, [window][horizon]. */
  weight: Float32Array;
  /** Units that 1 stands for, [window]; 0 where the series has no history. */
  scale: Float32Array;
}

export interface WindowShape {
  lookback: number;
  horizon: number;
  pastWidth: number;
  staticWidth: number;
  aheadWidth: number;
  /** Learned vectors, in the order of `Windows.entity`. */
  embeddings: readonly Embedding[];
}
