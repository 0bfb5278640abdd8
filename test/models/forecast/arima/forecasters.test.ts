import { describe, expect, it } from 'vitest';
import { arima } from '../../../../models/forecast/arima/arima.ts';
import { arimax } from '../../../../models/forecast/arima/arimax.ts';
import { harmonic } from '../../../../models/forecast/arima/harmonic.ts';
import { type LinearPart, linearPart } from '../../../../models/forecast/arima/linear-part.ts';
import { fillGaps } from '../../../../models/forecast/gaps.ts';
import { adida } from '../../../../models/forecast/intermittent/adida.ts';
import { imapa } from '../../../../models/forecast/intermittent/imapa.ts';
import { dynamicTheta } from '../../../../models/forecast/smoothing/theta-dynamic.ts';
import { mstlEts } from '../../../../models/forecast/stl/mstl.ts';
import type { Panel } from '../../../../models/panel.ts';
import { panelOf, weeklySales } from '../panel-fixture.ts';

const MODELS = [arima, arimax, harmonic, mstlEts, dynamicTheta, adida, imapa];
const forecast = (panel: Panel, name: string, origin: number, series: number, horizon = 14): Float64Array => {
  const out = new Float64Array(horizon);
  MODELS.find((model) => model.name === name)!.forecast(panel, origin, horizon, series, out);
  return out;
};
const odd = [
  new Array<number>(300).fill(0),
  new Array<number>(300).fill(12),
  [...new Array<number>(299).fill(Number.NaN), 7],
  new Array<number>(300).fill(Number.NaN),
  Array.from({ length: 300 }, (_, t) => (t % 50 === 0 ? 1e9 : 0)),
  Array.from({ length: 300 }, (_, t) => (t % 2 ? Number.NaN : 5)),
];
const events = [{ name: 'fair', on: (_: number, t: number) => t % 30 === 10 }];

describe.each(MODELS.map(({ name }) => name))('%s', (name) => {
  it('forecasts finite numbers, never negative, from any history', () => {
    const panel = panelOf({ sales: odd, events });
    for (let s = 0; s < odd.length; s++) {
      for (const origin of [300, 3, 1, 0]) {
        for (const value of forecast(panel, name, origin, s)) {
          expect(Number.isFinite(value) && value >= 0, `series ${s} from ${origin}`).toBe(true);
        }
      }
    }
    expect([...forecast(panel, name, 300, 0)]).toEqual(new Array(14).fill(0));
    for (const value of forecast(panel, name, 300, 1)) expect(value).toBeCloseTo(12, 1);
  });

  it('reads no sales from the origin on, and gives the same again', () => {
    const sales = weeklySales(50, 300, 3);
    const changed = sales.map((value, t) => (t >= 250 ? 1000 + value : value));
    const before = forecast(panelOf({ sales: [sales], events }), name, 250, 0);
    expect(forecast(panelOf({ sales: [changed], events }), name, 250, 0)).toEqual(before);
  });

  it('works on weeks', () => {
    const sales = [Array.from({ length: 120 }, (_, t) => 20 + (t % 3))];
    for (const value of forecast(panelOf({ sales, frequency: 'weekly', horizon: 14 }), name, 120, 0)) {
      expect(Math.abs(value - 21)).toBeLessThan(3);
    }
  });
});

describe('regressions with ARIMA errors', () => {
  it('know what an event ahead will do', () => {
    const plain = weeklySales(60, 400, 6, 0.03);
    const sales = [plain.map((value, t) => (t % 30 === 10 ? value + 40 : value))];
    const panel = panelOf({ sales, events, horizon: 28 });
    for (const name of ['arimax', 'harmonic_regression']) {
      const mean = forecast(panel, name, 395, 0, 28);
      const week = mean[400 - 395 + 7]!;
      expect(mean[400 - 395]! - week, name).toBeGreaterThan(30);
      expect(mean[400 - 395]! - week, name).toBeLessThan(45);
    }
  });

  it('forecast later origins from an updated fit close to a fresh one', () => {
    const panel = panelOf({ sales: [weeklySales(80, 400, 1)] });
    for (const model of [arima, arimax, harmonic]) {
      const both = new Float64Array(28);
      model.forecastOrigins!(panel, [372, 386], 14, 0, both);
      const fresh = forecast(panel, model.name, 386, 0);
      for (let h = 0; h < 14; h++) expect(Math.abs(both[14 + h]! / fresh[h]! - 1), model.name).toBeLessThan(0.1);
    }
  });
});

describe('the linear part of a hybrid', () => {
  const sales = [weeklySales(50, 320, 9), weeklySales(20, 320, 10)];
  const from = (linear: LinearPart, series: number, origin: number): Float64Array => {
    const out = new Float64Array(14);
    linear.ahead(series, origin, out);
    return out;
  };

  it('forecasts from its cutoff what the ARIMAX forecasts, up to the fading of old errors', () => {
    const panel = panelOf({ sales, events });
    const linear = linearPart(panel, 300);
    for (const s of [0, 1]) {
      const exact = forecast(panel, 'arimax', 300, s);
      from(linear, s, 300).forEach((value, h) => {
        expect(Math.abs(value / exact[h]! - 1)).toBeLessThan(0.03);
      });
    }
  });

  it('leaves one-step residuals without a weekday, smaller than the sales vary', () => {
    const linear = linearPart(panelOf({ sales, events }), 300);
    let [error, total, weekday] = [0, 0, 0];
    for (let t = 50; t < 320; t++) {
      error += Math.abs(linear.residual(0, t));
      total += sales[0]![t]!;
      if (t % 7 === 2) weekday += linear.residual(0, t) / 39;
    }
    expect(error / total).toBeLessThan(0.12);
    expect(Math.abs(weekday)).toBeLessThan(3);
  });

  it('has no model, and no number, for a series with too little history', () => {
    const linear = linearPart(panelOf({ sales: [[...new Array<number>(295).fill(Number.NaN), 4, 5, 6, 4, 5]] }), 300);
    expect(linear.residual(0, 299)).toBeNaN();
    expect([...from(linear, 0, 300)].every(Number.isNaN)).toBe(true);
  });

  it('goes over gaps and stays finite at the edge of invertibility', () => {
    const flat = weeklySales(50, 320, 5).map((value, t) => (t % 11 === 0 ? Number.NaN : value));
    const linear = linearPart(panelOf({ sales: [flat] }), 300);
    for (const value of from(linear, 0, 320)) expect(Math.abs(value - 50)).toBeLessThan(35);
    expect(linear.residual(0, 22)).toBeNaN();
  });

  it('knows nothing of what follows: neither a forecast of its origin nor a residual before it', () => {
    const changed = sales.map((own) => own.map((value, t) => (t >= 300 ? value + 500 : value)));
    const before = linearPart(panelOf({ sales, events }), 280);
    const after = linearPart(panelOf({ sales: changed, events }), 280);
    for (const s of [0, 1]) {
      for (const origin of [200, 280, 300]) expect(from(after, s, origin)).toEqual(from(before, s, origin));
      for (let t = 0; t < 300; t++) expect(after.residual(s, t)).toBe(before.residual(s, t));
    }
  });
});

describe('fillGaps', () => {
  it('takes the same phase before and after, and the mean where there is none', () => {
    expect([...fillGaps(Float64Array.of(1, 5, Number.NaN, 7, 3, 9), 2)]).toEqual([1, 5, 2, 7, 3, 9]);
    expect([...fillGaps(Float64Array.of(4, Number.NaN), 2)]).toEqual([4, 4]);
    expect([...fillGaps(new Float64Array(2).fill(Number.NaN), 7)]).toEqual([0, 0]);
  });
});
