import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crostonSba } from '../../../models/forecast/croston.ts';
import { seasonalIndices, thetaMeans } from '../../../models/forecast/theta.ts';
import { tsbRate } from '../../../models/forecast/tsb.ts';
import { WEEKLY_WAVE } from './reference-series.ts';

const LUMPY = Float64Array.from([0, 0, 3, 0, 1, 0, 0, 0, 5, 2, 0, 0, 1, 0, 4, 0, 0, 2]);

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
