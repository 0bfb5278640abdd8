import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adidaRate, bucketRate, meanInterval } from '../../../../models/forecast/intermittent/adida.ts';
import { crostonRate, crostonSba } from '../../../../models/forecast/intermittent/croston.ts';
import { imapaRate } from '../../../../models/forecast/intermittent/imapa.ts';
import { tsbRate } from '../../../../models/forecast/intermittent/tsb.ts';

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

describe('Croston with the Syntetos-Boylan correction', () => {
  it('is R’s croston times 1 - alpha / 2', () => {
    // R forecast 8.20: croston(c(0,0,3,0,1,0,0,0,5,2,0,0,1,0,4,0,0,2), h = 1, alpha = 0.1)$mean is 0.999083645251
    expect(crostonSba(LUMPY)).toBeCloseTo(0.95 * 0.999083645251, 11);
  });

  it('gives nothing for a series that never sold, and does not depend on zeros after the last sale', () => {
    expect(crostonSba(new Float64Array(30))).toBe(0);
    expect(crostonSba(new Float64Array(0))).toBe(0);
    expect(crostonSba(Float64Array.from([...LUMPY, 0, 0, 0]))).toBe(crostonSba(LUMPY));
  });
});

describe('the method of Teunter, Syntetos and Babai', () => {
  it('agrees with its recursion written out', () => {
    let [probability, size] = [1 / 3, 3];
    for (const value of LUMPY.subarray(3)) {
      probability += 0.05 * ((value > 0 ? 1 : 0) - probability);
      if (value > 0) size += 0.1 * (value - size);
    }
    expect(tsbRate(LUMPY)).toBeCloseTo(probability * size, 12);
  });

  it('fades out when an item stops selling', () => {
    const ended = Float64Array.from([...LUMPY, ...new Array<number>(100).fill(0)]);
    expect(tsbRate(ended)).toBeLessThan(0.01 * tsbRate(LUMPY));
    expect(tsbRate(new Float64Array(5))).toBe(0);
  });

  it('scales with the unit of the series and is never negative', () => {
    const demand = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 });
    fc.assert(
      fc.property(demand, (values) => {
        const y = Float64Array.from(values);
        const rate = tsbRate(y);
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(tsbRate(y.map((v) => 3 * v))).toBeCloseTo(3 * rate, 6);
        expect(crostonSba(y.map((v) => 3 * v))).toBeCloseTo(3 * crostonSba(y), 6);
      }),
    );
  });
});
