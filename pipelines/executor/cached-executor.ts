import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { writeAtomically } from '../files.ts';
import { contentHash } from './content-hash.ts';
import type { Executor, Finished, OnDone } from './executor.ts';
import type { OnShare, Task } from './tasks.ts';
import type { Seconds } from './thread-seconds.ts';

/** Results kept for later, all together; beyond it the oldest go. */
const KEPT_BYTES = 2 ** 30;
const DIGEST_BYTES = 32;

interface Kept {
  result: unknown;
  seconds: Seconds;
}

/**
 * Runs only what has not been run before: a task's result is kept in a file named by the hash of all that it depends on (kind,
 * input, what the tasks share, code version), so that nothing stale can be found and a run that was stopped goes on where
 * it was. A file that is damaged, or cannot be written for want of space, only costs time.
 *
 * @param folder where results are kept; it may be deleted at any time
 * @param version of the code that runs the tasks
 */
export function cachedExecutor(inner: Executor, folder: string, version: string): Executor {
  return {
    parallelism: inner.parallelism,
    async map<Output>(tasks: Task[], shared: unknown, onDone?: OnDone<Output>, onShare?: OnShare): Promise<Output[]> {
      const sharedHash = contentHash(shared);
      const fileOf = new Map<Task, string>();
      for (const task of tasks) {
        fileOf.set(task, join(folder, contentHash([version, task.kind, task.part, task.input, sharedHash])));
      }
      const results = new Map<Task, Output>();
      const missing: Task[] = [];
      const finish = (finished: Finished<Output>): void => {
        results.set(finished.task, finished.result);
        onDone?.(results.size, finished);
      };
      for (const task of tasks) {
        const kept = read(fileOf.get(task)!);
        if (kept) finish({ task, result: kept.result as Output, seconds: kept.seconds });
        else missing.push(task);
      }
      if (missing.length > 0) {
        const known = tasks.length - missing.length;
        await inner.map<Output>(
          missing,
          shared,
          (_, finished) => {
            keep(fileOf.get(finished.task)!, { result: finished.result, seconds: finished.seconds });
            finish(finished);
          },
          (share) => onShare?.((known + share * missing.length) / tasks.length),
        );
        prune(folder, KEPT_BYTES);
      }
      return tasks.map((task) => results.get(task)!);
    },
  };
}

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

function read(file: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const body = bytes.subarray(DIGEST_BYTES);
  if (!digestOf(body).equals(bytes.subarray(0, DIGEST_BYTES))) return undefined;
  return deserialize(body) as Kept;
}

function keep(file: string, kept: Kept): void {
  const body = serialize(kept);
  try {
    writeAtomically(file, Buffer.concat([digestOf(body), body]));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
  }
}

/** Removes the oldest files until the rest takes no more than `limit` bytes. */
function prune(folder: string, limit: number): void {
  if (!existsSync(folder)) return;
  const files = readdirSync(folder)
    .map((name) => ({ path: join(folder, name), ...fileFacts(join(folder, name)) }))
    .sort((a, b) => b.modified - a.modified || (a.path < b.path ? -1 : 1));
  let total = 0;
  for (const { path, bytes } of files) {
    total += bytes;
    if (total > limit) rmSync(path, { force: true });
  }
}

function fileFacts(path: string): { bytes: number; modified: number } {
  const { size, mtimeMs } = statSync(path);
  return { bytes: size, modified: mtimeMs };
}
