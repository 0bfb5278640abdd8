import { parentPort, workerData } from 'node:worker_threads';
import { runTask, type Task } from './tasks.ts';

/** Least step of a task's share that is worth a message. */
const STEP = 0.01;

parentPort!.on('message', (task: Task) => {
  let told = 0;
  const tell = (share: number): void => {
    if (share < told + STEP) return;
    told = share;
    parentPort!.postMessage({ share });
  };
  runTask(task, workerData, tell).then(
    (finished) => parentPort!.postMessage(finished),
    (error: unknown) => parentPort!.postMessage({ error }),
  );
});
