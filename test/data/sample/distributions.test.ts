import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../data/random.ts';
import { beta, binomial, gamma, negativeBinomial, pickWeighted, poisson } from '../../../data/sample/distributions.ts';

const DRAWS = 60_000;

function moments(draw: (random: Random) => number) {
  const random = createRandom('moments');
  const values = Array.from({ length: DRAWS }, () => draw(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (DRAWS - 1);
  return { mean, variance, values };
}

describe('random variates', () => {
  it.each([
    ['Poisson 0.3', (r: Random) => poisson(r, 0.3), 0.3, 0.3],
    ['Poisson 9.9', (r: Random) => poisson(r, 9.9), 9.9, 9.9],
    ['Poisson 10', (r: Random) => poisson(r, 10), 10, 10],
    ['Poisson 400', (r: Random) => poisson(r, 400), 400, 400],
    ['gamma 0.5, 2', (r: Random) => gamma(r, 0.5, 2), 1, 2],
    ['gamma 7, 3', (r: Random) => gamma(r, 7, 3), 21, 63],
    ['beta 2, 5', (r: Random) => beta(r, 2, 5), 2 / 7, 10 / 392],
    ['negative binomial 6, 3', (r: Random) => negativeBinomial(r, 6, 3), 6, 18],
    ['binomial 20, 0.3', (r: Random) => binomial(r, 20, 0.3), 6, 4.2],
    ['binomial 900, 0.3', (r: Random) => binomial(r, 900, 0.3), 270, 189],
  ] as const)('%s has its mean and variance', (_, draw, mean, variance) => {
    const seen = moments(draw);
    expect(Math.abs(seen.mean - mean)).toBeLessThan(4 * Math.sqrt(variance / DRAWS));
    expect(Math.abs(seen.variance / variance - 1)).toBeLessThan(0.06);
  });

  it('has the probabilities of R dpois(c(5, 10, 15), 10) on both sides of the change of method', () => {
    // R: dpois(c(5, 10, 15), 10) is 0.03783327 0.12511004 0.03471807
    for (const mean of [10 - 1e-9, 10]) {
      const { values } = moments((random) => poisson(random, mean));
      const share = (k: number) => values.filter((value) => value === k).length / DRAWS;
      expect(share(5)).toBeCloseTo(0.03783327, 2);
      expect(Math.abs(share(10) - 0.12511004)).toBeLessThan(0.006);
      expect(Math.abs(share(15) - 0.03471807)).toBeLessThan(0.004);
    }
  });

  it('draws nothing at a mean of zero', () => {
    const random = createRandom(1);
    expect([poisson(random, 0), negativeBinomial(random, 0, 5), binomial(random, 0, 0.5)]).toEqual([0, 0, 0]);
  });

  it('picks with the weights given', () => {
    const { values } = moments((random) => pickWeighted(random, [1, 0, 3]));
    expect(values.includes(1)).toBe(false);
    expect(values.filter((value) => value === 2).length / DRAWS).toBeCloseTo(0.75, 1);
  });
});
