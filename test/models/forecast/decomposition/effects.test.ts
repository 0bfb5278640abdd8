import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { findDrivers } from '../../../../models/forecast/decomposition/drivers.ts';
import { createEffects } from '../../../../models/forecast/decomposition/effects.ts';
import { groupSeries } from '../../../../models/forecast/decomposition/groups.ts';
import { panelOf } from '../panel-fixture.ts';

const SHOPS = 40;
const PERIODS = 400;
const isFair = (t: number): boolean => t % 50 === 20;

/** What is learned of a fair that multiplies the sales of each shop by its own factor, seen with noise. */
function learned(factors: readonly number[], noise: number): number[] {
  const panel = panelOf({
    sales: factors.map(() => new Array<number>(PERIODS).fill(100)),
    products: factors.map(() => 0),
    locations: factors.map((_, s) => s),
    horizon: 10,
    events: [{ name: 'Fair', on: (_, t) => isFair(t) }],
  });
  const effects = createEffects(panel, findDrivers(panel), groupSeries(panel));
  const random = createRandom(3);
  for (let t = 0; t < PERIODS; t++) {
    for (let s = 0; s < SHOPS; s++) {
      const factor = isFair(t) ? factors[s]! * Math.exp(noise * random.normal()) : 1;
      effects.learn(s, t, 100 * factor, 100);
    }
  }
  const day = PERIODS - 30;
  return factors.map((_, s) => effects.events(s, day, 1));
}

/** What is learned of promotions of two kinds, one every 20 periods in turn, and what a third kind is expected to do. */
function learnedOfKinds(lifts: readonly [number, number]): number[] {
  const isPromoted = (t: number): boolean => t % 20 === 10;
  const kindOf = (t: number): number => (t >= PERIODS ? 2 : Math.floor(t / 20) % 2);
  const panel = panelOf({
    sales: Array.from({ length: SHOPS }, () => new Array<number>(PERIODS).fill(100)),
    products: new Array<number>(SHOPS).fill(0),
    horizon: 20,
    frequency: 'weekly',
    discount: (_, t) => (isPromoted(t) ? 0.2 : 0),
    promotionKinds: ['display', 'flyer', 'never seen'],
    kindOf: (_, t) => kindOf(t),
  });
  const effects = createEffects(panel, findDrivers(panel), groupSeries(panel));
  for (let t = 0; t < PERIODS; t++) {
    for (let s = 0; s < SHOPS; s++) effects.learn(s, t, isPromoted(t) ? 100 * lifts[kindOf(t)]! : 100, 100);
  }
  return [PERIODS - 30, PERIODS - 10, PERIODS + 10].map((t) => effects.promotion(0, t));
}

const error = (estimates: number[], truth: readonly number[]): number =>
  Math.sqrt(estimates.reduce((sum, value, s) => sum + Math.log(value / truth[s]!) ** 2, 0) / truth.length);

describe('effects of events', () => {
  it('stay with the series where shops differ, and with the group where they do not', () => {
    const apart = Array.from({ length: SHOPS }, (_, s) => (s % 2 === 0 ? 0.3 : 2));
    // drawn to the group by one sight they would be off by 0.33 and 0.14
    expect(error(learned(apart, 0.1), apart)).toBeLessThan(0.15);
    const alike = new Array<number>(SHOPS).fill(1.5);
    expect(error(learned(alike, 0.4), alike)).toBeLessThan(0.12);
  });
});

describe('effects of promotions', () => {
  it('differ by kind, and are what promotions do on average for a kind that was never seen', () => {
    const [display, flyer, unseen] = learnedOfKinds([1.2, 4]);
    expect(display! / 1.2).toBeCloseTo(1, 1);
    expect(flyer! / 4).toBeCloseTo(1, 1);
    expect(unseen).toBeGreaterThan(1.5);
    expect(unseen).toBeLessThan(3.5);
  });
});

/** What promotions of three depths are expected to do, the deepest never seen before, where demand answers by an elasticity. */
function learnedOfDepths(elasticity: number): number[] {
  const depths = [0.1, 0.2, 0.3];
  const isPromoted = (t: number): boolean => t % 20 === 10;
  const depthOf = (t: number): number => (t >= PERIODS ? 0.4 : depths[Math.floor(t / 20) % 3]!);
  const panel = panelOf({
    sales: Array.from({ length: SHOPS }, () => new Array<number>(PERIODS).fill(100)),
    products: new Array<number>(SHOPS).fill(0),
    horizon: 20,
    frequency: 'weekly',
    discount: (_, t) => (isPromoted(t) ? depthOf(t) : 0),
  });
  const effects = createEffects(panel, findDrivers(panel), groupSeries(panel));
  for (let t = 0; t < PERIODS; t++) {
    const lift = isPromoted(t) ? (1 - depthOf(t)) ** -elasticity : 1;
    for (let s = 0; s < SHOPS; s++) effects.learn(s, t, 100 * lift, 100);
  }
  // of 0.3, 0.1 and 0.4
  return [PERIODS - 50, PERIODS - 30, PERIODS + 10].map((t) => effects.promotion(0, t));
}

describe('effects of the depth of promotions', () => {
  it('are learned as an elasticity, which also says what a depth does that was never seen', () => {
    const learned = learnedOfDepths(2.5);
    for (const [i, depth] of [0.3, 0.1, 0.4].entries()) expect(learned[i]! * (1 - depth) ** 2.5).toBeCloseTo(1, 1);
    for (const lift of learnedOfDepths(0)) expect(lift).toBeCloseTo(1, 1);
  });
});
