import { describe, expect, it } from 'vitest';
import { applyOverrides } from '../../../../models/forecast/overrides/apply-overrides.ts';
import type { Override } from '../../../../models/forecast/overrides/override.ts';
import { valueAdded } from '../../../../models/forecast/overrides/value-added.ts';
import { layOverrides, withOverrides } from '../../../../models/forecast/overrides/with-overrides.ts';
import { planForecast } from '../../../../models/forecast/plan.ts';
import { publishedModels } from '../../../../models/forecast/published.ts';
import { panelOf } from '../panel-fixture.ts';

const PERIODS = 120;
const HORIZON = 4;
/** Product 0 in two places, product 1 in one; the second place is closed two days ahead. */
const panel = panelOf({
  sales: [8, 2, 5].map((units) => new Array<number>(PERIODS).fill(units)),
  horizon: HORIZON,
  products: [0, 0, 1],
  locations: [0, 1, 0],
  isClosed: (place, t) => place === 1 && t === PERIODS + 1,
});
const statistical = Float64Array.of(8, 8, 8, 8, 2, 0, 2, 2, 5, 5, 5, 5);
const given = (override: Partial<Override>): Override => ({
  product: 0,
  from: PERIODS,
  to: PERIODS + HORIZON - 1,
  knownFrom: PERIODS,
  planner: '',
  ...override,
});
const rowsOf = (values: ArrayLike<number>): number[][] =>
  [0, 1, 2].map((s) => Array.from(values).slice(s * HORIZON, (s + 1) * HORIZON));

describe('overrides laid on a forecast', () => {
  it('change it in per cent where they say, and nowhere else', () => {
    const { mean, by } = applyOverrides(panel, PERIODS, statistical, [
      given({ location: 0, from: PERIODS + 1, to: PERIODS + 2, pct: -50 }),
    ]);
    expect(rowsOf(mean)).toEqual([
      [8, 4, 4, 8],
      [2, 0, 2, 2],
      [5, 5, 5, 5],
    ]);
    expect(rowsOf(by)[0]).toEqual([-1, 0, 0, -1]);
  });

  it('spread a quantity over days and places as the forecast is, and never on a closed day', () => {
    const { mean } = applyOverrides(panel, PERIODS, statistical, [given({ quantity: 76 })]);
    expect(rowsOf(mean)).toEqual([
      [16, 16, 16, 16],
      [4, 0, 4, 4],
      [5, 5, 5, 5],
    ]);
  });

  it('count only the share of a span that lies in the horizon', () => {
    const begun = given({ location: 0, from: PERIODS - 4, to: PERIODS + 3, quantity: 40 });
    expect(rowsOf(applyOverrides(panel, PERIODS, statistical, [begun]).mean)[0]).toEqual([5, 5, 5, 5]);
  });

  it('spread a quantity evenly over open days where the forecast is zero', () => {
    const none = new Float64Array(12);
    const { mean } = applyOverrides(panel, PERIODS, none, [given({ location: 1, quantity: 6 })]);
    expect(rowsOf(mean)[1]).toEqual([2, 0, 2, 2]);
  });

  it('are replaced cell by cell by later ones, each worked out on the statistical forecast', () => {
    const { mean, by } = applyOverrides(panel, PERIODS, statistical, [
      given({ pct: 100 }),
      given({ location: 0, from: PERIODS + 3, pct: 50 }),
    ]);
    expect(rowsOf(mean)[0]).toEqual([16, 16, 16, 12]);
    expect(rowsOf(by)[0]).toEqual([0, 0, 0, 1]);
  });

  it('do not count before they were known', () => {
    const late = given({ pct: 100, knownFrom: PERIODS + 1 });
    expect(applyOverrides(panel, PERIODS, statistical, [late]).mean).toEqual(statistical);
  });
});

describe('forecast value added', () => {
  const plan = planForecast(panel, { cutoffs: 2 });
  const origins = plan.origins.length;
  const flat = (level: number): Float32Array => new Float32Array(3 * origins * HORIZON).fill(level);
  const selection = {
    models: [
      { name: 'seasonal_naive', mean: flat(0) },
      { name: 'ets', mean: flat(4) },
    ],
    champion: new Int32Array(3).fill(1),
    championWithout: [new Int32Array(3).fill(1), new Int32Array(3).fill(1)],
  };
  // product 0 sells 8 and 2, the forecast is 4: an override to 8 helps in one place and harms in the other
  const overrides = [
    given({ location: 0, from: 0, to: PERIODS + HORIZON, knownFrom: plan.cutoffs[1]!, pct: 100, planner: 'Li' }),
    given({ location: 1, from: 0, to: PERIODS + HORIZON, knownFrom: 0, pct: 100, planner: 'Wu' }),
  ];
  const layer = layOverrides(panel, plan, selection, overrides);
  const rows = valueAdded(plan, selection, layer, overrides);
  const find = (scope: string, subject: string) => rows.filter((row) => row.scope === scope && row.subject === subject);

  it('tells by step and planner who helped, with what was known at each cutoff', () => {
    const li = find('planner', 'Li');
    expect(li.map(({ step, n, wape }) => [step, n, wape])).toEqual([
      ['naive', 4, 1],
      ['statistical', 4, 0.5],
      ['final', 4, 0],
    ]);
    expect(li.map(({ skill }) => skill)).toEqual([Number.NaN, 0.5, 1]);
    const wu = find('planner', 'Wu');
    expect(wu.map(({ n }) => n)).toEqual([8, 8, 8]);
    expect(wu[2]!.skill).toBe(-2);
  });

  it('counts everything once in all, where nothing is overridden too', () => {
    const all = find('all', '');
    expect(all[0]!.n).toBe(24);
    // |8-4| and |2-4| and |5-4| over 15; then 8 is right in one of two cutoffs, and 2 is 6 off
    expect(all[1]!.wape).toBeCloseTo(7 / 15, 12);
    expect(all[2]!.wape).toBeCloseTo((4 * 0.5 + 6 + 1) / 15, 12);
    expect(find('overridden', '')[0]!.n).toBe(12);
  });

  it('leaves the final forecast to be published for the series it touches, the statistical one beside it', () => {
    const final = withOverrides(plan, selection, layer);
    expect(publishedModels(final, plan)).toEqual(['override', 'override', 'ets']);
    expect(final.models.map(({ name }) => name)).toEqual(['seasonal_naive', 'ets', 'override']);
    expect(withOverrides(plan, selection, layOverrides(panel, plan, selection, []))).toBe(selection);
  });
});
