import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { forecastOutOfBand } from '../../../models/monitor/forecast-band.ts';
import { funnelDeviations } from '../../../models/monitor/funnel-deviation.ts';
import { lostShareOutOfBand } from '../../../models/monitor/lost-share.ts';
import { inputDrift, stabilityIndex } from '../../../models/monitor/population-stability.ts';
import { dot, huberRegression, median, robustSpread } from '../../../models/monitor/robust-regression.ts';

describe('the population stability index', () => {
  test('is the sum of (p - q) ln(p / q)', () => {
    // in Python: sum((p - q) * log(p / q)) with p = (30.5, 70.5) / 101 and q = (50.5, 50.5) / 101
    const [p, q] = [30.5 / 101, 0.5];
    const naive = (p - q) * Math.log(p / q) + (q - p) * Math.log((1 - p) / q);
    expect(stabilityIndex([30, 70], [50, 50])).toBeCloseTo(naive, 12);
  });

  test('is never negative, and 0 for equal windows', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(stabilityIndex(a, b)).toBeGreaterThanOrEqual(-1e-12);
        expect(stabilityIndex(a, a)).toBeCloseTo(0, 12);
      }),
    );
  });

  test('is compared with what the input does anyway', () => {
    const usual = [10, 20, 30].map(() => [100, 100, 100]);
    expect(inputDrift([[250, 25, 25], ...usual])!.index).toBeGreaterThan(0.5);
    expect(inputDrift([[100, 100, 100], ...usual])!.index).toBeLessThan(0.01);
    expect(
      inputDrift([
        [250, 25, 25],
        [100, 100, 100],
      ]),
    ).toBeUndefined();
    expect(inputDrift([[1, 1, 1], ...usual])).toBeUndefined();
    expect(inputDrift([])).toBeUndefined();
  });
});

describe('robust regression', () => {
  const rows = Array.from({ length: 60 }, (_, i) => Float64Array.from([1, i]));

  test('recovers the line where one point in six is far off', () => {
    const random = createRandom(4);
    const y = rows.map((row, i) => 2 + 0.5 * row[1]! + 0.1 * random.normal() + (i % 6 === 0 ? 40 : 0));
    const beta = huberRegression(rows, y);
    expect(beta[1]).toBeCloseTo(0.5, 1);
    expect(Math.abs(beta[0]! - 2)).toBeLessThan(0.3);
  });

  test('leaves unknown days out and survives a constant', () => {
    const beta = huberRegression(
      rows,
      rows.map((_, i) => (i % 2 === 0 ? 7 : Number.NaN)),
    );
    expect(dot([1, 30], beta)).toBeCloseTo(7, 4);
    expect(huberRegression([], [])).toHaveLength(0);
  });

  test('the median and the spread are those of the finite values', () => {
    expect(median([3, 1, Number.NaN, 2])).toBe(2);
    expect(median([4, 1])).toBe(2.5);
    expect(median([])).toBeNaN();
    expect(robustSpread([-1, 1, -1, 1])).toBeCloseTo(1.4826, 10);
  });
});

describe('the funnel', () => {
  const START = 19000;
  const options = { drop: 0.1, days: 28 };
  const series = (n: number, seed: number, level = 5000, noise = 0.03): Float64Array => {
    const random = createRandom(seed);
    return Float64Array.from({ length: n }, (_, t) =>
      Math.round(
        level *
          Math.exp(
            0.2 * Math.cos((2 * Math.PI * ((START + t) % 7)) / 7) +
              0.15 * Math.cos((2 * Math.PI * (START + t)) / 365.25) +
              noise * random.normal(),
          ),
      ),
    );
  };
  const judge = (visitors: Float64Array) => funnelDeviations(visitors, new Uint8Array(visitors.length), START, options);

  test('a drop of a fifth for four days is found, with the days before it left alone', () => {
    const visitors = series(800, 1).map((value, t) => (t >= 796 ? value * 0.8 : value));
    const days = judge(visitors);
    expect(days.filter((day) => day.alert).map((day) => day.t)).toEqual([796, 797, 798, 799]);
    expect(days.at(-1)!.deviation).toBeLessThan(-0.12);
    expect(days).toHaveLength(28);
  });

  test('weekday, season and chance raise no alert: at most 1 in 40 calm funnels', () => {
    const alarmed = Array.from({ length: 40 }, (_, k) => judge(series(600, 100 + k)).some((day) => day.alert));
    expect(alarmed.filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  test('ten per cent is not enough where chance explains it', () => {
    const days = judge(series(600, 7, 20, 0.25));
    expect(days.some((day) => day.deviation < -0.1)).toBe(true);
    expect(days.some((day) => day.alert)).toBe(false);
  });

  test('too short a history, missing days, zeros and constants are borne', () => {
    expect(judge(series(90, 1))).toEqual([]);
    expect(judge(new Float64Array(0))).toEqual([]);
    const gaps = series(300, 2).map((value, t) => (t % 5 === 0 ? Number.NaN : value));
    expect(judge(gaps).every((day) => day.t % 5 !== 0 && Number.isFinite(day.expected))).toBe(true);
    expect(judge(new Float64Array(300)).some((day) => day.alert)).toBe(false);
    expect(judge(new Float64Array(300).fill(1e9)).some((day) => day.alert)).toBe(false);
  });
});

describe('forecast errors', () => {
  const actual = [100, 100, 100, 100];

  test('within the band of earlier cutoffs nothing is said', () => {
    expect(forecastOutOfBand({ actual, forecast: [101, 99, 100, 102], absoluteError: [10, 11, 9, 11] })).toEqual([]);
  });

  test('a jump of the error and a lean to one side are named', () => {
    const found = forecastOutOfBand({ actual, forecast: [101, 99, 100, 130], absoluteError: [10, 11, 9, 30] });
    expect(found.map(({ measure }) => measure)).toEqual(['wape', 'bias']);
    expect(found[0]!.expected).toBeCloseTo(0.1, 10);
  });

  test('with few cutoffs or no sales there is no band', () => {
    expect(forecastOutOfBand({ actual: [1, 1], forecast: [1, 9], absoluteError: [0, 8] })).toEqual([]);
    expect(forecastOutOfBand({ actual: [0, 1, 1], forecast: [1, 1, 9], absoluteError: [1, 0, 8] })).toEqual([]);
  });
});

describe('the share of demand lost to empty shelves', () => {
  const sold = new Array<number>(9).fill(96);
  const usual = [4, 5, 3, 4, 5, 4, 3, 4];

  test('is named where it rises out of the band of the stretches before', () => {
    const found = lostShareOutOfBand([24, ...usual], sold)!;
    expect(found.value).toBeCloseTo(0.2, 10);
    expect(found.expected).toBeCloseTo(0.04, 10);
    expect(found.limit).toBeGreaterThan(found.expected);
  });

  test('is not where it stays inside, falls, or has nothing to be compared with', () => {
    expect(lostShareOutOfBand([5, ...usual], sold)).toBeUndefined();
    expect(lostShareOutOfBand([0, ...usual], sold)).toBeUndefined();
    expect(lostShareOutOfBand([24, 4, 4, 4], [96, 96, 96, 96])).toBeUndefined();
    expect(lostShareOutOfBand([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0])).toBeUndefined();
  });
});
