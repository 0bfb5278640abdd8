import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import type { OriginForecast } from '../../../../models/forecast/forecaster.ts';
import { judgeCutoff } from '../../../../models/forecast/paths/path-sums.ts';
import { QUANTILE_LEVELS } from '../../../../models/forecast/uncertainty/conformal.ts';
import { dayDifficulty, difficultyProbe, fitsOf } from '../../../../models/forecast/uncertainty/day-difficulty.ts';
import { fitMarginals, valuesAt } from '../../../../models/forecast/uncertainty/marginals.ts';
import { panelOf } from '../panel-fixture.ts';

const SERIES = 30;
const HORIZON = 28;

/** Series of 100 a day with a noise of `deviation(day of the year)`, forecast as 100. */
function difficultyOf(
  periods: number,
  deviation: (dayOfYear: number) => number,
  origins: readonly number[],
): Float32Array {
  const random = createRandom(4);
  const sales = Array.from({ length: SERIES }, () =>
    Array.from({ length: periods }, (_, t) => 100 + deviation(t % 364) * random.normal()),
  );
  const probe = difficultyProbe(panelOf({ sales, horizon: HORIZON }));
  const forecasts = probe.origins.map<OriginForecast>((origin) => ({
    origin,
    mean: new Float32Array(SERIES * probe.horizon).fill(100),
  }));
  return dayDifficulty(probe, forecasts, origins, HORIZON);
}

const meanOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the difficulty of days', () => {
  const feast = (day: number): number => (day >= 320 ? 30 : 10);

  it('is that of the same weeks of the year before', () => {
    const now = 3 * 364;
    const factors = difficultyOf(now, feast, [now - 28, now - 140, now]);
    const [hard, easy, ahead] = [0, 1, 2].map((k) => meanOf(factors.subarray(k * HORIZON, (k + 1) * HORIZON)));
    expect(hard! / easy!).toBeGreaterThan(2.7);
    expect(hard! / easy!).toBeLessThan(3.3);
    expect(ahead! / easy!).toBeGreaterThan(0.95);
    expect(ahead! / easy!).toBeLessThan(1.5);
  });

  it('is 1 where all weeks are alike, and where no year was seen before', () => {
    const alike = difficultyOf(3 * 364, () => 10, [3 * 364]);
    for (const factor of alike) expect(Math.abs(factor - 1)).toBeLessThan(0.05);
    expect(difficultyOf(364, feast, [364, 336]).every((factor) => factor === 1)).toBe(true);
  });

  it('is not asked for where the sales go back too little to tell', () => {
    const originsOf = (periods: number): number[] =>
      difficultyProbe(panelOf({ sales: [new Array(periods).fill(100)], horizon: HORIZON })).origins;
    expect(originsOf(600)).toEqual([]);
    expect(originsOf(180 + 364 + 91 + 28).length).toBeGreaterThan(0);
  });

  it('is read from forecasts of three origins a fit', () => {
    const probe = difficultyProbe(panelOf({ sales: [new Array(1000).fill(100)], horizon: HORIZON }));
    const fits = fitsOf(probe);
    expect(fits.flat()).toEqual(probe.origins);
    expect(new Set(fits.slice(0, -1).map((origins) => origins.length))).toEqual(new Set([3]));
  });
});

describe('ranges of days of different difficulty', () => {
  const random = createRandom(5);
  const cutoffs = 3;
  const cells = cutoffs * HORIZON;
  // the first cutoff was three times as hard as the others, and so are the last days of what is ahead
  const difficulty = new Float32Array((cutoffs + 1) * HORIZON).fill(1).fill(3, 0, HORIZON);
  difficulty.fill(3, cells + 14);
  const backtest = {
    nodes: 200,
    cutoffs,
    horizon: HORIZON,
    actual: Float32Array.from({ length: 200 * cells }, (_, i) => 100 + 5 * difficulty[i % cells]! * random.normal()),
    forecast: new Float32Array(200 * cells).fill(100),
  };
  const options = {
    groupOf: new Int32Array(200),
    groups: 1,
    bucketSize: 7,
    isCount: new Uint8Array(200),
    difficulty,
    seed: 1,
  };
  const marginals = fitMarginals(backtest, options);

  it('are as wide as the day is hard', () => {
    const halfWidth = (h: number): number => valuesAt(marginals, 0, h, 100, cutoffs)(1) - 100;
    expect(Math.abs(halfWidth(0) / 5 - 1)).toBeLessThan(0.12);
    expect(Math.abs(halfWidth(20) / 15 - 1)).toBeLessThan(0.12);
  });

  it('are judged at a cutoff by the difficulty of its own days', () => {
    const levels = [{ nodeOf: new Int32Array(200), labels: ['total'] }];
    const daysOf = (change: (values: Float32Array) => void): Float32Array => {
      const changed = difficulty.slice();
      change(changed);
      const fitted = fitMarginals(backtest, { ...options, difficulty: changed });
      return judgeCutoff({ backtest, marginals: fitted, levels, seed: 1 }, 1).days[0]!;
    };
    const days = daysOf(() => undefined);
    const width = (values: Float32Array): number => values.at(-1)! - values.at(-QUANTILE_LEVELS.length)!;
    expect(daysOf((values) => values.fill(9, cells))).toEqual(days);
    expect(width(daysOf((values) => values.fill(2, HORIZON, 2 * HORIZON)))).toBeGreaterThan(1.5 * width(days));
  });
});
