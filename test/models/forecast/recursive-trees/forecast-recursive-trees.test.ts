import { describe, expect, it } from 'vitest';
import { createTimeline } from '../../../../models/forecast/features/timeline.ts';
import { demandHistory } from '../../../../models/forecast/recursive-trees/demand-history.ts';
import {
  forecastRecursiveTrees,
  isRecursionWorthwhile,
} from '../../../../models/forecast/recursive-trees/forecast-recursive-trees.ts';
import { fillLags, LAG_FEATURES } from '../../../../models/forecast/recursive-trees/lag-features.ts';
import type { Panel } from '../../../../models/panel.ts';
import { syntheticPanel } from '../../../synthetic-panel.ts';
import { panelOf, weeklySales } from '../panel-fixture.ts';

const HORIZON = 14;
const budget = { rows: 4_000, trees: 60, learningRate: 0.2, minLeafRows: 20 };

const forecastFrom = (panel: Panel, origins: number[], horizon = HORIZON, seed = 3) =>
  forecastRecursiveTrees(panel, { origins, horizon, seed, budget });
const forecast = (panel: Panel, origin: number, horizon = HORIZON): Float32Array =>
  forecastFrom(panel, [origin], horizon)[0]!.mean;

describe('boosted trees that forecast one period after the other', () => {
  it('learn the weekday and the promotion to within the noise', () => {
    const panel = syntheticPanel(12, 400, HORIZON);
    const origin = panel.periods - HORIZON;
    const mean = forecast(panel, origin);
    let [error, sum] = [0, 0];
    mean.forEach((value, i) => {
      const [s, h] = [Math.floor(i / HORIZON), i % HORIZON];
      const actual = panel.quantity[s * panel.periods + origin + h]!;
      error += Math.abs(actual - value);
      sum += actual;
    });
    // the noise of 10 % alone makes an error of 8 %
    expect(error / sum).toBeLessThan(0.12);
  });

  it('carry a movement on from one forecast to the next', () => {
    // slow waves without a calendar: the next day is told by the last ones, the tenth by a chain of forecasts alone
    const sales = Array.from({ length: 8 }, (_, s) =>
      Array.from({ length: 200 }, (_, t) => 20 + 5 * s + 15 * Math.sin((2 * Math.PI * t) / 50 + s)),
    );
    const panel = panelOf({ sales, horizon: 10 });
    const mean = forecast(panel, 190, 10);
    let error = 0;
    for (let s = 0; s < 8; s++) {
      for (let h = 0; h < 10; h++) error += Math.abs(mean[s * 10 + h]! - sales[s]![190 + h]!) / 80;
    }
    expect(error).toBeLessThan(4);
  });

  it('give the same bytes for the same seed, and others for another', () => {
    const panel = syntheticPanel(4, 200, HORIZON);
    const first = forecast(panel, 180);
    expect(forecast(panel, 180)).toEqual(first);
    expect(forecastFrom(panel, [180], HORIZON, 4)[0]!.mean).not.toEqual(first);
  });

  it('read nothing of the sales from the origin on', () => {
    const panel = syntheticPanel(4, 240, HORIZON);
    const before = forecastFrom(panel, [200, 220]);
    const changed = syntheticPanel(4, 240, HORIZON);
    for (let s = 0; s < 4; s++) {
      changed.quantity.fill(999, s * 240 + 220, (s + 1) * 240);
      changed.inStock.fill(0, s * 240 + 230, (s + 1) * 240);
    }
    expect(forecastFrom(changed, [200, 220])).toEqual(before);
    for (let s = 0; s < 4; s++) changed.quantity.fill(999, s * 240 + 200, (s + 1) * 240);
    expect(forecastFrom(changed, [200, 220])[0]).toEqual(before[0]);
  });

  it('forecast 0 for closed days, and do not take an empty shelf for a lack of demand', () => {
    const sales = Array.from({ length: 6 }, (_, s) => weeklySales(40, 200, s).map((v, t) => (t % 9 === s ? 0 : v)));
    const panel = panelOf({ sales, horizon: HORIZON, inStock: (s, t) => t % 9 !== s, isClosed: (_, t) => t === 203 });
    const mean = forecast(panel, 200);
    for (let s = 0; s < 6; s++) expect(mean[s * HORIZON + 3]).toBe(0);
    expect(mean.reduce((sum, value) => sum + value, 0) / (6 * (HORIZON - 1))).toBeGreaterThan(37);
  });

  it('stay finite and not negative on anything, and forecast further ahead than the plan reaches', () => {
    const odd = [
      [],
      [[]],
      [[0, 0, 0]],
      [[7]],
      [Array.from({ length: 120 }, () => 5)],
      [Array.from({ length: 120 }, () => Number.NaN)],
      [Array.from({ length: 120 }, (_, t) => (t % 2 ? 1e30 : 0))],
      [weeklySales(10, 120, 1), Array.from({ length: 120 }, (_, t) => (t < 110 ? Number.NaN : 3))],
    ];
    for (const sales of odd) {
      const panel = panelOf({ sales, horizon: 5 });
      const mean = forecast(panel, panel.periods, 9);
      expect(mean.length).toBe(sales.length * 9);
      for (const value of mean) expect(Number.isFinite(value) && value >= 0).toBe(true);
    }
    expect(forecast(panelOf({ sales: [Array.from({ length: 120 }, () => 5)], horizon: 5 }), 120, 9)[8]).toBeCloseTo(5);
  });

  it('take part in daily panels that are not large', () => {
    const sales = [[1, 2, 3]];
    expect(isRecursionWorthwhile(panelOf({ sales }))).toBe(true);
    expect(isRecursionWorthwhile(panelOf({ sales, frequency: 'weekly' }))).toBe(false);
    expect(isRecursionWorthwhile({ ...panelOf({ sales }), seriesCount: 3_000, periods: 1_000 })).toBe(false);
  });
});

describe('what a period is forecast from', () => {
  it('is the history before it, in standard deviations, with forecasts in the place of sales that are not there yet', () => {
    const panel = panelOf({ sales: [[2, 4, Number.NaN, 6, 4, 100]], horizon: 2 });
    const history = demandHistory(createTimeline(panel), 5, 2);
    expect(history.mean[0]).toBeCloseTo(4, 12);
    expect(history.deviation[0]).toBeCloseTo(Math.sqrt(2), 12);
    expect(history.width).toBe(7);
    expect(Array.from(history.values.subarray(5))).toEqual([Number.NaN, Number.NaN]);
    history.values[5] = 3;
    const columns = LAG_FEATURES.map(() => new Float32Array(1));
    fillLags(history, [0], 6, columns, 0);
    const lagNamed = (name: string): number => columns[LAG_FEATURES.findIndex((feature) => feature.name === name)]![0]!;
    expect(lagNamed('lag_1')).toBe(3);
    expect(lagNamed('lag_2')).toBeCloseTo(0, 6);
    expect(lagNamed('lag_7')).toBeNaN();
    // of six days, one unknown
    expect(lagNamed('mean_7')).toBeCloseTo((-Math.SQRT2 + 0 + Math.SQRT2 + 0 + 3) / 5, 6);
  });
});
