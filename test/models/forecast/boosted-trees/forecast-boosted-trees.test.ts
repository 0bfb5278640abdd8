import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastBoostedTrees } from '../../../../models/forecast/boosted-trees/forecast-boosted-trees.ts';
import type { Panel } from '../../../../models/panel.ts';
import { syntheticPanel } from '../../../synthetic-panel.ts';
import { panelOf, weeklySales } from '../panel-fixture.ts';

const HORIZON = 14;
const budget = { rows: 2_500, trees: 40, learningRate: 0.2, minLeafRows: 20 };

function forecast(panel: Panel, origin: number, horizon = HORIZON): Float32Array {
  return forecastBoostedTrees(panel, { origins: [origin], horizon, seed: 3, budget })[0]!.mean;
}

function wape(panel: Panel, origin: number, mean: (s: number, h: number) => number): number {
  let [error, sum] = [0, 0];
  for (let s = 0; s < panel.seriesCount; s++) {
    for (let h = 0; h < HORIZON; h++) {
      const actual = panel.quantity[s * panel.periods + origin + h]!;
      error += Math.abs(actual - mean(s, h));
      sum += actual;
    }
  }
  return error / sum;
}

describe('boosted trees over all series', () => {
  it('learn the weekday and the promotion to within the noise', () => {
    const panel = syntheticPanel(12, 400, HORIZON);
    const origin = panel.periods - HORIZON;
    const mean = forecast(panel, origin);
    // the noise of 10 % alone makes an error of 8 %
    expect(wape(panel, origin, (s, h) => mean[s * HORIZON + h]!)).toBeLessThan(0.11);
  });

  it('give the same bytes for the same seed, and others for another', () => {
    const panel = syntheticPanel(4, 200, HORIZON);
    const first = forecast(panel, 180);
    expect(forecast(panel, 180)).toEqual(first);
    const [other] = forecastBoostedTrees(panel, { origins: [180], horizon: HORIZON, seed: 4, budget });
    expect(other!.mean).not.toEqual(first);
  });

  it('read nothing of the sales from the origin on', () => {
    const panel = syntheticPanel(4, 240, HORIZON);
    const before = forecastBoostedTrees(panel, { origins: [200, 220], horizon: HORIZON, seed: 3, budget });
    const changed = syntheticPanel(4, 240, HORIZON);
    for (let s = 0; s < 4; s++) {
      changed.quantity.fill(999, s * 240 + 220, (s + 1) * 240);
      changed.inStock.fill(0, s * 240 + 230, (s + 1) * 240);
    }
    expect(forecastBoostedTrees(changed, { origins: [200, 220], horizon: HORIZON, seed: 3, budget })).toEqual(before);
    for (let s = 0; s < 4; s++) changed.quantity.fill(999, s * 240 + 200, (s + 1) * 240);
    const again = forecastBoostedTrees(changed, { origins: [200, 220], horizon: HORIZON, seed: 3, budget });
    expect(again[0]).toEqual(before[0]);
  });

  it('forecast 0 for closed days, and do not take an empty shelf for a lack of demand', () => {
    const sales = Array.from({ length: 6 }, (_, s) => weeklySales(40, 200, s).map((v, t) => (t % 9 === s ? 0 : v)));
    const panel = panelOf({
      sales,
      horizon: HORIZON,
      inStock: (s, t) => t % 9 !== s,
      isClosed: (_, t) => t === 203,
    });
    const mean = forecast(panel, 200);
    let sum = 0;
    mean.forEach((value) => {
      sum += value;
    });
    for (let s = 0; s < 6; s++) expect(mean[s * HORIZON + 3]).toBe(0);
    expect(sum / (6 * (HORIZON - 1))).toBeGreaterThan(37);
  });

  it('forecast counts with many zeros without bias', () => {
    const sales = Array.from({ length: 60 }, (_, s) =>
      weeklySales(1, 250, s, 1.5).map((value) => (value > 1 ? value - 1 : 0)),
    );
    const panel = panelOf({ sales, horizon: HORIZON });
    const mean = forecast(panel, 236);
    const forecastMean = mean.reduce((sum, value) => sum + value, 0) / mean.length;
    const flat = sales.flatMap((row) => row.slice(0, 236));
    const actualMean = flat.reduce((sum, value) => sum + value, 0) / flat.length;
    expect(forecastMean / actualMean).toBeGreaterThan(0.85);
    expect(forecastMean / actualMean).toBeLessThan(1.15);
  });

  it('forecast further ahead than the plan reaches', () => {
    const mean = forecast(syntheticPanel(3, 150, 7), 150, 21);
    for (const value of mean) expect(value).toBeGreaterThan(0);
  });

  it('take weekly panels', () => {
    const sales = Array.from({ length: 10 }, (_, s) => weeklySales(30, 120, s));
    const panel = panelOf({ sales, horizon: 6, frequency: 'weekly' });
    const mean = forecast(panel, 120, 6);
    for (const value of mean) {
      expect(value).toBeGreaterThan(10);
      expect(value).toBeLessThan(60);
    }
  });

  it('stay finite and not negative on anything', () => {
    const odd = [
      [],
      [[]],
      [[0, 0, 0]],
      [[7]],
      [Array.from({ length: 120 }, () => 0)],
      [Array.from({ length: 120 }, () => 5)],
      [Array.from({ length: 120 }, () => Number.NaN)],
      [Array.from({ length: 120 }, (_, t) => (t % 2 ? 1e30 : 0))],
      [weeklySales(10, 120, 1), Array.from({ length: 120 }, (_, t) => (t < 110 ? Number.NaN : 3))],
    ];
    for (const sales of odd) {
      const panel = panelOf({ sales, horizon: 5 });
      const mean = forecast(panel, panel.periods, 5);
      expect(mean.length).toBe(sales.length * 5);
      for (const value of mean) expect(Number.isFinite(value) && value >= 0).toBe(true);
    }
  });

  it('scale with the sales', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), (power) => {
        const panel = syntheticPanel(3, 120, 7);
        const scaled = syntheticPanel(3, 120, 7);
        for (let i = 0; i < scaled.quantity.length; i++) scaled.quantity[i]! *= 2 ** power;
        const small = forecast(panel, 120, 7).reduce((sum, value) => sum + value, 0);
        const large = forecast(scaled, 120, 7).reduce((sum, value) => sum + value, 0);
        expect(large / small / 2 ** power).toBeGreaterThan(0.9);
        expect(large / small / 2 ** power).toBeLessThan(1.1);
      }),
      { numRuns: 2 },
    );
  });
});
