import { wasmBase64 as fused } from './generated/lstm-fused-wasm.ts';
import { wasmBase64 as plain } from './generated/lstm-wasm.ts';
import { canRelax, instantiate } from './instantiate.ts';

interface LstmExports {
  memory: WebAssembly.Memory;
  multiplyAdd(a: number, b: number, c: number): number;
  prepare(...sizes: number[]): number;
  parametersAt(): number;
  gradientAt(): number;
  totalAt(): number;
  pastAt(): number;
  fixedAt(): number;
  entityAt(): number;
  keepAt(): number;
  embed(table: number, entities: number, width: number): void;
  packParameters(): void;
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
  addToTotal(): void;
}

/**
 * Examples computed at once, as the kernel has it: a row of them is one line of the cache, and what a tile needs for the way back
 * (0.8 MB with 64 units) stays in the second-level cache.
 */
export const EXAMPLES = 16;

/** Sizes of a network; the widths do not count the rows of ones. */
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
  /** Tables of learned vectors, at the end of the parameters. */
  embedded: readonly { entities: number; width: number }[];
}

/**
 * The network in WASM over one tile of examples, with views on its buffers; examples lie along the last axis. `forward` reads
 * `parameters`, `past`, `fixed` and `ahead` and writes `output`; `backward` reads `slope` and adds to `gradient`.
 */
export interface LstmKernel {
  /** In the order of `blocksOf`. */
  parameters: Float32Array;
  gradient: Float32Array;
  /** Of gradients. */
  total: Float32Array;
  /** [lookback][pastWidth + 1 + units][examples]: the inputs and 1; the rows of the state are the kernel's. */
  past: Float32Array;
  /** [staticWidth + 1][examples], last row 1. */
  fixed: Float32Array;
  /** Which vector of each table, -1 for none (all 0), [table][examples]. */
  entity: Int32Array;
  /** Factors of the last state and of the learned vectors, as dropout wants them, [units + widths][examples]; 1 at first. */
  keep: Float32Array;
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
  /** Makes `forward` and `backward` use `parameters` as they are now. */
  packParameters(): void;
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
  /** Adds `gradient` to `total`. */
  addToTotal(): void;
}

/**
 * Builds of the one source: `fused` multiplies and adds with one rounding (relaxed SIMD), `plain` with two; they differ in the last
 * bits.
 */
const BUILDS = { fused, plain };
export type LstmBuild = keyof typeof BUILDS;

let build: LstmBuild | undefined;

/** The build for this machine: `fused` where a number shows that it rounds once, as all with ARM64 or FMA3 (x64, from 2013 on) do. */
export function lstmBuild(): LstmBuild {
  const x = 1 + 2 ** -12;
  const roundsOnce = (): boolean => instantiate<LstmExports>(fused).multiplyAdd(x, x, -1 - 2 ** -11) === 2 ** -24;
  build ??= canRelax(fused) && roundsOnce() ? 'fused' : 'plain';
  return build;
}

/** A kernel for one network; each call has a memory of its own, of a few megabytes. */
export function createLstmKernel(sizes: LstmKernelSizes, build = lstmBuild()): LstmKernel {
  const wasm = instantiate<LstmExports>(BUILDS[build]);
  const { lookback, horizon, units, hidden, outputs, embedded } = sizes;
  const [past, fixed, ahead] = [sizes.pastWidth + 1, sizes.staticWidth + 1, sizes.aheadWidth + 1];
  const vectorWidth = embedded.reduce((sum, { width }) => sum + width, 0);
  const tableSize = embedded.reduce((sum, { entities, width }) => sum + entities * width, 0);
  const kinds = embedded.length;
  const end = wasm.prepare(
    ...[lookback, horizon, past, fixed, ahead, units, hidden, outputs],
    ...[vectorWidth, tableSize, kinds],
  );
  if (end === 0) throw new RangeError('the LSTM kernel found no memory');
  embedded.forEach(({ entities, width }, k) => {
    wasm.embed(k, entities, width);
  });
  const view = (at: number, length: number): Float32Array => new Float32Array(wasm.memory.buffer, at, length);
  const count = (wasm.gradientAt() - wasm.parametersAt()) >> 2;
  const parameterCount =
    4 * units * (past + units) +
    hidden * (units + vectorWidth + fixed + hidden + 2 * ahead) +
    outputs * (hidden + ahead) +
    tableSize;
  if (count < parameterCount) throw new RangeError('the LSTM kernel disagrees about its size');
  return {
    parameters: view(wasm.parametersAt(), parameterCount),
    gradient: view(wasm.gradientAt(), parameterCount),
    total: view(wasm.totalAt(), parameterCount),
    past: view(wasm.pastAt(), lookback * (past + units) * EXAMPLES),
    fixed: view(wasm.fixedAt(), fixed * EXAMPLES),
    entity: new Int32Array(wasm.memory.buffer, wasm.entityAt(), kinds * EXAMPLES),
    keep: view(wasm.keepAt(), (units + vectorWidth) * EXAMPLES).fill(1),
    ahead: view(wasm.aheadAt(), horizon * ahead * EXAMPLES),
    target: view(wasm.targetAt(), horizon * EXAMPLES),
    weight: view(wasm.weightAt(), horizon * EXAMPLES),
    scale: view(wasm.scaleAt(), EXAMPLES),
    output: view(wasm.outputAt(), horizon * outputs * EXAMPLES),
    slope: view(wasm.slopeAt(), horizon * outputs * EXAMPLES),
    packParameters: wasm.packParameters,
    forward: wasm.forward,
    meanSlope: wasm.meanSlope,
    quantileSlope: wasm.quantileSlope,
    countSlope: wasm.countSlope,
    backward: wasm.backward,
    addToTotal: wasm.addToTotal,
  };
}
