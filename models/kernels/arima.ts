import { wasmBase64 } from './generated/arima-wasm.ts';
import { instantiate } from './instantiate.ts';

interface ArimaExports {
  memory: WebAssembly.Memory;
  maxPeriods(): number;
  maxStates(): number;
  maxColumns(): number;
  data(): number;
  gains(): number;
  ar(): number;
  ma(): number;
  states(): number;
  squares(): number;
  whiten(n: number, columns: number, states: number): number;
  multiplyColumns(n: number, columns: number): void;
}

/** The Kalman filter of an ARMA process in WASM, with views on its buffers. Not re-entrant: one caller at a time. */
export interface ArimaKernel {
  maxPeriods: number;
  maxStates: number;
  maxColumns: number;
  /** [column][period]; the filter replaces it by standardised innovations. */
  data: Float64Array;
  /** Variance of each innovation for a process of unit variance, 0 where the value is unknown. */
  gains: Float64Array;
  ar: Float64Array;
  /** With a leading 1. */
  ma: Float64Array;
  /** [column][state], predicted for the period after the last. */
  states: Float64Array;
  /** Sums of products of columns, [column][column], lower triangle. */
  squares: Float64Array;
  whiten: ArimaExports['whiten'];
  multiplyColumns: ArimaExports['multiplyColumns'];
}

let kernel: ArimaKernel | undefined;

/** The kernel of this thread, compiled at first use. */
export function arimaKernel(): ArimaKernel {
  if (kernel) return kernel;
  const wasm = instantiate<ArimaExports>(wasmBase64);
  const view = (pointer: number, length: number): Float64Array => new Float64Array(wasm.memory.buffer, pointer, length);
  const [periods, states, columns] = [wasm.maxPeriods(), wasm.maxStates(), wasm.maxColumns()];
  kernel = {
    maxPeriods: periods,
    maxStates: states,
    maxColumns: columns,
    data: view(wasm.data(), periods * columns),
    gains: view(wasm.gains(), periods),
    ar: view(wasm.ar(), states),
    ma: view(wasm.ma(), states),
    states: view(wasm.states(), states * columns),
    squares: view(wasm.squares(), columns * columns),
    whiten: wasm.whiten,
    multiplyColumns: wasm.multiplyColumns,
  };
  return kernel;
}
