import { describe, expect, it } from 'vitest';
import type { CombinedSelection } from '../../../../models/forecast/combine/combine-models.ts';
import { fewModels } from '../../../../models/forecast/combine/few-models.ts';

const names = ['seasonal_naive', 'moving_average', 'ets', 'theta', 'combination'];
const selection = {
  models: names.map((name) => ({ name, mean: new Float32Array(4) })),
  champion: Int32Array.of(0, 1, 2, 3, 4),
  championWithout: [Int32Array.of(4, 3, 2, 1, 0)],
} as unknown as CombinedSelection;

describe('few models for large panels', () => {
  it('leave the combination and the baseline to choose between, and the average for new series', () => {
    const few = fewModels(selection, 'seasonal_naive', 5);
    const chosen = (champion: Int32Array): string[] => Array.from(champion, (m) => few.models[m]!.name);
    expect(few.models.map(({ name }) => name)).toEqual(['seasonal_naive', 'moving_average', 'combination']);
    expect(chosen(few.champion)).toEqual(['seasonal_naive', ...Array(4).fill('combination')]);
    expect(chosen(few.championWithout[0]!)).toEqual([...Array(4).fill('combination'), 'seasonal_naive']);
    expect(few.models[0]!.mean).toBe(selection.models[0]!.mean);
  });

  it('work where the average is the baseline', () => {
    const few = fewModels(selection, 'moving_average', 5);
    expect(few.models.map(({ name }) => name)).toEqual(['moving_average', 'combination']);
    expect(Array.from(few.champion)).toEqual([1, 0, 1, 1, 1]);
  });

  it('are all there are where the panel is smaller', () => {
    expect(fewModels(selection, 'seasonal_naive', 6)).toBe(selection);
  });
});
