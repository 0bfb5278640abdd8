import { describe, expect, it } from 'vitest';
import { movingAverage } from '../../../../models/forecast/baselines/moving-average.ts';
import { nodePanel } from '../../../../models/forecast/reconcile/node-panel.ts';
import { panelOf } from '../panel-fixture.ts';

describe('the panel of a level', () => {
  const panel = panelOf({
    sales: [
      [1, 2, Number.NaN, 4],
      [Number.NaN, 10, Number.NaN, 20],
      [5, 5, 5, 5],
    ],
    horizon: 2,
    locations: [0, 1, 2],
    isClosed: (place, t) => t === 3 && place < 2,
    events: [{ name: 'fair', on: (place, t) => t === 5 && place === 0 }],
    discount: (s, t) => (t === 4 && s < 2 ? 0.1 * (s + 1) : 0),
  });
  const nodes = nodePanel(panel, { nodeOf: Int32Array.of(0, 0, 1), labels: ['a', 'b'] });

  it('adds up what is known and joins what is known ahead', () => {
    expect([...nodes.quantity]).toEqual([1, 12, Number.NaN, 24, 5, 5, 5, 5]);
    expect([...nodes.firstPeriod]).toEqual([0, 0]);
    expect(nodes.calendar.isClosed[3]).toBe(1);
    expect(nodes.calendar.hasEvent[5]).toBe(1);
    expect(nodes.calendar.hasEvent[6 + 5]).toBe(0);
    expect(nodes.promotionKind[4]).toBe(1);
    expect(nodes.discount[4]).toBeCloseTo(0.15, 6);
    expect(nodes.products.category).toEqual(['C0', 'C0']);
    expect(nodes.locations.region).toEqual(['(several)', 'R0']);
  });

  it('can be forecast by the models of series', () => {
    const out = new Float64Array(2);
    movingAverage.forecast(nodes, 4, 2, 1, out);
    expect(out.every((value) => value > 0)).toBe(true);
  });
});
