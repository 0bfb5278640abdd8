import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blendSpread } from '../../../models/restock/blend-spread.ts';
import { demandQuantile } from '../../../models/restock/demand-quantiles.ts';
import type { Spread } from '../../../models/restock/spread.ts';

const LEVELS = Float64Array.of(0.5, 0.75, 0.9, 0.95);
const SPREAD: Spread = { dispersion: 1.5, levelVariance: 0.1, bias: 1 };

const quantilesOf = (mean: number, { dispersion, levelVariance, bias }: Spread): Float64Array =>
  LEVELS.map((p) => demandQuantile(mean * bias, dispersion, levelVariance, p, true));

describe('spread with windows that were forecast directly', () => {
  it('has the quantiles of the other forecast where that counts alone', () => {
    const other = { dispersion: 1.5, levelVariance: 0.33, bias: 1.4 };
    const quantiles = quantilesOf(60, other);
    const found = quantilesOf(60, blendSpread(60, SPREAD, { levels: LEVELS, quantiles, share: 1 }, true));
    found.forEach((value, i) => {
      expect(Math.abs(value / quantiles[i]! - 1)).toBeLessThan(0.04);
    });
  });

  it('lies between both with a share of a half', () => {
    const quantiles = quantilesOf(60, { ...SPREAD, bias: 1.5 });
    const { bias } = blendSpread(60, SPREAD, { levels: LEVELS, quantiles, share: 0.5 }, true);
    expect(bias).toBeGreaterThan(1.15);
    expect(bias).toBeLessThan(1.35);
  });

  it('is the spread itself without a share or a mean', () => {
    const quantiles = quantilesOf(5, { ...SPREAD, bias: 3 });
    expect(blendSpread(5, SPREAD, { levels: LEVELS, quantiles, share: 0 }, true)).toBe(SPREAD);
    expect(blendSpread(0, SPREAD, { levels: LEVELS, quantiles, share: 0.5 }, true)).toBe(SPREAD);
  });

  it('never is further from the mean of both than the spread was', () => {
    const cases = fc.tuple(
      fc.double({ min: 0.05, max: 300, noNaN: true }),
      fc.double({ min: 0.4, max: 2.5, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(cases, ([mean, bias, levelVariance]) => {
        const quantiles = quantilesOf(mean, { dispersion: 1.2, levelVariance, bias });
        const own = quantilesOf(mean, SPREAD);
        const blended = quantilesOf(mean, blendSpread(mean, SPREAD, { levels: LEVELS, quantiles, share: 0.5 }, true));
        const distance = (values: Float64Array): number =>
          values.reduce((sum, value, i) => sum + Math.abs(value - (own[i]! + quantiles[i]!) / 2), 0);
        expect(distance(blended)).toBeLessThanOrEqual(distance(own) + 1e-9);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
