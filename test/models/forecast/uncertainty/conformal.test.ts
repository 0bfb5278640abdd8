import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { accuracyOf, backtestQuantiles } from '../../../../models/forecast/backtest/accuracy-slices.ts';
import type { Backtest } from '../../../../models/forecast/backtest/backtest.ts';
import { QUANTILE_LEVELS, rankQuantile } from '../../../../models/forecast/uncertainty/conformal.ts';
import { fitMarginals, type Marginals } from '../../../../models/forecast/uncertainty/marginals.ts';
import { quantilesAt } from '../../../../models/forecast/uncertainty/quantiles-at.ts';

/** Forecasts whose errors grow with the series: normal with a standard deviation of a fifth of the level. */
function noisy(nodes: number, cutoffs: number, horizon: number): Backtest {
  const random = createRandom(3);
  const forecast = new Float32Array(nodes * cutoffs * horizon);
  const actual = new Float32Array(forecast.length);
  for (let i = 0; i < forecast.length; i++) {
    const level = 10 * (1 + (Math.floor(i / (cutoffs * horizon)) % 10));
    forecast[i] = level * (1 + 0.3 * Math.sin(i));
    actual[i] = Math.max(0, forecast[i]! * (1 + 0.2 * random.normal()));
  }
  return { nodes, cutoffs, horizon, actual, forecast };
}

const learnt = (backtest: Backtest, isCount = 0): Marginals =>
  fitMarginals(backtest, {
    groupOf: new Int32Array(backtest.nodes),
    groups: 1,
    bucketSize: 7,
    isCount: new Uint8Array(backtest.nodes).fill(isCount),
    seed: 1,
  });

describe('conformal quantiles', () => {
  it('rank errors as R’s quantile of type 6', () => {
    // R: quantile(c(3,1,4,1,5,9,2,6,5,3), c(.05,.1,.25,.5,.9,.975), type = 6) is 1 1 1.75 3.5 8.7 9
    const sorted = [1, 1, 2, 3, 3, 4, 5, 5, 6, 9];
    const values = [0.05, 0.1, 0.25, 0.5, 0.9, 0.975].map((p) => rankQuantile(sorted, p));
    [1, 1, 1.75, 3.5, 8.7, 9].forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 12);
    });
    expect(rankQuantile([], 0.5)).toBe(0);
  });

  it('cover what they say on cutoffs they were not calibrated on', () => {
    const backtest = noisy(60, 4, 28);
    const quantiles = backtestQuantiles(backtest, learnt(backtest));
    const ones = new Float64Array(60 * 4).fill(1);
    const { coverage80, coverage95 } = accuracyOf({ backtest, quantiles, scales: { squared: ones, absolute: ones } });
    expect(Math.abs(coverage80 - 0.8)).toBeLessThan(0.03);
    expect(Math.abs(coverage95 - 0.95)).toBeLessThan(0.02);
  });

  it('are ascending and never negative, whatever the backtest', () => {
    const cell = fc.double({ min: 0, max: 1e6, noNaN: true });
    const cells = fc.array(fc.tuple(cell, fc.oneof(cell, fc.constant(Number.NaN))), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(cells, cell, fc.integer({ min: 0, max: 1 }), (pairs, mean, isCount) => {
        const backtest = {
          nodes: 3,
          cutoffs: 2,
          horizon: 4,
          forecast: Float32Array.from(pairs, ([f]) => f),
          actual: Float32Array.from(pairs, ([, a]) => a),
        };
        const out = new Float32Array(QUANTILE_LEVELS.length);
        const groups = { groupOf: Int32Array.of(0, 0, 1), groups: 2, bucketSize: 2, seed: 1 };
        const marginals = fitMarginals(backtest, { ...groups, isCount: Uint8Array.of(0, 1, isCount) });
        for (let without = 0; without <= 2; without++) {
          for (let node = 0; node < 3; node++) {
            quantilesAt(marginals, node, 3, mean, without, out, 0);
            expect([...out].every((q, i) => Number.isFinite(q) && q >= (i > 0 ? out[i - 1]! : 0))).toBe(true);
            if (node === 1) expect([...out].every(Number.isInteger)).toBe(true);
          }
        }
      }),
    );
  });

  it('stay centred on the forecast where past forecasts were too low', () => {
    const backtest = noisy(60, 4, 28);
    for (let i = 0; i < backtest.actual.length; i++) backtest.actual[i]! *= 1.1;
    const marginals = learnt(backtest);
    const out = new Float32Array(QUANTILE_LEVELS.length);
    quantilesAt(marginals, 30, 3, 100, 4, out, 0);
    expect(Math.abs(out[4]! - 100)).toBeLessThan(2);
  });

  it('are wider where a series was harder to forecast', () => {
    const backtest = noisy(20, 4, 14);
    for (let i = 0; i < 4 * 14; i++) backtest.actual[i] = backtest.forecast[i]! * (i % 2 ? 2 : 0);
    const marginals = learnt(backtest);
    const width = (node: number): number => {
      const out = new Float32Array(QUANTILE_LEVELS.length);
      quantilesAt(marginals, node, 0, 10, 4, out, 0);
      return out[6]! - out[2]!;
    };
    expect(width(0)).toBeGreaterThan(2 * width(10));
  });
});
