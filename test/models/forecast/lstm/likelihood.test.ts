import { describe, expect, it } from 'vitest';
import { countSlopes, digamma } from '../../../../models/forecast/lstm/count-likelihood.ts';
import { likelihoodFor } from '../../../../models/forecast/lstm/likelihood.ts';
import { panelOf } from '../panel-fixture.ts';

describe('the likelihood of a panel', () => {
  const every = (n: number): number[] => Array.from({ length: 500 }, (_, t) => (t % n === 0 ? 4 : 0));

  it('is of counts where many days sell nothing, by what was known before the cutoff', () => {
    expect(likelihoodFor(panelOf({ sales: [every(3)] }), 500)).toBe('negative_binomial');
    expect(likelihoodFor(panelOf({ sales: [every(1)] }), 500)).toBe('quasi_poisson');
    const later = every(1).map((value, t) => (t < 450 ? value : 0));
    expect(likelihoodFor(panelOf({ sales: [later] }), 450)).toBe('quasi_poisson');
    expect(likelihoodFor(panelOf({ sales: [later] }), 500)).toBe('negative_binomial');
  });

  it('does not take closed days and empty shelves for zeros', () => {
    const sales = [every(1).map((value, t) => (t % 7 < 2 ? 0 : value))];
    expect(likelihoodFor(panelOf({ sales, isClosed: (_, t) => t % 7 < 2 }), 500)).toBe('quasi_poisson');
    expect(likelihoodFor(panelOf({ sales, inStock: (_, t) => t % 7 >= 2 }), 500)).toBe('quasi_poisson');
    expect(likelihoodFor(panelOf({ sales }), 500)).toBe('negative_binomial');
  });
});

describe('the likelihood of counts', () => {
  it('has the digamma of the tables', () => {
    // Abramowitz and Stegun, table 6.1 and 6.3.2.
    expect(digamma(1)).toBeCloseTo(-0.5772156649, 9);
    expect(digamma(0.5)).toBeCloseTo(-1.963510026, 9);
    expect(digamma(2)).toBeCloseTo(0.4227843351, 9);
  });

  it('is flat at the truth: slopes are zero on average over the distribution itself', () => {
    const [mean, dispersion, length] = [3, 0.7, 400];
    const size = 1 / dispersion;
    const y = Float32Array.from({ length }, (_, k) => k);
    const probability = new Float64Array(length);
    probability[0] = (size / (size + mean)) ** size;
    for (let k = 1; k < length; k++) {
      probability[k] = ((probability[k - 1]! * (k - 1 + size)) / k) * (mean / (size + mean));
    }
    for (const slopes of countSlopes(
      y,
      new Float32Array(length).fill(mean),
      new Float32Array(length).fill(dispersion),
    )) {
      expect(slopes.reduce((sum, slope, k) => sum + slope * probability[k]!, 0)).toBeCloseTo(0, 5);
    }
  });
});
