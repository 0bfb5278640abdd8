import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileOf } from '../../../../models/forecast/gbdt/quantile.ts';

describe('quantile of a leaf', () => {
  it('interpolates between the sorted values', () => {
    // R: quantile(c(3, 1, 4, 1, 5, 9, 2, 6), c(0, 0.1, 0.5, 0.8, 1), type = 7)
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const expected = [1, 1, 3.5, 5.6, 9];
    [0, 0.1, 0.5, 0.8, 1].forEach((share, i) => {
      expect(quantileOf(Float32Array.from(values), undefined, share)).toBeCloseTo(expected[i]!, 5);
    });
    expect(quantileOf(new Float32Array(0), undefined, 0.5)).toBe(0);
  });

  it('is what sorting gives', () => {
    const number = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 80 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (v, q) => {
          const sorted = [...v].sort((a, b) => a - b);
          const position = q * (v.length - 1);
          const low = sorted[Math.floor(position)]!;
          const naive = low + (position % 1) * ((sorted[Math.floor(position) + 1] ?? low) - low);
          expect(quantileOf(Float32Array.from(v), undefined, q)).toBeCloseTo(naive, 4);
        },
      ),
      { numRuns: 300, seed: 2 },
    );
  });

  it('takes the value at which the weights reach the share', () => {
    const weighted = (...weight: number[]) => quantileOf(Float32Array.of(5, 1, 3), Float32Array.from(weight), 0.5);
    expect(weighted(1, 1, 8)).toBe(3);
    expect(weighted(8, 1, 1)).toBe(5);
    expect(weighted(0, 1, 0)).toBe(1);
  });

  it('finds the same weighted value as sorting does, with ties and weights of zero', () => {
    const pair = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(
        fc.array(pair, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 99 }),
        (pairs, percent) => {
          const total = pairs.reduce((sum, [, weight]) => sum + weight, 0);
          fc.pre(total > 0);
          let sum = 0;
          const naive = [...pairs]
            .sort(([a], [b]) => a - b)
            .find(([, weight]) => {
              sum += weight;
              return sum > 0 && 100 * sum >= percent * total;
            })![0];
          const values = Float32Array.from(pairs, ([value]) => value);
          const weights = Float32Array.from(pairs, ([, weight]) => weight);
          expect(quantileOf(values, weights, percent / 100 - 1e-9)).toBe(naive);
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });
});
