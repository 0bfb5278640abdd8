import { describe, expect, it } from 'vitest';
import { demandCurve } from '../../../models/restock/demand-curve.ts';
import { lotSize } from '../../../models/restock/lot.ts';
import { endCurve, expectedWaste, sellableQuantity } from '../../../models/restock/perishable.ts';
import { planOrder } from '../../../models/restock/plan.ts';
import { poissonDemand, quantileOf } from '../../../models/restock/policies/discrete-demand.ts';
import { economicOrderQuantity } from '../../../models/restock/policies/economic-order-quantity.ts';
import { exactReorderPair } from '../../../models/restock/policies/reorder-point-order-up-to.ts';
import { unitsForFillRate } from '../../../models/restock/policies/service-level.ts';
import type { SupplyTerms } from '../../../models/restock/supply-terms.ts';
import { situation } from './situation-fixture.ts';

const costs = { holdingPerUnitDay: 0.5, shortagePerUnit: 20 };

describe('service targets', () => {
  it('cycle service is the quantile of the window where nothing is lost before arrival', () => {
    const plan = planOrder(situation(2, { leadDays: 0, reviewDays: 7, serviceLevel: 0.9 }));
    expect(Math.abs(plan.quantity - quantileOf(poissonDemand(14), 0.9))).toBeLessThanOrEqual(1);
    expect(plan).toMatchObject({ method: 'service', target: 0.9 });
  });

  it('fill rate asks for the textbook level', () => {
    for (const fillRate of [0.9, 0.98]) {
      const plan = planOrder(
        situation(2, { leadDays: 0, reviewDays: 7, serviceLevel: fillRate, serviceKind: 'fill_rate' }),
      );
      const level = unitsForFillRate(poissonDemand(14), poissonDemand(0), fillRate);
      expect(Math.abs(plan.quantity - level)).toBeLessThanOrEqual(1);
      expect(plan.method).toBe('fill_rate');
    }
  });

  it('the same share of demand asks for less stock than of cycles', () => {
    const quantity = (serviceKind: SupplyTerms['serviceKind']): number =>
      planOrder(situation(2, { reviewDays: 7, serviceKind }, 6)).quantity;
    expect(quantity('fill_rate')).toBeLessThan(quantity('cycle_service'));
  });
});

describe('the probability of a stock-out', () => {
  it('is that of the days until what is ordered at the next chance could come, with nothing ordered now', () => {
    const plan = planOrder(situation(10, { leadDays: 10, reviewDays: 7 }, 160));
    expect(plan.stockoutBeforeArrival).toBe(0);
    // R: ppois(160, 170, lower.tail = FALSE)
    expect(plan.stockoutProbability).toBeCloseTo(0.766, 1);
    expect(plan.stockoutProbabilityAfter).toBeCloseTo(0.05, 1);
  });
});

describe('lots', () => {
  it('with a steady demand the lot is the economic order quantity in whole periods', () => {
    const lot = lotSize(() => 10, 60, 0.5, 1);
    const { quantity } = economicOrderQuantity({ orderCost: 60, holding: 0.5, demandRate: 10 });
    expect(Math.abs(lot.extra + 10 - quantity)).toBeLessThanOrEqual(10);
  });

  it('a season that ends is not bought beyond its end', () => {
    const season = (period: number): number => (period < 3 ? 10 : 0);
    expect(lotSize(season, 500, 0.1, 1).extra).toBe(20);
  });

  it('unknown holding or a free order means one period', () => {
    for (const [orderCost, holding] of [
      [0, 1],
      [50, Number.NaN],
      [50, 0],
    ] as const) {
      expect(lotSize(() => 10, orderCost, holding, 1)).toMatchObject({ periods: 1, extra: 0 });
    }
  });

  it('played on a steady Poisson demand, orders cost within 4 % of the exact (s, S)', () => {
    for (const orderCost of [10, 60]) {
      const period = poissonDemand(4);
      const exact = exactReorderPair(period, period, { holding: 0.5, shortage: 20 }, orderCost);
      const below = period.map((_, k) => period.subarray(0, k + 1).reduce((sum, p) => sum + p, 0));
      const play = (decide: (onHand: number) => number): number => {
        let [onHand, seed, total] = [10, 5, 0];
        for (let day = 0; day < 3000; day++) {
          const order = decide(onHand);
          if (order > 0) total += orderCost;
          seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
          onHand += order - below.findIndex((p) => p >= seed / 2 ** 32);
          total += onHand >= 0 ? 0.5 * onHand : -20 * onHand;
          onHand = Math.max(0, onHand);
        }
        return total / 3000;
      };
      const known = new Map<number, number>();
      const ours = play((onHand) => {
        if (!known.has(onHand)) {
          known.set(onHand, planOrder(situation(4, { ...costs, leadDays: 0, orderCost }, onHand)).quantity);
        }
        return known.get(onHand)!;
      });
      const best = play((onHand) => (onHand <= exact.reorderPoint ? exact.orderUpTo - onHand : 0));
      expect(ours).toBeLessThan(1.04 * best);
    }
  });

  it('a large minimum order is placed where waiting costs more than its mean per period', () => {
    const plan = planOrder(situation(4, { ...costs, leadDays: 0, minOrderQuantity: 40 }, 2));
    expect(plan.quantity).toBe(40);
    expect(planOrder(situation(4, { ...costs, leadDays: 0, minOrderQuantity: 40 }, 9)).quantity).toBe(0);
  });
});

describe('goods that expire and products that end', () => {
  it('no more is ordered than sells before it expires, whatever an order costs', () => {
    const keeps = planOrder(situation(4, { ...costs, orderCost: 200 }));
    const expires = planOrder(situation(4, { ...costs, orderCost: 200, shelfLifeDays: 4 }));
    expect(keeps.quantity).toBeGreaterThan(30);
    expect(expires.quantity).toBeLessThanOrEqual(18);
    expect(expires.unitsWasted).toBeLessThan(2);
    expect(keeps.unitsWasted).toBe(0);
  });

  it('the quantity of goods that live one day is the newsvendor of one day', () => {
    const plan = planOrder(
      situation(20, { leadDays: 0, shelfLifeDays: 1, unitCost: 4, holdingPerUnitDay: 1e-9, shortagePerUnit: 6 }),
    );
    // a unit too many costs 4, one too few 6
    expect(Math.abs(plan.quantity - quantileOf(poissonDemand(20), 0.6))).toBeLessThanOrEqual(1);
  });

  it('with a service target a unit is ordered only if it sells in time with the odds that its cost asks for', () => {
    const plan = planOrder(
      situation(4, { reviewDays: 7, serviceLevel: 0.999, shelfLifeDays: 7, unitCost: 9, shortageEstimate: 1 }),
    );
    const free = planOrder(situation(4, { reviewDays: 7, serviceLevel: 0.999 }));
    expect(plan.quantity).toBeLessThan(free.quantity);
    expect(plan.quantity).toBeGreaterThan(15);
  });

  it('the last buy lasts to the end and not beyond', () => {
    const last = planOrder(situation(10, { ...costs, leadDays: 2, reviewDays: 30, endsInDays: 12 }));
    // ten days of ten are left after the delivery; a unit left over costs 4, one missed 20
    expect(last.quantity).toBeGreaterThanOrEqual(quantileOf(poissonDemand(100), 0.6));
    expect(last.quantity).toBeLessThanOrEqual(quantileOf(poissonDemand(100), 0.95));
    expect(planOrder(situation(10, { ...costs, leadDays: 2, endsInDays: 2 })).quantity).toBe(0);
  });

  it('a curve that ends gives nothing after its end', () => {
    const ended = endCurve(demandCurve([7, 7], 7), 10);
    expect(Array.from(ended.cumulative)).toEqual([0, 7, 10]);
    expect(ended.ratePerDay).toBe(0);
    const far = endCurve(demandCurve([7], 7), 21);
    expect(Array.from(far.cumulative)).toEqual([0, 7, 14, 21]);
  });

  it('waste is what neither the window nor the time after it takes', () => {
    const requirement = { net: Float64Array.of(2, 4, -3), missedBefore: new Float64Array(3) };
    const sellable = Float64Array.of(1, 1, 0);
    // 6 ordered: 3 left, 1 left, and all 6 although 9 are there
    expect(expectedWaste(requirement, sellable, 6)).toBeCloseTo((3 + 1 + 6) / 3, 10);
    expect(sellableQuantity(requirement, sellable, 0.5)).toBe(3);
  });
});
