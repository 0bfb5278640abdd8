import { parentPort, workerData } from 'node:worker_threads';
import { runTask, type Task } from './tasks.ts';

parentPort!.on('message', (task: Task) => {
  runTask(task, workerData).then(
    (finished) => parentPort!.postMessage(finished),
    (error: unknown) => parentPort!.postMessage({ error }),
  );
});
