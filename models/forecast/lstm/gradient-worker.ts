import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { BASE, type GradientBoard, numbersOf, WINDOWS, waitForStep, workOnStep } from './gradient-board.ts';
import { createKernelNetwork, SHARD } from './kernel-engine.ts';
import type { NetworkShape } from './network-shape.ts';
import type { Windows } from './window-shape.ts';

export interface GradientWorkerData {
  shape: NetworkShape;
  board: GradientBoard;
  /** Brings the windows, whenever they change. */
  port: MessagePort;
}

const { shape, board, port } = workerData as GradientWorkerData;
const network = createKernelNetwork(shape);
let windows: Windows | undefined;
let version = 0;
let base = -1;
for (;;) {
  waitForStep(board);
  workOnStep(board, SHARD, (from, size) => {
    const newest = Atomics.load(board.control, WINDOWS);
    for (; version < newest; version++) windows = receiveMessageOnPort(port)!.message as Windows;
    const step = Atomics.load(board.control, BASE);
    if (step !== base) network.load(board.parameters);
    base = step;
    const { unit, dropout } = numbersOf(board);
    return network.shard(windows!, board.order, from, size, unit, dropout);
  });
}
