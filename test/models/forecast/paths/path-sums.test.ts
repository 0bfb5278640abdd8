import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import type { Backtest } from '../../../../models/forecast/backtest/backtest.ts';
import { PATHS } from '../../../../models/forecast/paths/path-quantiles.ts';
import { judgeCutoff, type PathInputs, publishSums } from '../../../../models/forecast/paths/path-sums.ts';
import { QUANTILE_LEVELS } from '../../../../models/forecast/uncertainty/conformal.ts';
import { fitMarginals } from '../../../../models/forecast/uncertainty/marginals.ts';

const SERIES = 24;
const CUTOFFS = 4;
const HORIZON = 14;
const LEVELS = QUANTILE_LEVELS.length;

/** Counts of about 6 a day whose level is off by a quarter from window to window, and forecasts of 6; the last series ended. */
function inputs(change?: (backtest: Backtest) => void): PathInputs {
  const random = createRandom(9);
  const cells = SERIES * CUTOFFS * HORIZON;
  const forecast = new Float32Array(cells).fill(6);
  const actual = new Float32Array(cells);
  for (let row = 0; row < SERIES * CUTOFFS; row++) {
    const level = 6 * (1 + 0.25 * random.normal());
    for (let h = 0; h < HORIZON; h++) {
      actual[row * HORIZON + h] = Math.max(0, Math.round(level + Math.sqrt(6) * random.normal()));
    }
  }
  forecast.fill(0, cells - CUTOFFS * HORIZON);
  actual.fill(Number.NaN, cells - CUTOFFS * HORIZON);
  const backtest = { nodes: SERIES, cutoffs: CUTOFFS, horizon: HORIZON, actual, forecast };
  change?.(backtest);
  return {
    backtest,
    marginals: fitMarginals(backtest, {
      groupOf: new Int32Array(SERIES),
      groups: 1,
      bucketSize: 7,
      isCount: new Uint8Array(SERIES).fill(1),
      seed: 1,
    }),
    levels: [
      { nodeOf: Int32Array.from({ length: SERIES }, (_, s) => s % 3), labels: ['a', 'b', 'c'] },
      { nodeOf: new Int32Array(SERIES), labels: ['total'] },
    ],
    seed: 1,
  };
}

const mean = Float64Array.from({ length: SERIES * HORIZON }, (_, i) => (i < (SERIES - 1) * HORIZON ? 6 : 0));

describe('sums of paths', () => {
  const given = inputs();
  const judged = Array.from({ length: CUTOFFS }, (_, k) => judgeCutoff(given, k));
  const published = publishSums(given, mean, judged);
  const [series, , total] = published.windows as [Float32Array, Float32Array, Float32Array];
  const width = (values: Float32Array, cell: number): number => values[cell * LEVELS + 6]! - values[cell * LEVELS + 2]!;

  it('are judged by what the other cutoffs teach alone', () => {
    const changed = inputs(({ actual }) => {
      for (let s = 0; s < SERIES - 1; s++) {
        const from = (s * CUTOFFS + 2) * HORIZON;
        for (let i = from; i < from + HORIZON; i++) actual[i]! += 40;
      }
    });
    const again = judgeCutoff(changed, 2);
    expect(again.days).toEqual(judged[2]!.days);
    expect(again.ranks).not.toEqual(judged[2]!.ranks);
  });

  it('are whole for whole units, grow with the window, and are zero for what is certainly zero', () => {
    expect(series.every(Number.isInteger)).toBe(true);
    for (let i = 0; i < series.length; i++) {
      if (Math.floor(i / LEVELS) % HORIZON > 0) expect(series[i]!).toBeGreaterThanOrEqual(series[i - LEVELS]!);
    }
    expect(series.subarray((SERIES - 1) * HORIZON * LEVELS).every((value) => value === 0)).toBe(true);
  });

  it('lie about the sum of the means, at every level', () => {
    for (let h = 0; h < HORIZON; h++) {
      const expected = 6 * (SERIES - 1) * (h + 1);
      expect(Math.abs(total[h * LEVELS + 4]! / expected - 1)).toBeLessThan(0.03);
    }
  });

  it('spread more than chance from day to day, as the level was off for whole windows', () => {
    const day = width(series, 0);
    expect(width(series, HORIZON - 1)).toBeGreaterThan(1.5 * Math.sqrt(HORIZON) * day);
  });

  it('of a single cutoff are judged by what it teaches itself', () => {
    const first = (values: Float32Array): Float32Array =>
      values.filter((_, i) => Math.floor(i / HORIZON) % CUTOFFS === 0);
    const { backtest } = given;
    const alone = {
      ...backtest,
      cutoffs: 1,
      actual: first(backtest.actual),
      forecast: first(backtest.forecast),
    };
    const marginals = fitMarginals(alone, given.marginals.options);
    const own = judgeCutoff({ ...given, backtest: alone, marginals }, 0);
    const windows = own.ranks[0]!;
    const all = windows.reduce((sum, count) => sum + count, 0);
    const outermost = windows.filter((_, i) => i % (PATHS + 1) === 0 || i % (PATHS + 1) === PATHS);
    expect(outermost.reduce((sum, count) => sum + count, 0) / all).toBeLessThan(0.05);
    const [alike] = publishSums({ ...given, backtest: alone, marginals }, mean, [own]).windows;
    const ratio = width(alike!, HORIZON - 1) / width(series, HORIZON - 1);
    expect(Math.abs(Math.log(ratio))).toBeLessThan(0.3);
  });

  it('are the means themselves where there is no backtest and a series is not whole', () => {
    const none = {
      nodes: SERIES,
      cutoffs: 0,
      horizon: HORIZON,
      actual: new Float32Array(0),
      forecast: new Float32Array(0),
    };
    const marginals = fitMarginals(none, { ...given.marginals.options, isCount: new Uint8Array(SERIES) });
    const { windows } = publishSums({ ...given, backtest: none, marginals }, mean, []);
    expect([...windows[0]!.subarray((HORIZON - 1) * LEVELS, HORIZON * LEVELS)]).toEqual(
      new Array(LEVELS).fill(6 * HORIZON),
    );
  });
});
