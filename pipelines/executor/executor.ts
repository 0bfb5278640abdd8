import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { LeadtimeError } from '../../errors.ts';
import { packageRoot } from '../warehouse/package-root.ts';
import { type OnShare, runTask, type Task } from './tasks.ts';
import type { Seconds } from './thread-seconds.ts';

/** A task that is done. */
export interface Finished<Output = unknown> {
  task: Task;
  result: Output;
  /** What it took where it ran, however long ago. */
  seconds: Seconds;
}

/** Told after each task, in any order. */
export type OnDone<Output> = (done: number, finished: Finished<Output>) => void;

/** Runs tasks and gives their results in task order, whatever ran where. */
export interface Executor {
  readonly parallelism: number;
  /**
   * @param shared given to every task; typed arrays over SharedArrayBuffer reach the workers without a copy
   * @param onDone called after each finished task with the number done
   * @param onShare called now and then with the share of all tasks that is done, each counting alike
   */
  map<Output>(tasks: Task[], shared: unknown, onDone?: OnDone<Output>, onShare?: OnShare): Promise<Output[]>;
}

/** What a worker tells of its task. */
type Message<Output> = { result: Output; seconds: Seconds } | { share: number } | { error: Error };

/** Runs tasks one after another in this thread. */
export function inlineExecutor(): Executor {
  return {
    parallelism: 1,
    async map<Output>(tasks: Task[], shared: unknown, onDone?: OnDone<Output>, onShare?: OnShare): Promise<Output[]> {
      const results: Output[] = [];
      for (const task of tasks) {
        const tell: OnShare = (share) => onShare?.((results.length + share) / tasks.length);
        const { result, seconds } = await runTask<Output>(task, shared, tell);
        results.push(result);
        onDone?.(results.length, { task, result, seconds });
        tell(0);
      }
      return results;
    },
  };
}

/** The compiled worker; where the sources run by themselves (tests, notebooks) it is the one in `dist`. */
function workerFile(): string {
  const compiled = fileURLToPath(new URL('./worker.js', import.meta.url));
  return existsSync(compiled) ? compiled : join(packageRoot, 'dist', 'pipelines', 'executor', 'worker.js');
}

/** Milliseconds without work after which V8 has compiled what it meant to. */
const IDLE_MS = 250;

/**
 * Ends a thread that has nothing to do, a moment later: where V8 still compiles for it in the background, its end can bring
 * the process down (Node 20, `NodePlatform::ForIsolate`). The process does not wait for it.
 */
function endWhenIdle(worker: Worker): void {
  worker.unref();
  setTimeout(() => void worker.terminate(), IDLE_MS).unref();
}

/** Runs tasks on `parallelism` worker threads, started for each map and gone soon after it. */
export function workersExecutor(parallelism: number = availableParallelism()): Executor {
  return {
    parallelism,
    async map<Output>(tasks: Task[], shared: unknown, onDone?: OnDone<Output>, onShare?: OnShare): Promise<Output[]> {
      const results = new Array<Output>(tasks.length);
      const file = workerFile();
      const shares = new Float64Array(tasks.length);
      let next = 0;
      let done = 0;
      const tell = (task: number, share: number): void => {
        shares[task] = share;
        onShare?.(shares.reduce((sum, part) => sum + part, 0) / tasks.length);
      };
      const drain = (): Promise<void> =>
        new Promise((resolve, reject) => {
          const worker = new Worker(file, { workerData: shared });
          let current = -1;
          const give = (): void => {
            current = next++;
            if (current < tasks.length) worker.postMessage(tasks[current]);
            else {
              endWhenIdle(worker);
              resolve();
            }
          };
          worker.on('message', (message: Message<Output>) => {
            if ('error' in message) {
              next = tasks.length;
              void worker.terminate();
              reject(message.error);
              return;
            }
            if ('share' in message) {
              tell(current, message.share);
              return;
            }
            results[current] = message.result;
            onDone?.(++done, { task: tasks[current]!, ...message });
            tell(current, 1);
            give();
          });
          worker.on('error', (error) => {
            next = tasks.length;
            reject(
              new LeadtimeError(
                'WORKER_FAILED',
                `A worker stopped during task "${tasks[current]?.key}": ${error.message}`,
                'Free memory or run again; finished steps are kept.',
                {},
                { cause: error },
              ),
            );
          });
          give();
        });
      await Promise.all(Array.from({ length: Math.min(parallelism, tasks.length) }, drain));
      return results;
    },
  };
}
