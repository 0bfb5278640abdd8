import { describe, expect, it } from 'vitest';
import { movingAverage } from '../../../models/forecast/baselines/moving-average.ts';
import { seasonalNaive } from '../../../models/forecast/baselines/seasonal-naive.ts';
import { forecastCalendar } from '../../../models/forecast/calendar-regression/calendar-regression.ts';
import { forecastLocal, LOCAL_MODELS, localModelsOf } from '../../../models/forecast/local-models.ts';
import type { Panel } from '../../../models/panel.ts';
import { panelOf, weeklySales } from './panel-fixture.ts';

/** Forecasts of every classical model by name, all series from one origin, [series][horizon]. */
function forecastAll(panel: Panel, origin: number): Record<string, Float32Array> {
  const { horizon, seriesCount } = panel;
  const local = forecastLocal({ from: 0, to: seriesCount, origins: [origin], horizon }, { panel });
  const cells = seriesCount * horizon;
  const named = LOCAL_MODELS.map(({ name }, m) => [name, local.slice(m * cells, (m + 1) * cells)] as const);
  const calendar = forecastCalendar({ origins: [origin], horizon }, { panel })[0]!.mean;
  return { ...Object.fromEntries(named), calendar_regression: calendar };
}

const sunday = (_: number, t: number): boolean => t % 7 === 6;
const odd = [
  new Array<number>(300).fill(0),
  new Array<number>(300).fill(12),
  [...new Array<number>(299).fill(Number.NaN), 7],
  new Array<number>(300).fill(Number.NaN),
  Array.from({ length: 300 }, (_, t) => (t % 50 === 0 ? 1e9 : 0)),
  Array.from({ length: 300 }, (_, t) => (t % 2 ? Number.NaN : 5)),
];

describe('every classical model', () => {
  it('forecasts finite numbers, never negative, from any history', () => {
    const all = forecastAll(panelOf({ sales: odd }), 300);
    for (const [name, mean] of Object.entries(all)) {
      expect(
        [...mean].every((value) => Number.isFinite(value) && value >= 0),
        name,
      ).toBe(true);
      expect([...mean.subarray(0, 14)], name).toEqual(new Array(14).fill(0));
      for (const value of mean.subarray(14, 28)) expect(value, name).toBeGreaterThan(10);
      for (const value of mean.subarray(14, 28)) expect(value, name).toBeLessThan(14);
    }
  });

  it('forecasts exactly zero where the place is closed', () => {
    const sales = [weeklySales(50, 300, 2).map((value, t) => (t % 7 === 6 ? 0 : value))];
    for (const [name, mean] of Object.entries(forecastAll(panelOf({ sales, isClosed: sunday }), 300))) {
      mean.forEach((value, h) => {
        if ((300 + h) % 7 === 6) expect(value, name).toBe(0);
        else expect(value, name).toBeGreaterThan(0);
      });
    }
  });

  it('reads no sales from the origin on', () => {
    const sales = [weeklySales(50, 300, 3), weeklySales(8, 300, 4)];
    const changed = sales.map((own) => own.map((value, t) => (t >= 250 ? 1000 + value : value)));
    const before = forecastAll(panelOf({ sales }), 250);
    const after = forecastAll(panelOf({ sales: changed }), 250);
    expect(after).toEqual(before);
  });

  it('takes an empty shelf for unknown demand, not for none', () => {
    const sales = [weeklySales(40, 300, 5).map((value, t) => (t >= 280 && t < 295 ? 0 : value))];
    const all = forecastAll(panelOf({ sales, inStock: (_, t) => t < 280 || t >= 295 }), 300);
    for (const [name, mean] of Object.entries(all)) {
      const average = mean.reduce((sum, value) => sum + value, 0) / mean.length;
      expect(average, name).toBeGreaterThan(30);
      expect(average, name).toBeLessThan(55);
    }
  });

  it('works on weeks', () => {
    const sales = [Array.from({ length: 120 }, (_, t) => 20 + (t % 3)), new Array<number>(120).fill(0)];
    const all = forecastAll(
      panelOf({ sales, frequency: 'weekly', horizon: 8, locations: [0, 0], products: [0, 1] }),
      120,
    );
    for (const [name, mean] of Object.entries(all)) {
      for (const value of mean.subarray(0, 8)) expect(Math.abs(value - 21), name).toBeLessThan(3);
      for (const value of mean.subarray(8)) expect(value, name).toBe(0);
    }
  });
});

describe('the baselines', () => {
  it('repeat the last known weekday', () => {
    const sales = [Array.from({ length: 28 }, (_, t) => t)];
    const out = new Float64Array(14);
    seasonalNaive.forecast(panelOf({ sales }), 28, 14, 0, out);
    expect([...out]).toEqual([21, 22, 23, 24, 25, 26, 27, 21, 22, 23, 24, 25, 26, 27]);
    seasonalNaive.forecast(panelOf({ sales, inStock: (_, t) => t !== 25 }), 28, 14, 0, out);
    expect(out[4]).toBe(18);
  });

  it('average the last four weeks, spread over weekdays', () => {
    const sales = [Array.from({ length: 140 }, (_, t) => (t % 7 === 5 ? 20 : 10))];
    const out = new Float64Array(14);
    movingAverage.forecast(panelOf({ sales }), 140, 14, 0, out);
    expect(out[5]).toBeGreaterThan(17);
    expect(out[0]).toBeLessThan(10.6);
    expect(out.reduce((sum, value) => sum + value, 0)).toBeCloseTo(2 * 80, 0);
  });
});

describe('the classical models of a panel', () => {
  it('leave the slow ones out where these are not wanted, or the series are many', () => {
    const namesOf = (series: number, slow?: boolean): string[] =>
      localModelsOf(panelOf({ sales: new Array<number[]>(series).fill([1, 2]) }), slow).map(({ name }) => name);
    const quick = ['seasonal_naive', 'moving_average', 'ets', 'theta', 'croston_sba', 'tsb'];
    const slow = ['mstl_ets', 'arimax', 'harmonic_regression'];
    expect(namesOf(500)).toEqual([...quick, ...slow]);
    expect(namesOf(501)).toEqual(quick);
    expect(namesOf(3, false)).toEqual(quick);
  });
});
