import type { Dropout } from './dropout.ts';

/** Places in `control`. Shards are tickets that are never given twice: those below `END` are to be done, `NEXT` is the next one. */
const NEXT = 0;
const END = 1;
const DONE = 2;
/** First ticket of the step. */
export const BASE = 3;
const SIZE = 4;
/** Changes with the windows: a thread then takes the new ones from its message port. */
export const WINDOWS = 5;
const PLACES = 8;

/** What the threads of one network share: the step to compute, and the gradients of its shards. */
export interface GradientBoard {
  control: Int32Array;
  /** The factor of the loss, and the rate and seed of dropout (rate 0: none). */
  numbers: Float64Array;
  parameters: Float32Array;
  /** Windows of the step. */
  order: Int32Array;
  /** [shard][parameter]. */
  gradients: Float32Array;
}

export function setNumbers({ numbers }: GradientBoard, unit: number, dropout?: Dropout): void {
  numbers.set([unit, dropout?.rate ?? 0, dropout?.seed ?? 0]);
}

export function numbersOf({ numbers }: GradientBoard): { unit: number; dropout: Dropout | undefined } {
  const [unit, rate, seed] = numbers;
  return { unit: unit!, dropout: rate! > 0 ? { rate: rate!, seed: seed! } : undefined };
}

const shared = (bytes: number): ArrayBuffer => new SharedArrayBuffer(bytes) as unknown as ArrayBuffer;

export function createBoard(parameterCount: number, batch: number, shards: number): GradientBoard {
  return {
    control: new Int32Array(shared(4 * PLACES)),
    numbers: new Float64Array(shared(24)),
    parameters: new Float32Array(shared(4 * parameterCount)),
    order: new Int32Array(shared(4 * batch)),
    gradients: new Float32Array(shared(4 * parameterCount * shards)),
  };
}

/** Puts a step up and wakes the threads; returns its number of shards. Parameters, order and numbers must be in place. */
export function postStep({ control }: GradientBoard, size: number, shard: number): number {
  const shards = Math.ceil(size / shard);
  const end = Atomics.load(control, END);
  Atomics.store(control, BASE, end);
  Atomics.store(control, SIZE, size);
  Atomics.store(control, DONE, 0);
  Atomics.store(control, END, end + shards);
  Atomics.notify(control, END);
  return shards;
}

/** Computes shards as long as there are any, in whichever thread. */
export function workOnStep(
  board: GradientBoard,
  shard: number,
  compute: (from: number, size: number) => Float32Array,
): void {
  const { control, gradients } = board;
  for (;;) {
    const ticket = Atomics.load(control, NEXT);
    if (ticket >= Atomics.load(control, END)) return;
    if (Atomics.compareExchange(control, NEXT, ticket, ticket + 1) !== ticket) continue;
    // From here to DONE the step stays: nobody posts the next one before all tickets are done.
    const k = ticket - Atomics.load(control, BASE);
    const gradient = compute(k * shard, Math.min(shard, Atomics.load(control, SIZE) - k * shard));
    gradients.set(gradient, k * gradient.length);
    Atomics.add(control, DONE, 1);
    Atomics.notify(control, DONE);
  }
}

/** Blocks until all shards of the step are done. */
export function waitForShards({ control }: GradientBoard, shards: number): void {
  for (let done = Atomics.load(control, DONE); done < shards; done = Atomics.load(control, DONE)) {
    Atomics.wait(control, DONE, done);
  }
}

/** Blocks until there are shards to compute. */
export function waitForStep({ control }: GradientBoard): void {
  const end = Atomics.load(control, END);
  if (Atomics.load(control, NEXT) >= end) Atomics.wait(control, END, end);
}
