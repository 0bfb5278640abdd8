import { describe, expect, it } from 'vitest';
import { defaultBudget } from '../../../../models/forecast/lstm/budget.ts';
import { panelOf } from '../panel-fixture.ts';

describe('how much a network learns from', () => {
  const seen = (series: number, frequency: 'daily' | 'weekly' = 'daily'): number[] => {
    const panel = panelOf({ sales: new Array<number[]>(series).fill([1, 2]), frequency });
    const { windows, epochs, goingOn } = defaultBudget(panel);
    return [windows, epochs, goingOn.windows];
  };

  it('grows with the series, while what is seen in all stays within three times the most windows', () => {
    expect(seen(70)).toEqual([16_100, 4, 8_050]);
    expect(seen(500)).toEqual([32_768, 4, 16_384]);
    expect(seen(800)).toEqual([48_000, 4, 16_384]);
    expect(seen(1_115)).toEqual([65_536, 3, 16_384]);
    expect(seen(30_490)).toEqual([65_536, 3, 16_384]);
  });

  it('is less where a series has few weeks', () => {
    expect(seen(913, 'weekly')).toEqual([16_384, 4, 8_192]);
  });
});
