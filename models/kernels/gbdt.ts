import { LeadtimeError } from '../../errors.ts';
import { wasmBase64 } from './generated/gbdt-wasm.ts';
import { instantiate } from './instantiate.ts';

/** Functions of `gbdt.as.ts`; pointers are byte offsets into the kernel's memory. */
interface GbdtExports {
  memory: WebAssembly.Memory;
  heapStart(): number;
  splitResult(): number;
  binNumeric(values: number, rows: number, edges: number, count: number, out: number): void;
  squared(score: number, target: number, weight: number, rows: number, gradient: number, hessian: number): void;
  pinball(
    score: number,
    target: number,
    weight: number,
    rows: number,
    gradient: number,
    hessian: number,
    q: number,
    tie: number,
  ): void;
  poisson(
    score: number,
    target: number,
    weight: number,
    rows: number,
    gradient: number,
    hessian: number,
    widen: number,
  ): void;
  tweedie(
    score: number,
    target: number,
    weight: number,
    rows: number,
    gradient: number,
    hessian: number,
    power: number,
  ): void;
  sumOfAbsolutes(values: number, rows: number): number;
  quantize(
    gradient: number,
    hessian: number,
    rows: number,
    gradientScale: number,
    hessianScale: number,
    seed: number,
    packed: number,
  ): void;
  histogramAll(bins: number, packed: number, rows: number, used: number, hist: number): void;
  histogramIndexed(
    bins: number,
    ordered: number,
    index: number,
    count: number,
    used: number,
    hist: number,
    parent: number,
  ): void;
  gather(packed: number, index: number, count: number, ordered: number): void;
  totals(ordered: number, count: number): void;
  findSplit(
    histogram: number,
    columns: number,
    count: number,
    gradientSum: number,
    hessianSum: number,
    lambda: number,
    fewest: number,
    bounded: number,
    lowest: number,
    highest: number,
    smooth: number,
    categoryLambda: number,
    minGroup: number,
    perUnit: number,
  ): void;
  partition(bins: number, index: number, count: number, shift: number, limit: number, spare: number): number;
  partitionSet(bins: number, index: number, count: number, set: number, spare: number): number;
  drawRows(rows: number, count: number, wanted: number, seed: number, chosen: number, rest: number): void;
  residuals(target: number, score: number, index: number, count: number, out: number): void;
  addToScores(score: number, index: number, count: number, value: number): void;
  walk(nodes: number, leaves: number, bins: number, index: number, count: number, score: number): void;
}

/** Bytes of one node as `walk` reads it. */
export const NODE_BYTES = 48;
/** Bytes of one column's histogram: 256 bins of an i64. */
export const HISTOGRAM_BYTES = 2048;

const PAGE = 65536;
/** A larger memory is given back after use instead of kept for the next one. */
const KEPT_BYTES = 1 << 26;

/**
 * The boosting kernel in WASM with a stack of its memory. Views are made anew at each use, because growth detaches them.
 */
export class GbdtKernel {
  readonly run: GbdtExports;
  #top: number;

  constructor() {
    this.run = instantiate<GbdtExports>(wasmBase64);
    this.#top = this.run.heapStart();
  }

  /** Reserves `bytes`, not cleared, aligned to 16; in O(1) but for growth. Throws `GBDT_MEMORY`. */
  take(bytes: number): number {
    const pointer = (this.#top + 15) & ~15;
    const top = (pointer >>> 0) + bytes;
    const short = top - this.run.memory.buffer.byteLength;
    if (short > 0) this.#grow(Math.ceil(short / PAGE), top);
    this.#top = top;
    return pointer >>> 0;
  }

  #grow(pages: number, bytes: number): void {
    try {
      this.run.memory.grow(pages);
    } catch {
      throw new LeadtimeError(
        'GBDT_MEMORY',
        `boosted trees: ${Math.ceil(bytes / 1e6)} MB are needed and could not be had`,
        'Train on fewer rows or columns; 4 GB is the most.',
        { value: bytes },
      );
    }
  }

  get top(): number {
    return this.#top;
  }

  release(top: number): void {
    this.#top = top;
  }

  get bytes(): number {
    return this.run.memory.buffer.byteLength;
  }

  floats(pointer: number, length: number): Float32Array {
    return new Float32Array(this.run.memory.buffer, pointer, length);
  }

  integers(pointer: number, length: number): Int32Array {
    return new Int32Array(this.run.memory.buffer, pointer, length);
  }

  doubles(pointer: number, length: number): Float64Array {
    return new Float64Array(this.run.memory.buffer, pointer, length);
  }

  octets(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.run.memory.buffer, pointer, length);
  }
}

let idle: GbdtKernel | undefined;

/** Runs `work` with this thread's kernel; what it takes is released after. Calls may be nested. */
export function withGbdtKernel<T>(work: (kernel: GbdtKernel) => T): T {
  const kernel = idle ?? new GbdtKernel();
  idle = kernel;
  const top = kernel.top;
  try {
    return work(kernel);
  } finally {
    kernel.release(top);
    if (top === kernel.run.heapStart() && kernel.bytes > KEPT_BYTES) idle = undefined;
  }
}
