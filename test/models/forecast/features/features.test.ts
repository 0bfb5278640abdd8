import { describe, expect, it } from 'vitest';
import { weekdayOf } from '../../../../data/day.ts';
import type { Feature } from '../../../../models/forecast/features/feature.ts';
import { featuresOf } from '../../../../models/forecast/features/registry.ts';
import { allocateTable, appendRows } from '../../../../models/forecast/features/table.ts';
import { createTimeline } from '../../../../models/forecast/features/timeline.ts';
import { Vantage } from '../../../../models/forecast/features/vantage.ts';
import type { Panel } from '../../../../models/panel.ts';
import { panelOf, weeklySales } from '../panel-fixture.ts';

const PERIODS = 460;
const HORIZON = 14;
const ORIGIN = 440;

/** Two products in three places, with events, a state, closures, promotions, prices, empty shelves and an indicator. */
function richPanel(): Panel {
  const sales = Array.from({ length: 6 }, (_, s) => weeklySales(20 + 10 * s, PERIODS, s));
  const panel = panelOf({
    sales,
    horizon: HORIZON,
    products: [0, 0, 0, 1, 1, 1],
    locations: [0, 1, 2, 0, 1, 2],
    events: [
      { name: 'Fair', on: (_, t) => t % 120 === 90 },
      { name: 'school holiday', on: (place, t) => (t + place) % 60 < 12 },
    ],
    isClosed: (_, t) => t % 100 === 99,
    inStock: (s, t) => (t + 7 * s) % 50 !== 3,
    discount: (s, t) => ((t + s) % 21 < 4 ? 0.25 : 0),
  });
  const width = PERIODS + HORIZON;
  panel.price = Float32Array.from({ length: 6 * width }, (_, i) => 2 + Math.floor((i % width) / 90) * 0.25);
  const index = Float32Array.from({ length: PERIODS }, (_, t) => 100 + Math.floor(t / 30));
  panel.indicators = { names: ['cpi'], values: index };
  return panel;
}

function look(panel: Panel, origin: number, targets: number[]): { features: Feature[]; columns: Float32Array[] } {
  const timeline = createTimeline(panel);
  const features = featuresOf(timeline);
  const at = new Vantage(timeline);
  const table = allocateTable(features, panel.seriesCount * targets.length);
  timeline.feedUntil(origin);
  for (let s = 0; s < panel.seriesCount; s++) {
    at.stand(s, origin);
    appendRows(table, features, at, targets);
  }
  return { features, columns: table.columns.map(({ values }) => values) };
}

const allTargets = Array.from({ length: HORIZON }, (_, h) => ORIGIN + h);

describe('the feature registry', () => {
  const panel = richPanel();
  const { features, columns } = look(panel, ORIGIN, allTargets);
  const cell = (name: string, s: number, h: number): number =>
    columns[features.findIndex((feature) => feature.name === name)]![s * HORIZON + h]!;

  it('names every feature once, with its unit, source and when it is known', () => {
    expect(features.length).toBeGreaterThan(90);
    expect(new Set(features.map(({ name }) => name)).size).toBe(features.length);
    for (const { name, unit, knownAt } of features) {
      expect(name).toMatch(/^[a-z0-9_]+$/);
      expect(unit).not.toBe('');
      expect(['past', 'ahead', 'static']).toContain(knownAt.rule);
    }
  });

  it('has 40 features and more with sales alone', () => {
    const plain = panelOf({ sales: [weeklySales(20, 100, 1)] });
    expect(featuresOf(createTimeline(plain)).length).toBeGreaterThanOrEqual(40);
  });

  it('sees no change in any feature when all sales and shelves from the origin on are others', () => {
    const changed = richPanel();
    for (let s = 0; s < changed.seriesCount; s++) {
      changed.quantity.fill(9999, s * PERIODS + ORIGIN, (s + 1) * PERIODS);
      changed.inStock.fill(0, s * PERIODS + ORIGIN, (s + 1) * PERIODS);
    }
    const after = look(changed, ORIGIN, allTargets);
    expect(after.features.map(({ name }) => name)).toEqual(features.map(({ name }) => name));
    features.forEach(({ name }, f) => {
      expect(after.columns[f], name).toEqual(columns[f]);
    });
  });

  it('sees no change in features of sales when prices, promotions and sales younger than their lag are others', () => {
    const changed = richPanel();
    for (let s = 0; s < changed.seriesCount; s++) changed.quantity[s * PERIODS + ORIGIN - 1] = 77;
    const after = look(changed, ORIGIN, allTargets);
    features.forEach(({ name, knownAt }, f) => {
      if (knownAt.rule === 'past' && knownAt.lag <= 1) return;
      if (name.startsWith('lag_')) return;
      expect(after.columns[f], name).toEqual(columns[f]);
    });
  });

  it('gives windows and same weekdays as a naive loop does', () => {
    const timeline = createTimeline(panel);
    timeline.feedUntil(ORIGIN);
    const { decomposition } = timeline;
    const level = decomposition.level(2, 1);
    const adjusted = Array.from({ length: 28 }, (_, k) => decomposition.adjusted[2 * PERIODS + ORIGIN - 28 + k]!);
    const known = adjusted.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    expect(cell('mean_28_days', 2, 5)).toBeCloseTo(Math.log(mean / level), 5);
    const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1);
    expect(cell('sd_28_days', 2, 0)).toBeCloseTo(Math.sqrt(variance) / level, 5);
    const h = 9;
    const same: number[] = [];
    for (let t = ORIGIN - 1; same.length < 4; t--) {
      if (weekdayOf(panel.startDay + t) !== weekdayOf(panel.startDay + ORIGIN + h)) continue;
      same.push(timeline.isKnown(2, t) ? panel.quantity[2 * PERIODS + t]! : Number.NaN);
    }
    const sold = same.filter((value) => !Number.isNaN(value));
    expect(cell('same_weekday_4_weeks', 2, h)).toBeCloseTo(
      sold.reduce((sum, value) => sum + value, 0) / sold.length / level,
      5,
    );
  });

  it('counts to events, promotions and closures ahead', () => {
    // fairs on 90, 210, 330 and 450; closed on 399 and 499
    expect(cell('periods_to_next_event', 0, 0)).toBe(10);
    expect(cell('event', 0, 10)).toBe(0);
    expect(cell('event', 0, 9)).toBe(-1);
    expect(cell('periods_since_last_event', 0, 12)).toBe(2);
    // promotion of series 0 on 441 to 444
    expect(cell('on_promotion', 0, 1)).toBe(1);
    expect(cell('discount', 0, 1)).toBeCloseTo(0.25, 6);
    expect(cell('periods_to_next_promotion', 0, 0)).toBe(1);
    expect(cell('periods_since_promotion_start', 0, 2)).toBe(2);
    expect(cell('periods_until_promotion_end', 0, 2)).toBe(3);
    expect(cell('step', 0, 13)).toBe(14);
  });

  it('tells kinds of promotion apart where there are several', () => {
    expect(features.some(({ name }) => name === 'promotion_kind')).toBe(false);
    const several = { ...richPanel(), promotionKinds: ['display', 'flyer'] };
    several.promotionKind = several.promotionKind.map((kind, i) => (i % 2 === 0 ? kind : 2 * kind));
    const seen = look(several, ORIGIN, allTargets);
    const at = seen.features.findIndex(({ name }) => name === 'promotion_kind');
    expect(seen.features[at]).toMatchObject({ kind: 'categorical', knownAt: { rule: 'ahead' } });
    const planned = several.promotionKind.subarray(ORIGIN, ORIGIN + HORIZON);
    expect([...seen.columns[at]!.subarray(0, HORIZON)]).toEqual([...planned]);
    expect(new Set(seen.columns[at])).toEqual(new Set([0, 1, 2]));
  });

  it('survives empty, zero, single and huge series', () => {
    for (const sales of [[], [[0, 0, 0, 0]], [[5]], [[1e30, 1e30, 1e30]], [[Number.NaN, Number.NaN]]]) {
      const small = panelOf({ sales, horizon: 3 });
      const seen = look(small, small.periods, [small.periods, small.periods + 1]);
      for (const column of seen.columns) for (const value of column) expect(value).not.toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('takes free attributes as numbers or categories, empty ones as not known, and leaves out what tells nothing', () => {
    const described = richPanel();
    described.locations.attributes = [
      { name: 'type', values: ['mall', '', 'street'] },
      { name: 'square_metres', values: ['120', '95.5', ''] },
      { name: 'country', values: ['DE', 'DE', 'DE'] },
    ];
    described.products.attributes = [{ name: 'brand', values: ['B', 'A'] }];
    const looked = look(described, ORIGIN, [ORIGIN]);
    const own = looked.features.flatMap(({ name, kind, knownAt }, i) =>
      / (type|square_metres|country|brand)$/.test(name) ? [{ name, kind, rule: knownAt.rule, i }] : [],
    );
    expect(own.map(({ name, kind, rule }) => `${name} ${kind} ${rule}`)).toEqual([
      'products brand categorical static',
      'locations type categorical static',
      'locations square_metres numeric static',
    ]);
    const valuesOf = (at: number): number[] => [...looked.columns[own[at]!.i]!];
    expect(valuesOf(0)).toEqual([1, 1, 1, 0, 0, 0]);
    expect(valuesOf(1)).toEqual([0, Number.NaN, 1, 0, Number.NaN, 1]);
    expect(valuesOf(2)).toEqual([120, 95.5, Number.NaN, 120, 95.5, Number.NaN]);
  });

  it('takes means from the sales before a gap where a single day has come after it', () => {
    const gap = (s: number, t: number): boolean => s === 0 && t >= 250 && t < ORIGIN - 1;
    const sales = [0, 1].map((s) =>
      Array.from({ length: PERIODS }, (_, t) => (gap(s, t) ? Number.NaN : s === 0 && t === ORIGIN - 1 ? 90 : 30)),
    );
    const gapped = look(panelOf({ sales, horizon: HORIZON }), ORIGIN, allTargets);
    const value = (name: string, s: number): number =>
      gapped.columns[gapped.features.findIndex((feature) => feature.name === name)]![s * HORIZON]!;
    // 23 of 91 days, of which 22 lie before the gap, beside a level that has taken in one 28th of the 90
    const level = Math.exp(value('level', 0));
    const after = level * Math.exp(value('mean_91_days', 0));
    expect(after).toBeGreaterThan(30);
    expect(after).toBeLessThan(35);
    expect(value('growth_28_days', 0)).toBeNaN();
    expect(value('growth_28_days', 1)).toBeCloseTo(0, 3);
    expect(value('same_weekday_8_weeks', 0) * level).toBeLessThan(61);
  });
});
