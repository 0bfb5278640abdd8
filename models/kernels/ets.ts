import { wasmBase64 } from './generated/ets-wasm.ts';

interface EtsExports {
  memory: WebAssembly.Memory;
  maxPeriods(): number;
  maxSeason(): number;
  series(): number;
  fitted(): number;
  season(): number;
  state(): number;
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
  filter: EtsExports['filter'];
}

let kernel: EtsKernel | undefined;

/** The kernel of this thread, compiled at first use. */
export function etsKernel(): EtsKernel {
  if (kernel) return kernel;
  const bytes = Uint8Array.from(atob(wasmBase64), (c) => c.charCodeAt(0));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { abort: () => undefined },
  });
  const wasm = instance.exports as unknown as EtsExports;
  const view = (pointer: number, length: number): Float64Array => new Float64Array(wasm.memory.buffer, pointer, length);
  kernel = {
    maxPeriods: wasm.maxPeriods(),
    series: view(wasm.series(), wasm.maxPeriods()),
    fitted: view(wasm.fitted(), wasm.maxPeriods()),
    season: view(wasm.season(), wasm.maxSeason()),
    state: view(wasm.state(), 2),
    filter: wasm.filter,
  };
  return kernel;
}
