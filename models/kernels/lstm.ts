import { wasmBase64 } from './generated/lstm-wasm.ts';
import { instantiate } from './instantiate.ts';

interface LstmExports {
  memory: WebAssembly.Memory;
  prepare(...sizes: number[]): number;
  parametersAt(): number;
  gradientAt(): number;
  pastAt(): number;
  fixedAt(): number;
  aheadAt(): number;
  targetAt(): number;
  weightAt(): number;
  scaleAt(): number;
  outputAt(): number;
  slopeAt(): number;
  forward(): void;
  meanSlope(power: number, unit: number, low: number, high: number): void;
  quantileSlope(output: number, level: number, unit: number, low: number, high: number): void;
  countSlope(output: number, unit: number, low: number, high: number): void;
  backward(): void;
}

/** Sizes of a network and of a tile of examples; the widths do not count the rows of ones. */
export interface LstmKernelSizes {
  lookback: number;
  horizon: number;
  pastWidth: number;
  staticWidth: number;
  aheadWidth: number;
  units: number;
  hidden: number;
  /** Outputs per period ahead. */
  outputs: number;
  /** Examples computed at once, a multiple of 8. */
  examples: number;
}

/**
 * The network in WASM over one tile of examples, with views on its buffers; examples lie along the last axis. `forward` reads
 * `parameters`, `past`, `fixed` and `ahead` and writes `output`; `backward` reads `slope` and adds to `gradient`.
 */
export interface LstmKernel {
  /** In the order of `blocksOf`. */
  parameters: Float32Array;
  gradient: Float32Array;
  /** [lookback][pastWidth + 1 + units][examples]: the inputs and 1; the rows of the state are the kernel's. */
  past: Float32Array;
  /** [staticWidth + 1][examples], last row 1. */
  fixed: Float32Array;
  /** [horizon][aheadWidth + 1][examples], last row of each period 1. */
  ahead: Float32Array;
  /** [horizon][examples]. */
  target: Float32Array;
  weight: Float32Array;
  /** Units that 1 stands for, [examples]; `countSlope` alone reads it. */
  scale: Float32Array;
  /** [horizon][outputs][examples]. */
  output: Float32Array;
  slope: Float32Array;
  forward(): void;
  /**
   * Slope of the quasi-likelihood of variance mean^power at output 0, the log of the mean, times weight and `unit`; the log
   * is kept in bounds.
   */
  meanSlope(power: number, unit: number, low: number, high: number): void;
  /** Slope of the pinball loss at another output, the log of a quantile. */
  quantileSlope(output: number, level: number, unit: number, low: number, high: number): void;
  /**
   * Slopes of the negative binomial likelihood of targets in units at output 0 and at `output`, the log of the dispersion (variance
   * = mean + dispersion mean^2), times weight and `unit`.
   */
  countSlope(output: number, unit: number, low: number, high: number): void;
  backward(): void;
}

/** A kernel for one network; each call has a memory of its own, of a few megabytes. */
export function createLstmKernel(sizes: LstmKernelSizes): LstmKernel {
  const wasm = instantiate<LstmExports>(wasmBase64);
  const { lookback, horizon, units, hidden, outputs, examples } = sizes;
  const [past, fixed, ahead] = [sizes.pastWidth + 1, sizes.staticWidth + 1, sizes.aheadWidth + 1];
  const end = wasm.prepare(lookback, horizon, past, fixed, ahead, units, hidden, outputs, examples);
  if (end === 0) throw new RangeError('the LSTM kernel found no memory');
  const view = (at: number, length: number): Float32Array => new Float32Array(wasm.memory.buffer, at, length);
  const count = (wasm.gradientAt() - wasm.parametersAt()) >> 2;
  const parameterCount =
    4 * units * (past + units) + hidden * (units + fixed + hidden + 2 * ahead) + outputs * (hidden + ahead);
  if (count < parameterCount) throw new RangeError('the LSTM kernel disagrees about its size');
  return {
    parameters: view(wasm.parametersAt(), parameterCount),
    gradient: view(wasm.gradientAt(), parameterCount),
    past: view(wasm.pastAt(), lookback * (past + units) * examples),
    fixed: view(wasm.fixedAt(), fixed * examples),
    ahead: view(wasm.aheadAt(), horizon * ahead * examples),
    target: view(wasm.targetAt(), horizon * examples),
    weight: view(wasm.weightAt(), horizon * examples),
    scale: view(wasm.scaleAt(), examples),
    output: view(wasm.outputAt(), horizon * outputs * examples),
    slope: view(wasm.slopeAt(), horizon * outputs * examples),
    forward: wasm.forward,
    meanSlope: wasm.meanSlope,
    quantileSlope: wasm.quantileSlope,
    countSlope: wasm.countSlope,
    backward: wasm.backward,
  };
}
