import { describe, expect, it } from 'vitest';
import { seasonalIndices, thetaMeans } from '../../../../models/forecast/smoothing/theta.ts';
import { WEEKLY_WAVE } from '../reference-series.ts';

describe('the theta method', () => {
  it('is close to R’s thetaf, which also searches over the first level', () => {
    // R forecast 8.20: thetaf(ts(y, frequency = 7), h = 14)$mean
    const fromR = [
      156.878526, 166.746717, 144.553162, 111.53487, 96.944988, 104.347739, 127.782788, 158.195597, 168.144959,
      145.763851, 112.467902, 97.755002, 105.218566, 128.847922,
    ];
    const means = new Float64Array(14);
    thetaMeans(WEEKLY_WAVE, 7, means);
    fromR.forEach((value, h) => {
      expect(Math.abs(means[h]! / value - 1)).toBeLessThan(0.01);
    });
  });

  it('deseasonalises by the mean ratio to the centred average, and leaves a series without season alone', () => {
    const pure = Float64Array.from({ length: 70 }, (_, t) => [2, 1, 1, 1, 1, 0.5, 0.5][t % 7]!);
    seasonalIndices(pure, 7).forEach((index, k) => {
      expect(index).toBeCloseTo([2, 1, 1, 1, 1, 0.5, 0.5][k]!, 10);
    });
    expect([...seasonalIndices(new Float64Array(70).fill(4), 7)]).toEqual(new Array(7).fill(1));
  });

  it('continues half the slope of a straight line', () => {
    const line = Float64Array.from({ length: 100 }, (_, t) => 50 + 2 * t);
    const means = new Float64Array(5);
    thetaMeans(line, 1, means);
    expect(means[4]! - means[0]!).toBeCloseTo(4, 6);
  });
});
