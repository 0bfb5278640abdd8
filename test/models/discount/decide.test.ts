import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DiscountAdvice,
  type DiscountCandidate,
  type DiscountTerms,
  decideDiscount,
} from '../../../models/discount/decide.ts';
import { demandScales, extendForecast } from '../../../models/discount/demand-scenarios.ts';
import { followStock } from '../../../models/discount/stock-path.ts';

const terms: DiscountTerms = {
  maxDaysOfCover: 90,
  marginFloor: 0.05,
  minDiscountPct: 5,
  maxDiscountPct: 40,
  stepPct: 5,
  defaultDiscountPct: 20,
  durationDays: 28,
  sellThroughDays: 120,
  salvagePct: 25,
  holdingCostPctPerYear: 25,
  assumedMarginPct: 35,
};

const of = (value: number): Float64Array => new Float64Array(30).fill(value);

/** Sells 5 a day, 1,500 on hand: 300 days of cover; it answers strongly to its price. */
const overstocked: DiscountCandidate = {
  periodDays: 1,
  onHand: 1500,
  arrivals: new Float64Array(0),
  forecast: { mean: of(5), low: of(3), high: of(7), highest: of(8) },
  price: of(20),
  regularPrice: 20,
  unitCost: 8,
  shelfLifeDays: Number.NaN,
  holdingCostPerDay: Number.NaN,
  elasticity: { mean: -2.5, lo: -3, hi: -2, deviation: 0.3 },
  advisesPrice: true,
  lowestPriceSeen: 10,
};
const unknown = { mean: Number.NaN, lo: Number.NaN, hi: Number.NaN, deviation: Number.NaN };

function adviceFor(change: Partial<DiscountCandidate> = {}, changedTerms: Partial<DiscountTerms> = {}): DiscountAdvice {
  const decision = decideDiscount({ ...overstocked, ...change }, { ...terms, ...changedTerms });
  if (typeof decision === 'string') throw new Error(decision);
  return decision;
}

/** Expected margin of the candidate by a plain sum over five elasticities and three demands. */
function expectedMargin(given: DiscountCandidate, depth: number): number {
  const window = terms.durationDays;
  const stockCase = {
    stock: given.onHand,
    arrivals: new Float64Array(window),
    demand: extendForecast(given.forecast.mean, window),
    laterDemand: 5,
    price: new Float64Array(window).fill(given.regularPrice),
    regularPrice: given.regularPrice,
    unitCost: given.unitCost,
    holdingCost: (given.unitCost * terms.holdingCostPctPerYear) / 100 / 365,
    salvageValue: (given.unitCost * terms.salvagePct) / 100,
    deadline: terms.sellThroughDays,
  };
  let duration = 1;
  for (; duration < window; duration++) {
    const demandScale = new Float64Array(window).fill(1);
    const path = followStock(stockCase, { depth, duration, elasticity: given.elasticity.mean, demandScale });
    if (path.stockAfter <= 5 * terms.maxDaysOfCover) break;
  }
  // five-point Gauss-Hermite, Abramowitz and Stegun table 25.10, for a standard normal
  const nodes = [-2.8569700138728, -1.3556261799742, 0, 1.3556261799742, 2.8569700138728];
  const weights = [0.0112574113277, 0.2220759220056, 0.5333333333333, 0.2220759220056, 0.0112574113277];
  let sum = 0;
  nodes.forEach((node, k) => {
    const elasticity = Math.min(0, given.elasticity.mean + node * given.elasticity.deviation);
    for (const { weight, scale } of demandScales(given.forecast, window)) {
      sum += weights[k]! * weight * followStock(stockCase, { depth, duration, elasticity, demandScale: scale }).margin;
    }
  });
  return sum;
}

describe('a discount', () => {
  it('has the depth between 5 and 40 % that a search over all depths finds best', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: -0.5, noNaN: true }),
        fc.integer({ min: 500, max: 4000 }),
        fc.double({ min: 2, max: 12, noNaN: true }),
        (mean, onHand, unitCost) => {
          const elasticity = { mean, lo: mean - 0.5, hi: mean + 0.4, deviation: 0.3 };
          const given = { ...overstocked, onHand, unitCost, elasticity, lowestPriceSeen: 1 };
          const decision = decideDiscount(given, { ...terms, marginFloor: -1 });
          const depths = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4];
          const margins = depths.map((depth) => expectedMargin(given, depth));
          const best = margins.indexOf(Math.max(...margins));
          const without = expectedMargin(given, 0);
          if (typeof decision === 'string') {
            // where the search finds something it is the cautious end of the interval that forbids it
            expect(decision).toBe('DOES_NOT_PAY');
            return;
          }
          expect(decision.marginWithout).toBeCloseTo(without, 6);
          expect(decision.gain).toBeGreaterThan(0);
          expect(decision.margin).toBeCloseTo(
            margins[depths.findIndex((d) => Math.abs(d - decision.depth) < 1e-9)]!,
            6,
          );
          if (decision.guardrails.length === 0) expect(decision.depth).toBeCloseTo(depths[best]!, 9);
          else expect(decision.margin).toBeLessThan(margins[best]!);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it('is searched, valued and bounded: lo <= expected <= hi', () => {
    const advice = adviceFor();
    expect(advice).toMatchObject({ reason: 'OVER_COVER', daysOfCover: 300, limitDays: 90, surplusUnits: 1050 });
    expect(advice.gain).toBeCloseTo(advice.margin - advice.marginWithout, 9);
    for (const [lo, expected, hi] of [
      [advice.unitsLo, advice.units, advice.unitsHi],
      [advice.marginLo, advice.margin, advice.marginHi],
      [advice.stockAfterLo, advice.stockAfter, advice.stockAfterHi],
      [advice.gainLo, advice.gain, advice.gainHi],
    ] as const) {
      expect(lo).toBeLessThanOrEqual(expected);
      expect(expected).toBeLessThanOrEqual(hi);
    }
  });

  it('never goes below the margin floor, and says that it would have', () => {
    const deep = adviceFor();
    const floored = adviceFor({}, { marginFloor: 1 - 8 / 17 });
    expect(deep.depth).toBeGreaterThan(0.15);
    expect(floored.depth).toBeCloseTo(0.15, 9);
    expect(floored.guardrails).toContain('MARGIN_FLOOR');
  });

  it('never goes below the lowest price seen, and says that it would have', () => {
    const ranged = adviceFor({ lowestPriceSeen: 18 });
    expect(ranged.depth).toBeCloseTo(0.1, 9);
    expect(ranged.guardrails).toContain('PRICE_RANGE');
  });

  it('is none where demand hardly answers to the price', () => {
    const inelastic = { mean: -0.2, lo: -0.3, hi: -0.1, deviation: 0.06 };
    expect(decideDiscount({ ...overstocked, elasticity: inelastic }, { ...terms, salvagePct: 100 })).toBe(
      'DOES_NOT_PAY',
    );
  });

  it('is none where the guardrails leave no depth', () => {
    expect(decideDiscount({ ...overstocked, lowestPriceSeen: 20 }, terms)).toBe('DOES_NOT_PAY');
    expect(decideDiscount({ ...overstocked, unitCost: 19.5 }, terms)).toBe('DOES_NOT_PAY');
  });

  it('is none where stock does not outlast its demand, deliveries counted', () => {
    expect(decideDiscount({ ...overstocked, onHand: 450 }, terms)).toBe('NOT_OVERSTOCKED');
    const arriving = { ...overstocked, onHand: 449, arrivals: Float64Array.of(0, 0, 1000) };
    expect(decideDiscount(arriving, terms)).toMatchObject({ surplusUnits: 999 });
    expect(decideDiscount({ ...overstocked, onHand: -3 }, terms)).toBe('NOT_OVERSTOCKED');
  });

  it('has shelf life as its limit where that is shorter', () => {
    const advice = adviceFor({ onHand: 200, shelfLifeDays: 20 });
    expect(advice).toMatchObject({ reason: 'OVER_SHELF_LIFE', limitDays: 20, surplusUnits: 100 });
  });

  it('says where the cost is assumed', () => {
    const advice = adviceFor({ unitCost: Number.NaN });
    expect(advice.guardrails).toContain('COST_ASSUMED');
    expect(advice.depth).toBeLessThanOrEqual(1 - 13 / (20 * 0.95));
  });
});

describe('the default discount', () => {
  const blind = { ...overstocked, elasticity: unknown, advisesPrice: false };

  it('is 20 % where the elasticity gives no advice and the overstock is certain', () => {
    const advice = adviceFor(blind);
    expect(advice).toMatchObject({ reason: 'DEFAULT_OVER_COVER', depth: 0.2, guardrails: [] });
    expect(advice.marginLo).toBeLessThanOrEqual(advice.margin);
    expect(advice.margin).toBeLessThanOrEqual(advice.marginHi);
    expect(
      Object.values(advice)
        .filter((value) => typeof value === 'number')
        .every(Number.isFinite),
    ).toBe(true);
  });

  it('is none where even a high demand might clear the stock', () => {
    // 90 days: expected 450, at most 720
    expect(decideDiscount({ ...blind, onHand: 700 }, terms)).toBe('NOT_CERTAIN');
    expect(adviceFor({ ...blind, onHand: 721 }).depth).toBe(0.2);
  });

  it('is shallower where the margin floor asks for it, and none where nothing is left', () => {
    const shallow = adviceFor({ ...blind, unitCost: 17 });
    expect(shallow.depth).toBeCloseTo(0.1, 9);
    expect(shallow.guardrails).toEqual(['MARGIN_FLOOR']);
    expect(decideDiscount({ ...blind, unitCost: 19 }, terms)).toBe('MARGIN_FLOOR');
  });

  it('is taken for stock that nobody buys, with days of cover unknown', () => {
    const dead = adviceFor({ ...overstocked, forecast: { mean: of(0), low: of(0), high: of(0), highest: of(0) } });
    expect(dead).toMatchObject({ reason: 'DEFAULT_OVER_COVER', depth: 0.2, daysOfCover: Number.NaN, units: 0 });
  });

  it('needs a price', () => {
    expect(decideDiscount({ ...blind, regularPrice: Number.NaN, price: [] }, terms)).toBe('NO_PRICE');
  });
});

describe('whatever is given', () => {
  it('a discount is finite, ordered in its bounds, and within its guardrails', () => {
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          onHand: amount,
          rate: fc.double({ min: 0, max: 1e4, noNaN: true }),
          cost: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 30, noNaN: true })),
          mean: fc.double({ min: -6, max: 0.5, noNaN: true }),
          advises: fc.boolean(),
          periodDays: fc.constantFrom(1, 7),
          shelf: fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 1, max: 400 })),
        }),
        ({ onHand, rate, cost, mean, advises, periodDays, shelf }) => {
          const decision = decideDiscount(
            {
              ...overstocked,
              onHand,
              periodDays,
              unitCost: cost,
              shelfLifeDays: shelf,
              advisesPrice: advises,
              elasticity: { mean, lo: mean - 0.6, hi: mean + 0.6, deviation: 0.4 },
              forecast: { mean: of(rate), low: of(rate * 0.4), high: of(rate * 1.8), highest: of(rate * 2.2) },
            },
            terms,
          );
          if (typeof decision === 'string') return;
          const slack = 1e-6 * (1 + Math.abs(decision.margin));
          expect(decision.depth).toBeGreaterThanOrEqual(0.05 - 1e-9);
          expect(decision.depth).toBeLessThanOrEqual(0.4 + 1e-9);
          expect(decision.marginLo).toBeLessThanOrEqual(decision.marginHi);
          expect(decision.unitsLo).toBeLessThanOrEqual(decision.units + slack);
          expect(decision.units).toBeLessThanOrEqual(decision.unitsHi + slack);
          expect(decision.stockAfterLo).toBeLessThanOrEqual(decision.stockAfter + slack);
          expect(decision.stockAfter).toBeLessThanOrEqual(decision.stockAfterHi + slack);
          expect(decision.marginLo).toBeLessThanOrEqual(decision.margin + slack);
          expect(decision.margin).toBeLessThanOrEqual(decision.marginHi + slack);
          expect(decision.gainLo).toBeLessThanOrEqual(decision.gain + slack);
          expect(decision.gain).toBeLessThanOrEqual(decision.gainHi + slack);
          if (cost >= 0) expect(20 * (1 - decision.depth)).toBeGreaterThanOrEqual(cost / 0.95 - 1e-6);
          if (advises && rate > 0) expect(20 * (1 - decision.depth)).toBeGreaterThanOrEqual(10 * 0.995);
        },
      ),
      { numRuns: 300, seed: 2 },
    );
  });
});
