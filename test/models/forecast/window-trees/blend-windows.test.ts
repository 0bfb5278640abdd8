import { describe, expect, it } from 'vitest';
import { blendWindows, judgeBlend } from '../../../../models/forecast/window-trees/blend-windows.ts';

const judged = (paths: number[], trees: number[], actual: number[]) => ({
  paths: Float32Array.from(paths),
  trees: Float32Array.from(trees),
  actual: Float64Array.from(actual),
  mean: Float64Array.from(actual, () => 4),
});

const shareOf = (...given: Parameters<typeof judgeBlend>): number => judgeBlend(...given).share;

describe('share of the trees', () => {
  it('is nothing where the paths are right and the trees are not', () => {
    expect(shareOf([judged([5, 7], [9, 1], [5, 7])], [0.5])).toBe(0);
  });

  it('is at most a half, also where the trees alone are right', () => {
    expect(shareOf([judged([9, 1], [5, 7], [5, 7])], [0.5])).toBe(0.5);
  });

  it('is a quarter where that is nearest', () => {
    expect(shareOf([judged([4, 4], [8, 8], [5, 5])], [0.5])).toBe(0.25);
  });

  it('counts only windows that are known and foretold', () => {
    const windows = judged([5, 7, 3], [5, 100, Number.NaN], [5, Number.NaN, 3]);
    windows.paths[0] = 9;
    expect(shareOf([windows], [0.5])).toBe(0.5);
    expect(shareOf([], [0.5])).toBe(0);
  });
});

describe('width of the blend', () => {
  const width = (paths: number[], trees: number[]): number => judgeBlend([judged(paths, trees, [10, 10])], [0.5]).width;

  it('is that of the mean of both ways where they err alike', () => {
    expect(width([12, 9], [14, 7])).toBe(1);
  });

  it('is less where errors make up for each other', () => {
    // three quarters of 2 and a quarter of -4 is 0.5, of their sizes 2.5
    expect(width([12, 8], [6, 14])).toBeCloseTo(0.2);
  });

  it('stays where there is nothing to judge by', () => {
    expect(judgeBlend([], [0.5])).toEqual({ share: 0, width: 1 });
    expect(width([10, 10], [10, 10])).toBe(1);
  });
});

describe('blending of windows', () => {
  const paths = () => ({ levels: [0.05, 0.5, 0.95], quantiles: Float32Array.of(0, 1, 2, 1, 2, 5) });
  const trees = { levels: [0.5, 0.95], quantiles: Float32Array.of(9, 9, 3, 10) };

  it('takes the mean where both have the level, and leaves the first period and other levels', () => {
    const own = paths();
    blendWindows(own, trees, 2, Float64Array.of(0.5), 1, Uint8Array.of(0));
    expect([...own.quantiles]).toEqual([0, 1, 2, 1, 2.5, 7.5]);
  });

  it('is drawn towards the median by the width, at the levels that both have', () => {
    const own = paths();
    blendWindows(own, trees, 2, Float64Array.of(0.5), 0.5, Uint8Array.of(0));
    expect([...own.quantiles]).toEqual([0, 1, 2, 1, 2.5, 5]);
  });

  it('keeps whole units, and leaves a series with a share of 0', () => {
    const own = paths();
    blendWindows(own, trees, 2, Float64Array.of(0.5), 1, Uint8Array.of(1));
    expect([...own.quantiles]).toEqual([0, 1, 2, 1, 3, 8]);
    const same = paths();
    blendWindows(same, trees, 2, Float64Array.of(0), 1, Uint8Array.of(1));
    expect(same).toEqual(paths());
  });

  it('never falls with length or level', () => {
    const own = paths();
    blendWindows(
      own,
      { levels: [0.5, 0.95], quantiles: new Float32Array(4) },
      2,
      Float64Array.of(0.5),
      1,
      Uint8Array.of(0),
    );
    expect([...own.quantiles]).toEqual([0, 1, 2, 1, 1, 2.5]);
  });
});
