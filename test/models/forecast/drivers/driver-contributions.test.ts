import { describe, expect, it } from 'vitest';
import { movingAverage } from '../../../../models/forecast/baselines/moving-average.ts';
import { DRIVERS, driverContributions } from '../../../../models/forecast/drivers/driver-contributions.ts';
import { switchOff } from '../../../../models/forecast/drivers/switch-off.ts';
import { exact } from '../../../../models/forecast/hierarchy.ts';
import type { Panel } from '../../../../models/panel.ts';
import { panelOf } from '../panel-fixture.ts';

const PERIODS = 420;
const HORIZON = 28;
const weekday = (t: number): number => 1 + 0.3 * Math.sin((2 * Math.PI * t) / 7);

/** 100 a day x weekday, 1.5 with a promotion, 0.5 at the fair, and a price elasticity of -2; a little growth ahead. */
function truth(panel: Panel, s: number, t: number): number {
  const at = s * (panel.periods + panel.horizon) + t;
  const promotion = panel.promotionKind[at] === 1 ? 1.5 : 1;
  const fair = panel.calendar.hasEvent[t] === 1 ? 0.5 : 1;
  const price = panel.price.length > 0 ? (panel.price[at]! / 10) ** -2 : 1;
  const macro = panel.indicators.names.length > 0 ? panel.indicators.values[PERIODS - 1]! / 50 : 1;
  return 100 * weekday(t) * promotion * fair * price * macro * (1 + 0.002 * Math.max(0, t - PERIODS));
}

const panel: Panel = {
  ...panelOf({
    sales: [Array.from({ length: PERIODS }, (_, t) => 100 * weekday(t))],
    horizon: HORIZON,
    events: [{ name: 'fair', on: (_, t) => t === PERIODS + 3 || t === PERIODS + 10 }],
    discount: (_, t) => (t >= PERIODS + 10 && t < PERIODS + 14 ? 0.2 : 0),
  }),
  price: Float32Array.from({ length: PERIODS + HORIZON }, (_, t) => (t >= PERIODS + 20 ? 8 : 10)),
  indicators: {
    names: ['mood'],
    values: Float32Array.from({ length: PERIODS }, (_, t) => (t < PERIODS / 2 ? 40 : 60)),
  },
};
const forecast = (variant: Panel): Float64Array =>
  Float64Array.from({ length: HORIZON }, (_, h) => truth(variant, 0, PERIODS + h));

/** No season of the year. */
const none = (cells: number): Float64Array => new Float64Array(cells).fill(1);

describe('the drivers of a forecast', () => {
  const parts = driverContributions(panel, PERIODS, (off) => forecast(switchOff(panel, PERIODS, off)), none(HORIZON));
  const full = forecast(panel);

  it('add up to the forecast, exactly', () => {
    for (let h = 0; h < HORIZON; h++) {
      const forth = DRIVERS.reduce((sum, name) => sum + parts[name][h]!, 0);
      const back = DRIVERS.toReversed().reduce((sum, name) => sum + parts[name][h]!, 0);
      expect(forth).toBe(exact(full[h]!));
      expect(back).toBe(forth);
    }
  });

  it('are those that the forecast was made of', () => {
    const without = (h: number): number => 100 * weekday(PERIODS + h) * (1 + 0.002 * h);
    // The mood lifts everything by a fifth; shared half and half with what else happens on the day.
    expect(parts.holiday[3]).toBeCloseTo(-0.5 * 1.1 * without(3), 1);
    expect(parts.promotion[12]).toBeCloseTo(0.5 * 1.1 * without(12), 1);
    expect(parts.price[25]).toBeCloseTo((1 / 0.64 - 1) * 1.1 * without(25), 1);
    expect(parts.macro[6]).toBeCloseTo(0.2 * without(6), 1);
    for (const h of [0, 1, 2, 5])
      for (const name of ['holiday', 'promotion', 'price'] as const) expect(parts[name][h]).toBe(0);
    expect(parts.level[0]).toBeCloseTo(100, 1);
    expect(parts.week[8]).toBeCloseTo(100 * (weekday(PERIODS + 8) - 1), -0.5);
    expect(parts.trend[27]! - parts.trend[0]!).toBeCloseTo(100 * 0.002 * 27, -0.5);
    expect(parts.year.every((value) => value === 0)).toBe(true);
    expect(Math.max(...parts.rest.map(Math.abs))).toBeLessThan(3);
  });

  it('of a plain average are level and week', () => {
    const out = new Float64Array(HORIZON);
    const plain = panelOf({ sales: [Array.from({ length: 100 }, (_, t) => 50 * weekday(t))], horizon: HORIZON });
    const average = driverContributions(
      plain,
      100,
      () => {
        movingAverage.forecast(plain, 100, HORIZON, 0, out);
        return out;
      },
      none(HORIZON),
    );
    expect(average.level[0]).toBeCloseTo(50, 0);
    expect(average.holiday.every((value) => value === 0)).toBe(true);
    expect(Math.max(...average.trend.map(Math.abs))).toBeLessThan(1);
  });

  it('survive series without history and a closed day', () => {
    const empty = panelOf({ sales: [[Number.NaN, Number.NaN]], horizon: 3 });
    const parts = driverContributions(empty, 2, () => new Float64Array(3), none(3));
    expect(DRIVERS.every((name) => parts[name].every((value) => value === 0))).toBe(true);
  });
});

describe('a panel with drivers switched off', () => {
  it('keeps history and changes what lies ahead', () => {
    const off = switchOff(panel, PERIODS, new Set(['promotion', 'holiday', 'price']));
    expect(off.promotionKind.some((value) => value === 1)).toBe(false);
    expect(off.price[PERIODS + 25]).toBe(10);
    expect(off.quantity).toBe(panel.quantity);
    expect(panel.promotionKind[PERIODS + 12]).toBe(1);
  });
});
