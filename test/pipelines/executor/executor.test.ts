import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cachedExecutor } from '../../../pipelines/executor/cached-executor.ts';
import { type Executor, inlineExecutor, workersExecutor } from '../../../pipelines/executor/executor.ts';
import type { Task } from '../../../pipelines/executor/tasks.ts';
import { syntheticPanel } from '../../synthetic-panel.ts';

const HORIZON = 14;
const panel = syntheticPanel(4, 300, HORIZON);
const lstm = (seed: number): Task => ({
  kind: 'forecast-lstm',
  key: `lstm ${seed}`,
  input: { origins: [280], horizon: HORIZON, seed, budget: { windows: 256, epochs: 3, members: 2 } },
});
const calendar: Task = { kind: 'forecast-calendar', key: 'calendar', input: { origins: [280], horizon: HORIZON } };

/** The shares told, and the results. */
async function sharesOf(executor: Executor): Promise<{ shares: number[]; results: unknown[] }> {
  const shares: number[] = [];
  const results = await executor.map([lstm(1), calendar, lstm(2)], { panel }, undefined, (share) => shares.push(share));
  return { shares, results };
}

describe('executors', () => {
  it('give the same results on workers as in this thread, and tell how far they are within a task too', async () => {
    const inline = await sharesOf(inlineExecutor());
    const workers = await sharesOf(workersExecutor(2));
    expect(workers.results).toEqual(inline.results);
    for (const { shares } of [inline, workers]) {
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(new Set(shares).size).toBeGreaterThan(6);
      expect(shares.at(-1)).toBeCloseTo(1, 9);
    }
  });

  it('count what is known from before as done', async () => {
    const inner: Executor = {
      parallelism: 1,
      map: async <Output>(
        tasks: Task[],
        _: unknown,
        onDone?: Parameters<Executor['map']>[2],
        onShare?: (x: number) => void,
      ) => {
        onShare?.(0.5);
        return tasks.map((task, i) => {
          onDone?.(i + 1, { task, result: i, seconds: {} });
          return i as Output;
        });
      },
    };
    const folder = mkdtempSync(join(tmpdir(), 'leadtime-cache-'));
    const executor = cachedExecutor(inner, folder, 'v1');
    await executor.map([lstm(1)], {});
    const shares: number[] = [];
    await executor.map([lstm(1), lstm(2)], {}, undefined, (share) => shares.push(share));
    rmSync(folder, { recursive: true });
    expect(shares).toEqual([0.75]);
  });
});
