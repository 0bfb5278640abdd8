import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actualsAt, backtestOrigins, sumBacktest } from '../../../models/forecast/backtest/backtest.ts';
import { SEGMENTS, segmentSeries } from '../../../models/forecast/backtest/segments.ts';
import { fallbackOf } from '../../../models/forecast/fallback.ts';
import { distinctLevels, exact, hierarchyOf, sumMeans } from '../../../models/forecast/hierarchy.ts';
import { survivals } from '../../../models/forecast/launch/fade-out.ts';
import { planForecast } from '../../../models/forecast/plan.ts';
import { panelOf } from './panel-fixture.ts';

describe('the hierarchy', () => {
  it('names the nodes of every level in order and knows where each series belongs', () => {
    const panel = panelOf({ sales: [[1], [2], [3]], products: [0, 1, 1], locations: [1, 0, 1] });
    const levels = hierarchyOf(panel).map(({ level, labels, nodeOf }) => [level, labels, [...nodeOf]]);
    expect(levels).toEqual([
      ['product', ['P0', 'P1'], [0, 1, 1]],
      ['category', ['C0', 'C1'], [0, 1, 1]],
      ['location', ['L0', 'L1'], [1, 0, 1]],
      ['region', ['R0', 'R1'], [1, 0, 1]],
      ['total', ['total'], [0, 0, 0]],
    ]);
  });

  it('keeps each way of adding up once, and none that leaves every series alone', () => {
    const alike = panelOf({ sales: [[1], [2], [3]], products: [0, 1, 1], locations: [1, 0, 1] });
    expect(distinctLevels(hierarchyOf(alike)).map(({ level }) => level)).toEqual(['product', 'location', 'total']);
    const shops = panelOf({ sales: [[1], [2]], products: [0, 0], locations: [0, 1] });
    expect(distinctLevels(hierarchyOf(shops)).map(({ level }) => level)).toEqual(['product']);
    expect(distinctLevels(hierarchyOf(panelOf({ sales: [[1]] })))).toEqual([]);
  });

  it('sums rounded means exactly, in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (values) => {
          const mean = Float64Array.from(values, exact);
          const nodeOf = new Int32Array(values.length);
          const [sum] = sumMeans(mean, 1, { level: 'total', labels: ['total'], nodeOf });
          expect(sum).toBe(mean.toReversed().reduce((total, value) => total + value, 0));
          expect(Math.abs(mean[0]! - values[0]!)).toBeLessThanOrEqual(2 ** -11);
        },
      ),
    );
  });

  it('sums a backtest over cells whose actual is known', () => {
    const bottom = {
      nodes: 2,
      cutoffs: 1,
      horizon: 3,
      actual: Float32Array.of(1, Number.NaN, Number.NaN, 4, 5, Number.NaN),
      forecast: Float32Array.of(2, 2, 2, 3, 3, 3),
    };
    const { actual, forecast } = sumBacktest(bottom, new Int32Array(2), 1);
    expect([...actual]).toEqual([5, 5, Number.NaN]);
    expect([...forecast]).toEqual([5, 3, 0]);
  });
});

describe('the plan of a forecast', () => {
  const sales = [new Array<number>(200).fill(3)];

  it('sets the cutoffs a horizon apart, the newest ending with the last known day', () => {
    expect(backtestOrigins(panelOf({ sales, horizon: 30 }), 4, 56)).toEqual([80, 110, 140, 170]);
    expect(planForecast(panelOf({ sales, horizon: 50 }), { cutoffs: 4 }).cutoffs).toEqual([100, 150]);
    expect(planForecast(panelOf({ sales: [[1, 2, 3]], horizon: 30 }), { cutoffs: 4 }).cutoffs).toEqual([]);
  });

  it.each([
    [85, 30, 0, [55]],
    [70, 30, 0, [40]],
    [70, 30, 5, [35]],
    [50, 30, 0, [28]],
    [35, 30, 0, [28]],
    [34, 30, 0, []],
  ])(
    'sets a single one after less history in %d days, for a horizon of %d after a gap of %d',
    (days, horizon, gap, cutoffs) => {
      const short = panelOf({ sales: [Array.from({ length: days }, (_, t) => t)], horizon });
      const plan = planForecast(short, { cutoffs: 4, gap });
      expect(plan.cutoffs).toEqual(cutoffs);
      const judged = (cutoff: number) =>
        Array.from({ length: gap + horizon }, (_, h) => (h < gap || cutoff + h >= days ? Number.NaN : cutoff + h));
      expect([...plan.actual]).toEqual(cutoffs.flatMap(judged));
    },
  );

  it('stand a gap earlier where one is asked for, and judge the same periods', () => {
    const panel = panelOf({ sales: [Array.from({ length: 200 }, (_, t) => t)], horizon: 30 });
    const plain = planForecast(panel, { cutoffs: 2 });
    const gapped = planForecast(panel, { cutoffs: 2, gap: 5, onlyBacktest: true });
    expect([plain.cutoffs, plain.origins, plain.horizon]).toEqual([[140, 170], [140, 170, 200], 30]);
    expect([gapped.cutoffs, gapped.origins, gapped.horizon]).toEqual([[135, 165], [135, 165], 35]);
    expect(gapped.actual.subarray(0, 5).every(Number.isNaN)).toBe(true);
    expect(gapped.actual.subarray(5, 35)).toEqual(plain.actual.subarray(0, 30));
  });

  it('does not judge what was closed, out of stock or not yet on sale', () => {
    const panel = panelOf({
      sales: [sales[0]!, sales[0]!.map((value, t) => (t < 190 ? Number.NaN : value))],
      isClosed: (place, t) => place === 0 && t === 186,
      inStock: (_, t) => t !== 187,
    });
    expect([...actualsAt(panel, [186])].slice(0, 3)).toEqual([Number.NaN, Number.NaN, 3]);
    expect(planForecast(panel, { cutoffs: 1 }).actual.subarray(14).every(Number.isNaN)).toBe(true);
  });

  it('names what cannot be modelled: never sold, new, no longer sold', () => {
    const gap = (n: number): number[] => new Array<number>(n).fill(0);
    const codes = [
      gap(400),
      [...new Array<number>(390).fill(Number.NaN), ...new Array<number>(10).fill(2)],
      [...new Array<number>(200).fill(2), ...gap(200)],
      [...gap(150), 2, ...gap(99), 2, ...gap(149)],
      new Array<number>(400).fill(2),
    ];
    const panel = panelOf({ sales: codes });
    const survival = survivals(panel, 400);
    expect(codes.map((_, s) => fallbackOf(panel, 400, s, survival[s]!))).toEqual(['NO_HISTORY', 'NEW', 'DEAD', '', '']);
  });

  it('splits series by volume and by how often they sell', () => {
    const often = (units: number): number[] => new Array<number>(400).fill(units);
    const seldom = (units: number): number[] => Array.from({ length: 400 }, (_, t) => (t % 4 === 0 ? units : 0));
    const segment = segmentSeries(panelOf({ sales: [often(100), seldom(40), often(4), seldom(4)] }), 400);
    expect([...segment].map((s) => SEGMENTS[s])).toEqual(['A smooth', 'B intermittent', 'C smooth', 'C intermittent']);
  });
});
