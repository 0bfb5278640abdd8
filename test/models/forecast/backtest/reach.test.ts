import { describe, expect, it } from 'vitest';
import { reachOf } from '../../../../models/forecast/backtest/reach.ts';

describe('accuracy by how long sales are summed', () => {
  const backtest = {
    nodes: 1,
    cutoffs: 2,
    horizon: 5,
    actual: Float32Array.of(9, 10, 10, 10, 10, 9, 10, Number.NaN, 20, 20),
    forecast: Float32Array.of(0, 12, 8, 11, 10, 0, 12, 50, 18, 24),
  };

  it('sums windows end to end after the gap, each over what is known', () => {
    expect(reachOf('series', backtest, 1, [1, 2, 4])).toEqual([
      { level: 'series', periods: 1, accuracy: 1 - (2 + 2 + 1 + 0 + 2 + 2 + 4) / 90, n: 7 },
      { level: 'series', periods: 2, accuracy: 1 - (0 + 1 + 2 + 2) / 90, n: 4 },
      { level: 'series', periods: 4, accuracy: 1 - (1 + 4) / 90, n: 2 },
    ]);
  });

  it('leaves a window out that does not fit, and says nothing where nothing was sold', () => {
    expect(reachOf('series', backtest, 0, [6])).toEqual([{ level: 'series', periods: 6, accuracy: Number.NaN, n: 0 }]);
    const none = { ...backtest, actual: new Float32Array(10) };
    expect(reachOf('series', none, 0, [5])[0]!.accuracy).toBeNaN();
  });
});
