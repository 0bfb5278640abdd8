import { describe, expect, it } from 'vitest';
import { type BacktestCells, compareBacktests } from '../../../../models/forecast/compare/compare-backtests.ts';

/** Two series, two cutoffs, four days; forecasts off by `error`. */
function cells(error: number, change: Partial<BacktestCells> = {}): BacktestCells {
  const actual = Float32Array.from({ length: 16 }, (_, i) => 10 + i);
  return {
    series: ['a@x', 'b@x'],
    levels: [{ level: 'total', nodeOf: ['total', 'total'] }],
    segmentOf: ['A smooth', 'B smooth'],
    cutoffs: [100, 104],
    periodDays: 1,
    horizon: 4,
    actual,
    forecast: actual.map((y, i) => y + (i < 8 ? error : -error / 2)),
    ...change,
  };
}
const find = (slices: ReturnType<typeof compareBacktests>, level: string, key: object = {}) =>
  slices.find(
    (slice) =>
      slice.level === level &&
      ['segment', 'cutoff', 'from'].every(
        (part) => slice[part as 'from'] === (key as { from?: number })[part as 'from'],
      ),
  )!;

describe('two backtests side by side', () => {
  it('gives both errors by level, segment, horizon and cutoff', () => {
    const slices = compareBacktests(cells(1), cells(2), 2);
    const sold = 16 * 10 + 120;
    expect(find(slices, 'series')).toMatchObject({ n: 16, wape: 12 / sold, otherWape: 24 / sold });
    expect(find(slices, 'total')).toMatchObject({ n: 8, wape: 4 / sold, otherWape: 8 / sold });
    expect(find(slices, 'series', { segment: 'A smooth' })).toMatchObject({ n: 8, wape: 8 / 108, otherWape: 16 / 108 });
    expect(find(slices, 'series', { cutoff: 104 })).toMatchObject({ n: 8, p: Number.NaN });
    expect(find(slices, 'series', { from: 2 })).toMatchObject({ n: 8, to: 4 });
    expect(slices).toHaveLength(1 + 2 + 2 + 2 + 1 + 2 + 2);
  });

  it('finds no difference between a backtest and itself', () => {
    for (const { wape, otherWape, p } of compareBacktests(cells(1), cells(1), 2)) {
      expect(wape).toBe(otherWape);
      expect(Number.isNaN(p) || p === 1).toBe(true);
    }
  });

  it('compares only what both judged', () => {
    const other = cells(2, { series: ['b@x', 'c@x'], cutoffs: [104, 108] });
    other.actual[1] = Number.NaN;
    // b of the first cutoff 104 is cells 12 to 15 here and 0 to 3 there, of which one is unknown
    expect(find(compareBacktests(cells(1), other, 2), 'series').n).toBe(3);
    expect(compareBacktests(cells(1), cells(1, { cutoffs: [200, 204] }), 2)).toEqual([]);
    expect(compareBacktests(cells(1), cells(1, { periodDays: 7 }), 2)).toEqual([]);
  });
});
