import { wasmBase64 } from './generated/ets-wasm.ts';
import { instantiate } from './instantiate.ts';

interface EtsExports {
  memory: WebAssembly.Memory;
  maxPeriods(): number;
  maxSeason(): number;
  series(): number;
  fitted(): number;
  season(): number;
  state(): number;
  maxParameters(): number;
  dLevel(): number;
  dSlope(): number;
  dSeason(): number;
  products(): number;
  cross(): number;
  logSlopes(): number;
  sums(): number;
  derivatives(
    n: number,
    m: number,
    relativeErrors: number,
    hasTrend: number,
    seasonKind: number,
    alpha: number,
    beta: number,
    gamma: number,
    phi: number,
    parameters: number,
    betaAt: number,
    phiAt: number,
    gammaAt: number,
  ): void;
  filter(
    n: number,
    m: number,
    relativeErrors: number,
    hasTrend: number,
    seasonKind: number,
    alpha: number,
    beta: number,
    gamma: number,
    phi: number,
  ): number;
}

/** The exponential smoothing filter in WASM, with views on its buffers. Not re-entrant: one caller at a time. */
export interface EtsKernel {
  maxPeriods: number;
  series: Float64Array;
  fitted: Float64Array;
  season: Float64Array;
  /** Level and slope. */
  state: Float64Array;
  /** Derivatives of the first states by each parameter; `dSeason` is [phase][parameter]. */
  dLevel: Float64Array;
  dSlope: Float64Array;
  dSeason: Float64Array;
  /** Sums over periods: de de' [parameter][parameter], lower triangle; e de; d log(fitted). */
  products: Float64Array;
  cross: Float64Array;
  logSlopes: Float64Array;
  /** Squares, logs of the fitted values, count. */
  sums: Float64Array;
  filter: EtsExports['filter'];
  derivatives: EtsExports['derivatives'];
}

let kernel: EtsKernel | undefined;

/** The kernel of this thread, compiled at first use. */
export function etsKernel(): EtsKernel {
  if (kernel) return kernel;
  const wasm = instantiate<EtsExports>(wasmBase64);
  const view = (pointer: number, length: number): Float64Array => new Float64Array(wasm.memory.buffer, pointer, length);
  const parameters = wasm.maxParameters();
  kernel = {
    maxPeriods: wasm.maxPeriods(),
    series: view(wasm.series(), wasm.maxPeriods()),
    fitted: view(wasm.fitted(), wasm.maxPeriods()),
    season: view(wasm.season(), wasm.maxSeason()),
    state: view(wasm.state(), 2),
    dLevel: view(wasm.dLevel(), parameters),
    dSlope: view(wasm.dSlope(), parameters),
    dSeason: view(wasm.dSeason(), parameters * wasm.maxSeason()),
    products: view(wasm.products(), parameters * parameters),
    cross: view(wasm.cross(), parameters),
    logSlopes: view(wasm.logSlopes(), parameters),
    sums: view(wasm.sums(), 3),
    filter: wasm.filter,
    derivatives: wasm.derivatives,
  };
  return kernel;
}
