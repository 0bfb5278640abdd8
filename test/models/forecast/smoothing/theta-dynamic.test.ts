import { describe, expect, it } from 'vitest';
import { dynamicThetaMeans } from '../../../../models/forecast/smoothing/theta-dynamic.ts';
import { NILE, WEEKLY_WAVE } from '../reference-series.ts';

describe('the dynamic optimised theta model', () => {
  it('is close to statsforecast’s', () => {
    // statsforecast 2.1.1: DynamicOptimizedTheta(season_length = 7, decomposition_type = "multiplicative")
    const fromReference = [155.97853, 165.591507, 143.379949, 110.49743, 95.928615, 103.130656, 126.141979];
    const means = new Float64Array(7);
    dynamicThetaMeans(WEEKLY_WAVE, 7, means);
    fromReference.forEach((value, h) => {
      expect(Math.abs(means[h]! / value - 1)).toBeLessThan(0.01);
    });
    // DynamicOptimizedTheta(season_length = 1) on the Nile: 798.23
    dynamicThetaMeans(NILE, 1, means);
    for (const mean of means) expect(Math.abs(mean / 798.23 - 1)).toBeLessThan(0.012);
  });

  it('continues a constant and survives nothing', () => {
    const means = new Float64Array(3);
    dynamicThetaMeans(new Float64Array(40).fill(6), 1, means);
    for (const mean of means) expect(mean).toBeCloseTo(6, 2);
    dynamicThetaMeans(new Float64Array(40), 7, means);
    for (const mean of means) expect(Math.abs(mean)).toBeLessThan(1e-6);
  });
});
