import { describe, expect, it } from 'vitest';
import { forecastOrigins } from '../../../models/replay/forecast-origin.ts';
import { knownPanel, type Plans } from '../../../models/replay/known-panel.ts';
import { syntheticPanel } from '../../synthetic-panel.ts';

const PERIODS = 200;
const HORIZON = 30;
const WIDTH = PERIODS + HORIZON;

function panelAndPlans() {
  const panel = { ...syntheticPanel(4, PERIODS, HORIZON), price: new Float32Array(4 * WIDTH) };
  for (let i = 0; i < panel.price.length; i++) panel.price[i] = 10 * (1 - panel.discount[i]!);
  const plans: Plans = {
    discount: panel.discount.map((depth, i) => (panel.promotionKind[i] ? depth : Number.NaN)),
    discountKnown: new Int16Array(4 * WIDTH),
    listPrice: new Float32Array(4 * WIDTH).fill(10),
    listKnown: new Int16Array(4 * WIDTH),
    lateCell: new Int32Array(0),
    lateKnown: new Int16Array(0),
  };
  return { panel, plans };
}

describe('the panel as it was known', () => {
  it('has a promotion and a price ahead from the morning on which they were announced', () => {
    const { panel, plans } = panelAndPlans();
    const at = WIDTH + 120;
    panel.promotionKind[at] = 1;
    plans.discount[at] = 0.3;
    plans.discountKnown[at] = 110;
    plans.listPrice.fill(12, at, 2 * WIDTH);
    plans.listKnown.fill(115, at, 2 * WIDTH);
    const known = (origin: number) => knownPanel(panel, plans, origin);
    expect([known(109).promotionKind[at], known(109).price[at]]).toEqual([0, 10]);
    expect([known(110).promotionKind[at], known(110).price[at]]).toEqual([1, 7]);
    expect(known(115).price[at]).toBeCloseTo(12 * 0.7, 5);
    expect(known(110).discount[at]).toBeCloseTo(0.3, 6);
  });

  it('takes promotions that only sales tell of as unknown ahead, and as they were behind', () => {
    const { panel, plans } = panelAndPlans();
    plans.discount.fill(Number.NaN);
    const known = knownPanel(panel, plans, 100);
    expect([...known.promotionKind.subarray(100, WIDTH)].every((on) => on === 0)).toBe(true);
    expect(known.promotionKind.subarray(0, 100)).toEqual(panel.promotionKind.subarray(0, 100));
  });

  it('does not know a figure before the morning on which it was corrected', () => {
    const { panel, plans } = panelAndPlans();
    const late = { ...plans, lateCell: Int32Array.of(PERIODS + 90), lateKnown: Int16Array.of(105) };
    expect(knownPanel(panel, late, 104).quantity[PERIODS + 90]).toBeNaN();
    expect(knownPanel(panel, late, 105).quantity[PERIODS + 90]).toBe(panel.quantity[PERIODS + 90]);
    expect(panel.quantity[PERIODS + 90]).not.toBeNaN();
  });

  it('gives forecasts that no later sale, promotion or price can move', () => {
    const { panel, plans } = panelAndPlans();
    const request = { origins: [150, 157], horizon: 20, model: 'calendar_regression+theta' };
    const before = forecastOrigins(request, { panel, plans });
    const other = { ...panel, quantity: panel.quantity.slice(), price: panel.price.slice() };
    const promotionKind = panel.promotionKind.slice();
    for (let s = 0; s < 4; s++) {
      other.quantity.fill(999, s * PERIODS + 157, (s + 1) * PERIODS);
      other.price.fill(1, s * WIDTH + 157, (s + 1) * WIDTH);
      promotionKind.fill(1, s * WIDTH + 157, (s + 1) * WIDTH);
    }
    expect(forecastOrigins(request, { panel: { ...other, promotionKind }, plans })).toEqual(before);
    // and what the first morning says does not depend on there being a second
    const [alone] = forecastOrigins({ ...request, origins: [150] }, { panel, plans });
    expect(alone!.every((value, i) => Math.abs(value - before[0]![i]!) < 1e-4)).toBe(true);
  });

  it('gives forecasts near the truth with one fit for several weeks', () => {
    const { panel, plans } = panelAndPlans();
    const means = forecastOrigins(
      { origins: [140, 147, 154], horizon: 14, model: 'calendar_regression' },
      { panel, plans },
    );
    means.forEach((mean, k) => {
      let [off, all] = [0, 0];
      for (let s = 0; s < 4; s++) {
        for (let h = 0; h < 14; h++) {
          const actual = panel.quantity[s * PERIODS + 140 + 7 * k + h]!;
          off += Math.abs(actual - mean[s * 14 + h]!);
          all += actual;
        }
      }
      expect(off / all).toBeLessThan(0.12);
    });
  });
});
