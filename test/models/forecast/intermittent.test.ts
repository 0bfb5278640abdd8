import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adidaRate, bucketRate, meanInterval } from '../../../models/forecast/adida.ts';
import { crostonRate, crostonSba } from '../../../models/forecast/croston.ts';
import { imapaRate } from '../../../models/forecast/imapa.ts';

const LUMPY = Float64Array.from([0, 0, 3, 0, 1, 0, 0, 0, 5, 2, 0, 0, 1, 0, 4, 0, 0, 2]);

describe('intermittent demand', () => {
  it('has the rates of statsforecast', () => {
    // statsforecast 2.1.1: CrostonClassic(), CrostonSBA(), ADIDA(), IMAPA() .forecast(y = y, h = 1)
    expect(crostonRate(LUMPY)).toBeCloseTo(0.99908365, 7);
    expect(crostonSba(LUMPY)).toBeCloseTo(0.94912946, 7);
    expect(adidaRate(LUMPY)).toBeCloseTo(1.00452667, 6);
    expect(imapaRate(LUMPY)).toBeCloseTo(0.97823292, 6);
  });

  it('aggregates into buckets counted from the end', () => {
    expect(meanInterval(Float64Array.of(0, 2, 0, 0, 0, 1))).toBe(3);
    // buckets 2, 4, 6 and smoothing within 0.1 to 0.3: best 0.3 on a rising series, 2 -> 2.6 -> 3.62
    expect(bucketRate(Float64Array.of(9, 1, 1, 2, 2, 3, 3), 2)).toBeCloseTo(3.62 / 2, 4);
  });

  it('gives nothing for what never sold, the level for what always sells', () => {
    for (const rate of [adidaRate, imapaRate, crostonRate]) {
      expect(rate(new Float64Array(0))).toBe(0);
      expect(rate(new Float64Array(40))).toBe(0);
      expect(rate(new Float64Array(40).fill(3))).toBeCloseTo(3, 9);
      expect(rate(Float64Array.of(1e12))).toBeCloseTo(1e12, 0);
    }
  });

  it('lies between nothing and the largest demand, and scales with its unit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 }), (values) => {
        const y = Float64Array.from(values);
        for (const rate of [adidaRate, imapaRate]) {
          const own = rate(y);
          expect(own).toBeGreaterThanOrEqual(0);
          expect(own).toBeLessThanOrEqual(Math.max(0, ...values) + 1e-9);
          expect(rate(y.map((v) => 4 * v))).toBeCloseTo(4 * own, 6);
        }
      }),
    );
  });
});
