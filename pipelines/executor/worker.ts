import { parentPort, workerData } from 'node:worker_threads';
import type { Task } from './executor.ts';
import { runTask } from './tasks.ts';

parentPort!.on('message', (task: Task) => {
  runTask(task, workerData).then(
    (finished) => parentPort!.postMessage(finished),
    (error: unknown) => parentPort!.postMessage({ error }),
  );
});
