import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { CURVE_WEEKS, findDonors } from '../../../../models/forecast/launch/donors.ts';
import { fadeOut, survivalOf } from '../../../../models/forecast/launch/fade-out.ts';
import { launchForecast, likeness } from '../../../../models/forecast/launch/launch-forecast.ts';
import { countAt, countTable } from '../../../../models/forecast/uncertainty/count-table.ts';
import type { Panel } from '../../../../models/panel.ts';
import { panelOf } from '../panel-fixture.ts';

const PERIODS = 400;
const HORIZON = 28;

/** Demand of a launch by age in days: falls from 2.5 to 1 over three months. */
const shape = (age: number): number => 1 + 1.5 * Math.exp(-age / 30);
const weekday = (t: number): number => 1 + 0.4 * Math.sin((2 * Math.PI * t) / 7);

/** Products of category C0 (even) sell about 20 a day, those of C1 about 4; the last two are new at `firstOf`. */
function launches(
  seed: number,
  ageOfNew: number,
  ownLevel = 1,
): { panel: Panel; truth: (s: number, t: number) => number } {
  const random = createRandom(seed);
  const count = 32;
  const first = Array.from({ length: count }, (_, s) => (s >= count - 2 ? PERIODS - ageOfNew : 40 + 7 * s));
  const level = Array.from({ length: count }, (_, s) => {
    const usual = s % 2 === 0 ? 20 : 4;
    return s >= count - 2 ? usual * ownLevel : usual * Math.exp(0.3 * random.normal());
  });
  const truth = (s: number, t: number): number => level[s]! * shape(t - first[s]!) * weekday(t);
  const sales = Array.from({ length: count }, (_, s) =>
    Array.from({ length: PERIODS }, (_, t) =>
      t < first[s]! ? Number.NaN : countAt(countTable(truth(s, t), 1.5), random.uniform()),
    ),
  );
  const panel = panelOf({ sales, horizon: HORIZON, products: sales.map((_, s) => s), locations: sales.map(() => 0) });
  panel.firstPeriod.set(first);
  return { panel, truth };
}

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

describe('the forecast of a new product', () => {
  it('follows the launches of its category before its first sale', () => {
    const { panel, truth } = launches(1, 0);
    const donors = findDonors(panel, PERIODS);
    expect(donors.length).toBe(30);
    for (const s of [30, 31]) {
      const { mean, ownFactor } = launchForecast(panel, PERIODS, HORIZON, s, donors);
      const expected = total(Array.from({ length: HORIZON }, (_, h) => truth(s, PERIODS + h)));
      expect(ownFactor).toBe(1);
      expect(Math.abs(total(mean) / expected - 1)).toBeLessThan(0.35);
      expect(total(mean.subarray(0, 7))).toBeGreaterThan(1.2 * total(mean.subarray(21, 28)));
    }
  });

  it('is drawn to its own sales as they come in', () => {
    const errors = [0, 3, 10, 25].map((age) => {
      let error = 0;
      for (const seed of [1, 2, 3]) {
        const { panel, truth } = launches(seed, age, 3);
        const { mean } = launchForecast(panel, PERIODS, HORIZON, 30, findDonors(panel, PERIODS));
        error +=
          Math.abs(total(mean) / total(Array.from({ length: HORIZON }, (_, h) => truth(30, PERIODS + h))) - 1) / 3;
      }
      return error;
    });
    expect(errors[0]).toBeGreaterThan(0.5);
    expect(errors[1]).toBeLessThan(errors[0]! / 2);
    expect(errors[3]).toBeLessThan(0.1);
  });

  it('reads no sales from the origin on', () => {
    const { panel } = launches(4, 10);
    const changed = { ...panel, quantity: panel.quantity.map((value, i) => (i % PERIODS >= 395 ? 1e6 : value)) };
    const run = (p: Panel) => launchForecast(p, 395, HORIZON, 30, findDonors(p, 395)).mean;
    expect(run(changed)).toEqual(run(panel));
  });

  it('takes the nearest price for more alike, and no donor for zero', () => {
    const { panel } = launches(5, 0);
    const donor = (price: number) => ({
      series: 0,
      units: new Float64Array(CURVE_WEEKS),
      known: new Float64Array(CURVE_WEEKS),
      price,
    });
    expect(likeness(panel, 30, donor(10), 10)).toBeGreaterThan(2 * likeness(panel, 30, donor(20), 10));
    expect(likeness(panel, 30, donor(Number.NaN), 10)).toBe(likeness(panel, 30, donor(10), 10));
    expect(total(launchForecast(panel, PERIODS, HORIZON, 30, []).mean)).toBe(0);
    const mature = panelOf({
      sales: [new Array<number>(100).fill(6), new Array<number>(100).fill(Number.NaN)],
      horizon: 7,
    });
    mature.firstPeriod[1] = 100;
    const { mean } = launchForecast(mature, 100, 7, 1, findDonors(mature, 100));
    expect(mean[0]).toBeCloseTo(6, 6);
  });
});

describe('a product that is not sold any more', () => {
  const seldom = (every: number, until: number): number[] =>
    Array.from({ length: 600 }, (_, t) => (t < until && t % every === 0 ? 3 : 0));
  const panel = panelOf({
    sales: [
      seldom(1, 600),
      seldom(1, 592),
      seldom(1, 570),
      seldom(20, 570),
      seldom(20, 300),
      new Array<number>(600).fill(0),
    ],
  });
  const codes = Array.from({ length: 6 }, (_, s) => survivalOf(panel, 600, s));

  it('is named by how unusual its silence is', () => {
    expect(codes.map(({ code }) => code)).toEqual(['', 'ENDED', 'ENDED', '', 'ENDED', 'ENDED']);
    expect(codes[3]!.alive).toBeGreaterThan(0.9);
    const silent = Array.from({ length: 200 }, (_, t) => survivalOf(panel, 300 + t, 4));
    expect(silent.some(({ code }) => code === 'ENDING')).toBe(true);
    silent.forEach(({ alive }, t) => {
      if (t > 0) expect(alive).toBeLessThanOrEqual(silent[t - 1]!.alive + 1e-12);
    });
  });

  it('fades and then is zero', () => {
    expect([...fadeOut({ alive: 0.25, code: 'ENDING' }, Float64Array.of(4, 8))]).toEqual([1, 2]);
    expect([...fadeOut({ alive: 0.01, code: 'ENDED' }, Float64Array.of(4, 8))]).toEqual([0, 0]);
    expect([...fadeOut({ alive: 0.99, code: '' }, Float64Array.of(4, 8))]).toEqual([4, 8]);
  });

  it('is not called ended for being out of stock, closed or unknown', () => {
    const empty = panelOf({ sales: [seldom(1, 570)], inStock: (_, t) => t < 570 });
    expect(survivalOf(empty, 600, 0).code).toBe('');
    expect(survivalOf(panelOf({ sales: [[Number.NaN]] }), 1, 0)).toEqual({ alive: 1, code: '' });
  });
});
