import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { forecastCalendar } from '../../../../models/forecast/calendar-regression/calendar-regression.ts';
import type { Panel } from '../../../../models/panel.ts';
import { panelOf, weeklySales } from '../panel-fixture.ts';

const PERIODS = 800;
const HORIZON = 28;
const PROMOTION = 1.8;
const EVENT = 1.5;

const weekday = (t: number): number => 1 + 0.3 * Math.sin((2 * Math.PI * t) / 7);
const promoted = (_: number, t: number): number => (t % 40 < 5 ? 0.2 : 0);
const eventOn = (_: number, t: number): boolean => t % 61 === 30;
const truth = (level: number, t: number): number =>
  level * weekday(t) * (promoted(0, t) > 0 ? PROMOTION : 1) * (eventOn(0, t) ? EVENT : 1);

/** Ten places selling one product at levels from 2 to 80, counts around a true mean. */
function world(seed: number): { panel: Panel; levels: number[] } {
  const random = createRandom(seed);
  const levels = Array.from({ length: 10 }, (_, s) => 2 * 1.5 ** s);
  const poisson = (mean: number): number => Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const sales = levels.map((level) => Array.from({ length: PERIODS }, (_, t) => poisson(truth(level, t))));
  const panel = panelOf({
    sales,
    horizon: HORIZON,
    discount: promoted,
    events: [{ name: 'fair', on: eventOn }],
  });
  return { panel, levels };
}

describe('the calendar regression', () => {
  it('finds weekday, promotion and event effects that are known to the truth', () => {
    const { panel, levels } = world(1);
    const [{ mean } = { mean: new Float32Array() }] = forecastCalendar(
      { origins: [PERIODS], horizon: HORIZON },
      { panel },
    );
    let [off, all] = [0, 0];
    levels.forEach((level, s) => {
      for (let h = 0; h < HORIZON; h++) {
        const expected = truth(level, PERIODS + h);
        off += Math.abs(mean[s * HORIZON + h]! - expected);
        all += expected;
      }
    });
    expect(off / all).toBeLessThan(0.07);
  });

  it('shares effects between places: a slow seller gets the promotion lift of the others', () => {
    const { panel } = world(2);
    const { mean } = forecastCalendar({ origins: [PERIODS], horizon: HORIZON }, { panel })[0]!;
    const slow = [...mean.subarray(0, HORIZON)].map((value, h) => value / weekday(PERIODS + h));
    const on = slow.filter((_, h) => promoted(0, PERIODS + h) > 0);
    const off = slow.filter((_, h) => promoted(0, PERIODS + h) === 0 && !eventOn(0, PERIODS + h));
    const average = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
    expect(average(on) / average(off)).toBeGreaterThan(1.5);
    expect(average(on) / average(off)).toBeLessThan(2.1);
  });

  it('tells what each kind of promotion does', () => {
    const lifts = [1.2, 3];
    const kindOf = (_: number, t: number): number => Math.floor(t / 40) % 2;
    const random = createRandom(5);
    const sales = Array.from({ length: 8 }, () =>
      Array.from({ length: PERIODS }, (_, t) => {
        const lift = promoted(0, t) > 0 ? lifts[kindOf(0, t)]! : 1;
        return 20 * weekday(t) * lift * Math.exp(0.1 * random.normal());
      }),
    );
    const panel = panelOf({ sales, horizon: 80, discount: promoted, promotionKinds: ['display', 'flyer'], kindOf });
    const { mean } = forecastCalendar({ origins: [PERIODS], horizon: 80 }, { panel })[0]!;
    const lift = (h: number): number => mean[h]! / weekday(PERIODS + h) / 20;
    expect(lift(2) / lifts[kindOf(0, PERIODS + 2)]!).toBeCloseTo(1, 0.5);
    expect(lift(42) / lifts[kindOf(0, PERIODS + 42)]!).toBeCloseTo(1, 0.5);
    expect(lift(42) / lift(2)).toBeGreaterThan(2);
  });

  it('follows a change of level within weeks', () => {
    const sales = [Array.from({ length: 400 }, (_, t) => (t < 360 ? 20 : 40))];
    const { mean } = forecastCalendar({ origins: [400], horizon: 14 }, { panel: panelOf({ sales }) })[0]!;
    expect(mean[0]).toBeGreaterThan(30);
  });

  it('does not take a single day after months without a record for the level', () => {
    const sales = Array.from({ length: 4 }, (_, s) => weeklySales(40, 300, s));
    sales[0]!.fill(Number.NaN, 150, 299);
    sales[0]![299]! *= 2;
    const panel = panelOf({ sales });
    const [forecast] = forecastCalendar({ origins: [300], horizon: 14 }, { panel });
    const total = (s: number): number => forecast!.mean.subarray(s * 14, (s + 1) * 14).reduce((sum, v) => sum + v, 0);
    const before = sales[0]!.slice(136, 150).reduce((sum, v) => sum + v, 0);
    expect(total(0) / before).toBeGreaterThan(0.9);
    expect(total(0) / before).toBeLessThan(1.25);
  });
});
