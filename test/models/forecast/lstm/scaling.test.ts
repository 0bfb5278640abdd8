import { describe, expect, it } from 'vitest';
import { learnScaling, scaleWindows } from '../../../../models/forecast/lstm/scaling.ts';
import type { WindowShape, Windows } from '../../../../models/forecast/lstm/window-shape.ts';
import { allocateWindows } from '../../../../models/forecast/lstm/windows.ts';

const shape: WindowShape = {
  lookback: 1,
  horizon: 2,
  pastWidth: 1,
  staticWidth: 3,
  aheadWidth: 2,
  embeddings: [],
};
const scaled = { fixed: 2, ahead: 1 };

/** Windows with these fixed columns, and with `ahead` as the last column of each period. */
function windowsOf(fixed: number[][], ahead: number[]): Windows {
  const windows = allocateWindows(shape, fixed.length);
  windows.count = fixed.length;
  windows.fixed.set(fixed.flat());
  windows.ahead.set(ahead.flatMap((value) => [9, value]));
  return windows;
}
const learnFrom = () =>
  windowsOf(
    [
      [7, 10, 5],
      [7, 20, 5],
      [7, Number.NaN, 5],
    ],
    [-1, 1, Number.NaN, Number.NaN, Number.NaN, Number.NaN],
  );

describe('the scaling of columns in units of their own', () => {
  it('makes a standard deviation one half, and leaves the columns before them alone', () => {
    const windows = learnFrom();
    const scaling = learnScaling(windows, shape, scaled);
    expect(scaling).toEqual({ fixed: { mean: [15, 5], spread: [5, 0] }, ahead: { mean: [0], spread: [1] } });
    scaleWindows(windows, shape, scaling);
    expect([...windows.fixed]).toEqual([7, -0.5, 0, 7, 0.5, 0, 7, 0, 0]);
    expect([...windows.ahead]).toEqual([9, -0.5, 9, 0.5, 9, 0, 9, 0, 9, 0, 9, 0]);
  });

  it('reads other windows on the scale it was learned on: cut at three deviations, a constant stays silent', () => {
    const scaling = learnScaling(learnFrom(), shape, scaled);
    const windows = windowsOf([[7, 1000, 6]], [Number.NaN, -50]);
    scaleWindows(windows, shape, scaling);
    expect([...windows.fixed]).toEqual([7, 1.5, 0]);
    expect([...windows.ahead]).toEqual([9, 0, 9, -1.5]);
  });

  it('says nothing of a column of which nothing is known', () => {
    const windows = windowsOf([[7, Number.NaN, Number.NaN]], [Number.NaN, Number.NaN]);
    const scaling = learnScaling(windows, shape, scaled);
    expect(scaling).toEqual({ fixed: { mean: [0, 0], spread: [0, 0] }, ahead: { mean: [0], spread: [0] } });
    scaleWindows(windows, shape, scaling);
    expect([...windows.fixed]).toEqual([7, 0, 0]);
  });
});
