import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cachedExecutor } from '../../../pipelines/executor/cached-executor.ts';
import { contentHash } from '../../../pipelines/executor/content-hash.ts';
import type { Executor } from '../../../pipelines/executor/executor.ts';
import type { Task } from '../../../pipelines/executor/tasks.ts';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'leadtime-cache-'));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Doubles each number of the input and counts what it ran. */
function counting(): Executor & { ran: string[] } {
  const ran: string[] = [];
  return {
    parallelism: 1,
    ran,
    async map<Output>(tasks: Task[], _: unknown, onDone?: Parameters<Executor['map']>[2]): Promise<Output[]> {
      return tasks.map((task, i) => {
        ran.push(task.key);
        const result = (task.input as Float32Array).map((x) => 2 * x);
        onDone?.(i + 1, { task, result, seconds: { ets: 1.5 } });
        return result as Output;
      });
    },
  };
}

const task = (key: string, ...values: number[]): Task => ({
  kind: 'forecast-local',
  key,
  input: Float32Array.from(values),
});
const shared = { panel: { quantity: Float32Array.of(1, 2), names: ['a'] } };

describe('an executor with a cache', () => {
  it('runs a task once, and gives the same result and seconds from the file after', async () => {
    const folder = newFolder();
    const inner = counting();
    const tasks = [task('one', 1, 2), task('two', 3)];
    const first = await cachedExecutor(inner, folder, 'v1').map<Float32Array>(tasks, shared);
    const seen: object[] = [];
    const second = await cachedExecutor(inner, folder, 'v1').map<Float32Array>(tasks, shared, (done, finished) =>
      seen.push({ done, key: finished.task.key, ...finished.seconds }),
    );
    expect(inner.ran).toEqual(['one', 'two']);
    expect(second).toEqual(first);
    expect(second).toEqual([Float32Array.of(2, 4), Float32Array.of(6)]);
    expect(seen).toEqual([
      { done: 1, key: 'one', ets: 1.5 },
      { done: 2, key: 'two', ets: 1.5 },
    ]);
  });

  it('runs again what depends on anything that changed, and only that', async () => {
    const folder = newFolder();
    const inner = counting();
    const run = (tasks: Task[], given: unknown, version: string) =>
      cachedExecutor(inner, folder, version).map(tasks, given);
    await run([task('one', 1), task('two', 2)], shared, 'v1');
    await run([task('one', 1), task('changed', 2.5)], shared, 'v1');
    await run([task('other panel', 1)], { panel: { ...shared.panel, quantity: Float32Array.of(1, 2.5) } }, 'v1');
    await run([task('other code', 1)], shared, 'v2');
    await run([{ ...task('other kind', 1), kind: 'forecast-lstm' }], shared, 'v1');
    expect(inner.ran).toEqual(['one', 'two', 'changed', 'other panel', 'other code', 'other kind']);
  });

  it('takes a damaged or cut file for missing', async () => {
    const folder = newFolder();
    const inner = counting();
    await cachedExecutor(inner, folder, 'v1').map([task('one', 1)], shared);
    const file = join(folder, readdirSync(folder)[0]!);
    const whole = readFileSync(file);
    for (const damage of [whole.subarray(0, whole.length - 1), Buffer.from(whole).fill(7, 40, 44), Buffer.alloc(0)]) {
      writeFileSync(file, damage);
      expect(await cachedExecutor(inner, folder, 'v1').map([task('again', 1)], shared)).toEqual([Float32Array.of(2)]);
    }
    expect(inner.ran).toEqual(['one', 'again', 'again', 'again']);
    expect(readFileSync(file)).toEqual(whole);
  });
});

describe('the hash of contents', () => {
  it('does not depend on the order of keys or on the memory that arrays lie in', () => {
    const lent = new Float32Array(new SharedArrayBuffer(8));
    lent.set([1, 2]);
    expect(contentHash({ b: [1, 'x'], a: lent })).toBe(contentHash({ a: Float32Array.of(1, 2), b: [1, 'x'] }));
  });

  it('tells values, types and where one ends from another apart', () => {
    const values = [1, '1', [1], ['1'], [[1]], { a: 1 }, null, undefined, true, Float32Array.of(1), Float64Array.of(1)];
    const more = [['ab', 'c'], ['a', 'bc'], { a: undefined }, {}, Uint8Array.of(1, 0), Uint16Array.of(1)];
    const hashes = [...values, ...more].map(contentHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
