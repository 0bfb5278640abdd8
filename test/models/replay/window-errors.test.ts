import { describe, expect, it } from 'vitest';
import { seriesNodes, serverNodes } from '../../../models/replay/error-nodes.ts';
import { ProductKnowledge } from '../../../models/replay/knowledge.ts';
import { windowErrors } from '../../../models/replay/window-errors.ts';
import { demandUntil } from '../../../models/restock/demand-curve.ts';
import { syntheticPanel } from '../../synthetic-panel.ts';
import { shopOf } from './shop.ts';

const panel = syntheticPanel(2, 60, 5);
const horizon = 4;
const forecasts = {
  origins: [40, 47, 54],
  horizon,
  means: [1, 2, 3].map((k) => Float32Array.from({ length: 2 * horizon }, (_, i) => k + i)),
};
const sold = (s: number, from: number, days: number): number =>
  panel.quantity.subarray(s * 60 + from, s * 60 + from + days).reduce((sum, value) => sum + value, 0);

describe('errors of windows', () => {
  it('are sums of forecast and of sales from origins whose windows are over, the newest first', () => {
    const errors = windowErrors(panel, forecasts, [{ series: [1], periods: 3 }], 55, 10);
    expect([...errors.cutoff]).toEqual([1, 0]);
    expect([...errors.forecast]).toEqual([6 + 7 + 8, 5 + 6 + 7]);
    expect(errors.actual[0]).toBeCloseTo(sold(1, 47, 3), 3);
    expect([...windowErrors(panel, forecasts, [{ series: [1], periods: 3 }], 60, 10, 10).cutoff]).toEqual([2, 0]);
  });

  it('leave out windows with an empty shelf of one series, and fill it by the forecast in a sum of several', () => {
    const inStock = panel.inStock.slice();
    inStock[48] = 0;
    const quantity = panel.quantity.slice();
    quantity[48] = 0;
    const short = { ...panel, inStock, quantity };
    expect([...windowErrors(short, forecasts, [{ series: [0], periods: 3 }], 57, 10).cutoff]).toEqual([2, 0]);
    const both = windowErrors(short, forecasts, [{ series: [0, 1], periods: 3 }], 57, 10);
    expect([...both.cutoff]).toEqual([2, 1, 0]);
    expect(both.actual[1]).toBeCloseTo(sold(0, 47, 1) + forecasts.means[1]![1]! + sold(0, 49, 1) + sold(1, 47, 3), 3);
  });

  it('are taken over lead time and review of each series, and to the last shelf for what serves others', () => {
    const product = shopOf({ leadDays: 3, stores: 2, warehouse: 0 });
    expect(seriesNodes([product], 2)).toEqual([
      { series: [0], periods: 4 },
      { series: [1], periods: 4 },
    ]);
    expect(serverNodes([product])).toEqual([{ pair: 2, series: [0, 1], periods: 8 }]);
  });
});

describe('what is known on a day', () => {
  const product = shopOf({ stores: 2 });
  const knowledge = new ProductKnowledge(panel, product, 40, forecasts, { from: [], spreads: [] });

  it('is the newest forecast from that day on, and sums of it agree with its curve', () => {
    for (const [day, days] of [
      [0, 3],
      [8, 2],
      [15, 9],
    ] as const)
      expect(knowledge.expected(1, day, days)).toBeCloseTo(demandUntil(knowledge.curve(1, day), days), 9);
    expect(knowledge.expected(0, 8, 1)).toBe(3);
  });

  it('is of recent sales what was recorded before the newest origin, the same for all days until the next', () => {
    const { mean } = knowledge.recent([0, 1], 9);
    expect(mean).toBeCloseTo((sold(0, 19, 28) + sold(1, 19, 28)) / 28, 3);
    expect(knowledge.recent([0, 1], 13)).toEqual(knowledge.recent([0, 1], 9));
  });
});
