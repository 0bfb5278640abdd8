import { describe, expect, it } from 'vitest';
import { defaultBudget } from '../../../../models/forecast/lstm/budget.ts';
import { panelOf } from '../panel-fixture.ts';

describe('how much a network learns from', () => {
  const seen = (series: number, frequency: 'daily' | 'weekly' = 'daily'): number[] => {
    const panel = panelOf({ sales: new Array<number[]>(series).fill([1, 2]), frequency });
    const { windows, epochs, goingOn } = defaultBudget(panel);
    return [windows, epochs, goingOn.windows];
  };

  it('grows with the series up to as many windows as tell them apart', () => {
    expect(seen(3)).toEqual([2_048, 4, 1_024]);
    expect(seen(70)).toEqual([16_100, 4, 8_050]);
    expect(seen(499)).toEqual([16_384, 4, 8_192]);
    expect(seen(500)).toEqual([32_768, 4, 16_384]);
    expect(seen(30_490)).toEqual([32_768, 4, 16_384]);
  });

  it('is less where a series has few weeks', () => {
    expect(seen(913, 'weekly')).toEqual([16_384, 4, 8_192]);
  });
});
