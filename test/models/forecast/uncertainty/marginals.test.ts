import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { countAt, countTable } from '../../../../models/forecast/uncertainty/count-table.ts';
import { fitMarginals, scoreOf, valuesAt } from '../../../../models/forecast/uncertainty/marginals.ts';
import { GRID, gridQuantiles, scoreAtValue, valueAtScore } from '../../../../models/forecast/uncertainty/score-grid.ts';

describe('the table of a count', () => {
  it('holds the probabilities of R', () => {
    // R: ppois(0:3, 2); pnbinom(0:3, size = 2 / 1.5, prob = 0.4); qnbinom(c(.1, .5, .95), size = 2 / 1.5, prob = .4)
    const poisson = [0.1353352832, 0.4060058497, 0.6766764162, 0.8571234605];
    const negativeBinomial = [0.2947225199, 0.5305005358, 0.6955451469, 0.8055748877];
    const binomial = countTable(2, 2.5);
    poisson.forEach((p, k) => {
      expect(countTable(2, 1)[k]).toBeCloseTo(p, 9);
    });
    negativeBinomial.forEach((p, k) => {
      expect(binomial[k]).toBeCloseTo(p, 9);
    });
    expect([0.1, 0.5, 0.95].map((p) => countAt(binomial, p))).toEqual([0, 1, 6]);
  });
});

describe('the grid of scores', () => {
  it('gives back the quantiles of a normal sample, and its inverse the scores', () => {
    const random = createRandom(1);
    const grid = new Float64Array(GRID);
    gridQuantiles(Float64Array.from({ length: 20_000 }, () => 10 + 2 * random.normal()).sort(), grid, 0);
    for (const score of [-2, -0.5, 0, 1, 2.2]) {
      expect(Math.abs(valueAtScore(grid, 0, score) - (10 + 2 * score))).toBeLessThan(0.12);
      expect(scoreAtValue(grid, 0, valueAtScore(grid, 0, score), 0.5)).toBeCloseTo(score, 6);
    }
    expect(valueAtScore(grid, 0, 99)).toBe(grid[GRID - 1]);
    expect(scoreAtValue(new Float64Array(GRID), 0, 0, 0.5)).toBeCloseTo(0, 9);
  });
});

describe('the distribution of a series', () => {
  const random = createRandom(2);
  const series = 60;
  const backtest = {
    nodes: series,
    cutoffs: 3,
    horizon: 10,
    actual: Float32Array.from({ length: series * 30 }, (_, i) =>
      i < series * 15 ? Math.floor(-2 * Math.log(1 - random.uniform())) : 100 * (1 + 0.1 * random.normal()),
    ),
    forecast: Float32Array.from({ length: series * 30 }, (_, i) => (i < series * 15 ? 1.54 : 100)),
  };
  const marginals = fitMarginals(backtest, {
    groupOf: new Int32Array(series),
    groups: 1,
    bucketSize: 7,
    isCount: Uint8Array.from({ length: series }, (_, s) => (s < series / 2 ? 1 : 0)),
    seed: 1,
  });

  it('ascends with the score, is never negative, and is whole for counts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: series - 1 }),
        fc.double({ min: 0, max: 300, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (s, mean, score, step) => {
          const value = valuesAt(marginals, s, 3, mean, 3);
          expect(value(score)).toBeGreaterThanOrEqual(0);
          expect(value(score + step)).toBeGreaterThanOrEqual(value(score));
          if (s < series / 2) expect(Number.isInteger(value(score))).toBe(true);
        },
      ),
    );
    expect(valuesAt(marginals, 0, 3, 0, 3)(3)).toBe(0);
  });

  it('has the forecast as its mean', () => {
    for (const [s, forecast] of [
      [0, 1.54],
      [series - 1, 100],
    ] as const) {
      const value = valuesAt(marginals, s, 3, forecast, 3);
      let sum = 0;
      for (let i = 0; i < 20_000; i++) sum += value(random.normal());
      expect(Math.abs(sum / 20_000 / forecast - 1)).toBeLessThan(0.03);
    }
  });

  it('puts what happened at scores like those of a normal', () => {
    const scores: number[] = [];
    backtest.actual.forEach((value, i) => {
      const s = Math.floor(i / 30);
      const cell = { s, cutoff: Math.floor(i / 10) % 3, h: i % 10, mean: backtest.forecast[i]!, value };
      scores.push(scoreOf(marginals, cell, random.uniform()));
    });
    const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
    const variance = scores.reduce((sum, z) => sum + (z - mean) ** 2, 0) / scores.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(variance - 1)).toBeLessThan(0.1);
  });
});
