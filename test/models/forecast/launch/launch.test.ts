import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { CURVE_WEEKS, findDonors } from '../../../../models/forecast/launch/donors.ts';
import { aliveChance, fadeForecasts, survivals } from '../../../../models/forecast/launch/fade-out.ts';
import { launchForecast, likeness } from '../../../../models/forecast/launch/launch-forecast.ts';
import { launchCases, launchWeight } from '../../../../models/forecast/launch/launch-weight.ts';
import { withLaunches } from '../../../../models/forecast/launch/with-launches.ts';
import { planForecast } from '../../../../models/forecast/plan.ts';
import { publishedModels } from '../../../../models/forecast/published.ts';
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

describe('the weight of launch curves', () => {
  const launch = (curve: number, average: number, actual: number, knownFrom = 1) => ({
    curve,
    average,
    actual,
    knownFrom,
  });
  it('is one where curves were right, none where the own means were, and half without past launches', () => {
    const many = (one: ReturnType<typeof launch>) => new Array(200).fill(one);
    expect(launchWeight(many(launch(10, 20, 10)), 1)).toBeGreaterThan(0.95);
    expect(launchWeight(many(launch(10, 20, 20)), 1)).toBeLessThan(0.05);
    expect(launchWeight([], 1)).toBe(0.5);
    expect(launchWeight(many(launch(10, 20, 10, 9)), 8)).toBe(0.5);
  });

  it('comes from launches that were over before the origin', () => {
    const { panel } = launches(6, 10);
    const cases = launchCases(panel, 60, 300, HORIZON);
    expect(cases.length).toBeGreaterThan(20);
    expect(Math.max(...cases.map(({ knownFrom }) => knownFrom))).toBeLessThanOrEqual(300);
    const changed = { ...panel, quantity: panel.quantity.map((value, i) => (i % PERIODS >= 300 ? 1e6 : value)) };
    expect(launchCases(changed, 60, 300, HORIZON)).toEqual(cases);
  });

  it('joins curve and own mean for new series only, at the last origin only', () => {
    const { panel, truth } = launches(7, 6, 2);
    const plan = planForecast(panel, 2);
    expect(plan.fallback.filter((code) => code === 'NEW').length).toBe(2);
    const flat = new Float32Array(panel.seriesCount * plan.origins.length * HORIZON).fill(0.5);
    const given = {
      models: [{ name: 'moving_average', mean: flat }],
      champion: new Int32Array(panel.seriesCount),
      championWithout: [],
    };
    const { models } = withLaunches(panel, plan, given);
    expect(models.map(({ name }) => name)).toEqual(['moving_average', 'launch_curve']);
    const last = models[1]!.mean.subarray(-HORIZON);
    const expected = Array.from({ length: HORIZON }, (_, h) => truth(31, PERIODS + h)).reduce((a, b) => a + b, 0);
    expect(total(last)).toBeGreaterThan(0.5 * expected);
    const others = models[1]!.mean.subarray(0, 30 * plan.origins.length * HORIZON);
    expect(others.every((value) => value === 0.5)).toBe(true);
    expect(publishedModels({ ...given, models }, plan)[31]).toBe('launch_curve');
  });
});

describe('a product that is not sold any more', () => {
  /** Thirty that sell every second day, ten of which end 100 or more days before; the last one 25 days before. */
  const company = (comesBack: boolean): Panel => {
    const random = createRandom(1);
    const sales = Array.from({ length: 31 }, (_, s) => {
      const end = s === 30 ? 575 : s < 10 ? 100 + 40 * s : 600;
      return Array.from({ length: 600 }, (_, t) => {
        const isSilent = t >= end && (!comesBack || t < end + 30 || s === 30);
        return !isSilent && random.uniform() < 0.5 ? 3 : 0;
      });
    });
    return panelOf({ sales, horizon: HORIZON });
  };

  it('is found by how such silences went on before', () => {
    const ended = survivals(company(false), 600);
    expect(ended[30]!.code).toBe('ENDING');
    expect(ended[30]!.chance).toBeLessThan(0.2);
    expect(ended.slice(0, 10).map(({ code }) => code)).toEqual(new Array(10).fill('ENDED'));
    expect(ended.slice(10, 30).every(({ code, chance }) => code === '' && chance === 1)).toBe(true);
    const paused = survivals(company(true), 600);
    expect(paused[30]!.chance).toBeGreaterThan(0.5);
    expect(paused[30]!.code).toBe('');
  });

  it('is less likely to live the longer it is silent and the more it sold before', () => {
    const chances = [0, 5, 10, 20].map((silence) => aliveChance({ known: 200, sales: 90, silence }, 1));
    expect(chances[0]).toBe(1);
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    expect(chances[3]).toBeLessThan(0.01);
    expect(aliveChance({ known: 200, sales: 5, silence: 20 }, 1)).toBeGreaterThan(0.9);
    expect(aliveChance({ known: 30, sales: 0, silence: 30 }, 1)).toBe(1);
  });

  it('reads no sales from the origin on', () => {
    const panel = company(false);
    const changed = { ...panel, quantity: panel.quantity.map((value, i) => (i % 600 >= 500 ? 9 : value)) };
    expect(survivals(changed, 500)).toEqual(survivals(panel, 500));
  });

  it('fades in all models, each origin by what was known then', () => {
    const mean = Float32Array.of(4, 8, 4, 8, 1, 1, 1, 1);
    const promotion = Float32Array.of(8, 16, 2, 2);
    fadeForecasts([{ name: 'ets', mean, without: { promotion } }], Float32Array.of(1, 0.25, 0, 1));
    expect([...mean]).toEqual([4, 8, 1, 2, 0, 0, 1, 1]);
    expect([...promotion]).toEqual([2, 4, 2, 2]);
  });

  it('is not called ended for being out of stock or unknown', () => {
    const panel = company(false);
    panel.inStock.fill(0, 30 * 600 + 570, 31 * 600);
    expect(survivals(panel, 600)[30]).toEqual({ chance: 1, code: '' });
    expect(survivals(panelOf({ sales: [[Number.NaN]] }), 1)).toEqual([{ chance: 1, code: '' }]);
  });
});
