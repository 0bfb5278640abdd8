import { describe, expect, it } from 'vitest';
import { inlineExecutor } from '../../../pipelines/executor/executor.ts';
import type { Task } from '../../../pipelines/executor/tasks.ts';
import { measured } from '../../../pipelines/executor/thread-seconds.ts';
import { syntheticPanel } from '../../synthetic-panel.ts';

function busy(milliseconds: number): number {
  const end = performance.now() + milliseconds;
  let sum = 0;
  while (performance.now() < end) sum += Math.sqrt(sum + 1);
  return sum;
}

describe('processor seconds', () => {
  it('go to the part that is named, what comes before to the first', async () => {
    const [result, seconds] = await measured('before', async (meter) => {
      meter('long');
      busy(60);
      meter('short');
      meter('long');
      busy(60);
      return 7;
    });
    expect(result).toBe(7);
    expect(Object.keys(seconds).sort()).toEqual(['before', 'long', 'short']);
    expect(seconds.long!).toBeGreaterThan(0.005);
    expect(seconds.long!).toBeGreaterThan(seconds.short!);
    expect(Object.values(seconds).every((each) => each >= 0)).toBe(true);
  });

  it('of a task of local models go to each model', async () => {
    const panel = syntheticPanel(1, 200, 14);
    const input = { from: 0, to: 1, origins: [panel.periods], horizon: panel.horizon };
    const task: Task = { kind: 'forecast-local', key: 'one', input };
    const parts: string[] = [];
    await inlineExecutor().map([task], { panel }, (_, { seconds }) => parts.push(...Object.keys(seconds)));
    expect(parts).toEqual(expect.arrayContaining(['seasonal_naive', 'moving_average', 'ets', 'theta']));
  });
});
