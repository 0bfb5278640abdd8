import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { createBoard, postStep, setNumbers, WINDOWS, waitForShards, workOnStep } from './gradient-board.ts';
import type { GradientWorkerData } from './gradient-worker.ts';
import { createKernelNetwork, SHARD } from './kernel-engine.ts';
import type { LstmEngine, Network } from './lstm-engine.ts';
import { type NetworkShape, parameterCountOf } from './network-shape.ts';
import type { Windows } from './window-shape.ts';

/** Examples in a step, at most. */
const LARGEST_BATCH = 4096;

/** The kernel on several threads of this process; the gradient has the same bytes as that of one. */
export function parallelEngine(threads: number): LstmEngine {
  return { name: 'kernel', network: (shape) => createParallelNetwork(shape, threads) };
}

/** The compiled worker; where the sources run by themselves (tests, notebooks) it is the one in `dist`. */
function workerFile(): URL {
  const compiled = new URL('./gradient-worker.js', import.meta.url);
  return existsSync(fileURLToPath(compiled))
    ? compiled
    : new URL('../../../dist/models/forecast/lstm/gradient-worker.js', import.meta.url);
}

function createParallelNetwork(shape: NetworkShape, threads: number): Network {
  const own = createKernelNetwork(shape);
  const parameterCount = parameterCountOf(shape);
  const board = createBoard(parameterCount, LARGEST_BATCH, Math.ceil(LARGEST_BATCH / SHARD));
  const ports = Array.from({ length: threads - 1 }, () => new MessageChannel());
  const workers = ports.map(({ port2: port }) => {
    const workerData: GradientWorkerData = { shape, board, port };
    const worker = new Worker(workerFile(), { workerData, transferList: [port] });
    worker.unref();
    return worker;
  });
  let current: Windows | undefined;

  const gradient: Network['gradient'] = (parameters, windows, order, from, size, unit, dropout) => {
    if (size > LARGEST_BATCH) throw new RangeError(`a step takes at most ${LARGEST_BATCH} windows, not ${size}`);
    if (windows !== current) {
      for (const { port1 } of ports) port1.postMessage(windows);
      Atomics.add(board.control, WINDOWS, 1);
      current = windows;
    }
    board.parameters.set(parameters);
    board.order.set(order.subarray(from, from + size));
    setNumbers(board, unit, dropout);
    own.load(parameters);
    const shards = postStep(board, size, SHARD);
    workOnStep(board, SHARD, (at, count) => own.shard(windows, board.order, at, count, unit, dropout));
    waitForShards(board, shards);
    return own.sum(board.gradients.subarray(0, shards * parameterCount));
  };
  const close = (): void => {
    for (const { port1 } of ports) port1.close();
    for (const worker of workers) void worker.terminate();
  };
  return { gradient, outputs: own.outputs, close };
}
