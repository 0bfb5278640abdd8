import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEXTBOOK } from '../../../../bench/textbook.ts';
import {
  demandOf,
  empiricalDemand,
  meanDemand,
  negativeBinomialDemand,
  poissonDemand,
  quantileOf,
} from '../../../../models/restock/policies/discrete-demand.ts';
import {
  economicOrderQuantity,
  lotWithDiscounts,
} from '../../../../models/restock/policies/economic-order-quantity.ts';
import { guaranteedServiceTimes } from '../../../../models/restock/policies/guaranteed-service.ts';
import { lossTable, normalLoss } from '../../../../models/restock/policies/loss.ts';
import { newsvendorDiscrete, newsvendorNormal } from '../../../../models/restock/policies/newsvendor.ts';
import {
  exactReorderPair,
  powerApproximationOfAnyLot,
  reorderPairCost,
} from '../../../../models/restock/policies/reorder-point-order-up-to.ts';
import {
  exactReorderQuantity,
  exactUnitReorderQuantity,
  lotWithBestPoint,
  reorderQuantityCost,
} from '../../../../models/restock/policies/reorder-point-quantity.ts';
import {
  normalOnLattice,
  serialBaseStock,
  serialHeuristic,
} from '../../../../models/restock/policies/serial-system.ts';
import {
  levelForFillRate,
  safetyFactorForFillRate,
  unitsForFillRate,
} from '../../../../models/restock/policies/service-level.ts';

describe('textbook examples', () => {
  for (const { source, expected, computed } of TEXTBOOK) {
    it(`${source}, to 4 digits`, () => {
      const values = computed();
      expect(values).toHaveLength(expected.length);
      values.forEach((value, i) => {
        expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(5e-5 * Math.max(1, Math.abs(expected[i]!)));
      });
    });
  }
});

describe('demand by units', () => {
  it('probabilities are those of R: dpois(0:2, 2), dnbinom(c(0, 16), 4, .2), and sum to 1 for large means', () => {
    expect(Array.from(poissonDemand(2).subarray(0, 3))).toEqual(
      [0.135335283236613, 0.270670566473225, 0.270670566473225].map((p) => expect.closeTo(p, 12)),
    );
    const wide = negativeBinomialDemand(16, 80);
    expect(wide[0]).toBeCloseTo(0.0016, 12);
    expect(wide[16]).toBeCloseTo(0.0436398803892201, 10);
    for (const demand of [poissonDemand(5000), negativeBinomialDemand(3000, 90_000), poissonDemand(0)]) {
      expect(demand.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
    }
    expect(meanDemand(poissonDemand(5000))).toBeCloseTo(5000, 6);
  });

  it('sums of periods have the mean and spread of so many periods', () => {
    const sum = demandOf(3, negativeBinomialDemand(4, 10));
    const whole = negativeBinomialDemand(12, 30);
    for (const units of [0, 5, 12, 30]) expect(sum[units]).toBeCloseTo(whole[units]!, 10);
    expect(Array.from(demandOf(0, whole))).toEqual([1]);
  });

  it('what was seen is counted, and unknown values are left out', () => {
    expect(Array.from(empiricalDemand([2, 0, Number.NaN, 2, 1]))).toEqual([0.25, 0.25, 0.5]);
    expect(Array.from(empiricalDemand([]))).toEqual([1]);
    expect(quantileOf(empiricalDemand([2, 0, 2, 1]), 0.5)).toBe(1);
  });
});

const costs = fc.record({
  holding: fc.double({ min: 0.1, max: 3, noNaN: true }),
  shortage: fc.integer({ min: 1, max: 40 }),
});

describe('policies', () => {
  it('the newsvendor level costs no more than its neighbours', () => {
    fc.assert(
      fc.property(
        costs,
        fc.double({ min: 0.1, max: 30, noNaN: true }),
        fc.double({ min: 1, max: 4, noNaN: true }),
        (c, mean, d) => {
          const demand = negativeBinomialDemand(mean, mean * d);
          const { level, cost } = newsvendorDiscrete(c, demand);
          const at = (x: number): number =>
            demand.reduce((sum, p, k) => sum + p * (k > x ? c.shortage * (k - x) : c.holding * (x - k)), 0);
          expect(cost).toBeCloseTo(at(level), 8);
          expect(at(level)).toBeLessThanOrEqual(Math.min(at(level + 1), at(level - 1)) + 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('the exact (s, S) costs no more than any pair nearby, and the power approximation is near it', () => {
    const period = negativeBinomialDemand(6, 9);
    const window = demandOf(3, period);
    const c = { holding: 1, shortage: 9 };
    const { reorderPoint, orderUpTo, cost } = exactReorderPair(period, window, c, 20);
    let least = Infinity;
    for (let s = 0; s < 40; s++) {
      for (let S = s + 1; S < 70; S++) {
        least = Math.min(least, reorderPairCost({ reorderPoint: s, orderUpTo: S }, period, window, c, 20));
      }
    }
    expect(cost).toBeCloseTo(least, 10);
    expect(reorderPairCost({ reorderPoint, orderUpTo }, period, window, c, 20)).toBeCloseTo(cost, 10);
    const rough = powerApproximationOfAnyLot(c, 20, { mean: 6, sd: 3, leadPeriods: 2 });
    const rounded = { reorderPoint: Math.round(rough.reorderPoint), orderUpTo: Math.round(rough.orderUpTo) };
    expect(reorderPairCost(rounded, period, window, c, 20)).toBeLessThan(1.05 * least);
  });

  it('small lots are held down to the newsvendor level', () => {
    const c = { holding: 1, shortage: 9 };
    const period = { mean: 50, sd: 8, leadPeriods: 1 };
    const { orderUpTo, reorderPoint } = powerApproximationOfAnyLot(c, 2, period);
    expect(orderUpTo).toBeLessThanOrEqual(newsvendorNormal(c, 100, 8 * Math.SQRT2).level);
    expect(reorderPoint).toBeLessThanOrEqual(orderUpTo);
  });

  it('the cost of an (s, S) pair is that of a long simulation', () => {
    const pair = { reorderPoint: 4, orderUpTo: 10 };
    const period = poissonDemand(6);
    const c = { holding: 1, shortage: 4 };
    let [level, seed, total] = [10, 7, 0];
    const below = period.map((_, k) => period.subarray(0, k + 1).reduce((sum, p) => sum + p, 0));
    const periods = 200_000;
    for (let t = 0; t < periods; t++) {
      if (level <= pair.reorderPoint) {
        level = pair.orderUpTo;
        total += 5;
      }
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      const u = seed / 2 ** 32;
      level -= below.findIndex((p) => p >= u);
      total += level >= 0 ? level * c.holding : -level * c.shortage;
    }
    expect(total / periods).toBeCloseTo(reorderPairCost(pair, period, period, c, 5), 1);
  });

  it('the exact (R, Q) costs no more than the short cuts, in units and in fractions', () => {
    const system = { orderCost: 40, holding: 2, shortage: 18, demandRate: 10 };
    const lead = { mean: 20, sd: 5 };
    const exact = exactReorderQuantity(system, lead);
    const rough = lotWithBestPoint(system, lead);
    expect(reorderQuantityCost(rough, system, lead)).toBeGreaterThanOrEqual(exact.cost);
    expect(reorderQuantityCost(rough, system, lead)).toBeLessThan(1.118 * exact.cost);
    for (const [dr, dq] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const moved = { reorderPoint: exact.reorderPoint + dr, quantity: exact.quantity + dq };
      expect(reorderQuantityCost(moved, system, lead)).toBeGreaterThan(exact.cost);
    }
    const units = exactUnitReorderQuantity(system, negativeBinomialDemand(20, 25));
    expect(units.cost).toBeCloseTo(exact.cost, 0);
  });

  it('quantity discounts are taken only where they pay', () => {
    const terms = { orderCost: 8, demandRate: 1300 };
    const none = economicOrderQuantity({ ...terms, holding: 0.3 * 0.75 });
    expect(lotWithDiscounts(terms, 0.3, [{ from: 0, unitCost: 0.75 }]).quantity).toBeCloseTo(none.quantity, 10);
    const small = [
      { from: 0, unitCost: 0.75 },
      { from: 5000, unitCost: 0.7499 },
    ];
    expect(lotWithDiscounts(terms, 0.3, small).quantity).toBeCloseTo(none.quantity, 10);
  });

  it('fill-rate levels serve the wanted share, in the mean of a long simulation', () => {
    const period = negativeBinomialDemand(3, 6);
    const level = unitsForFillRate(demandOf(4, period), demandOf(3, period), 0.95);
    const below = period.map((_, k) => period.subarray(0, k + 1).reduce((sum, p) => sum + p, 0));
    let [seed, net, demanded, short] = [3, level, 0, 0];
    const ahead = [0, 0, 0];
    for (let t = 0; t < 200_000; t++) {
      // the position is brought back to the level; what was demanded three periods ago comes in
      net += ahead.shift()!;
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      const demand = below.findIndex((p) => p >= seed / 2 ** 32);
      short += Math.min(demand, Math.max(0, demand - Math.max(0, net)));
      demanded += demand;
      net -= demand;
      ahead.push(demand);
    }
    expect(1 - short / demanded).toBeGreaterThan(0.95);
    const less = unitsForFillRate(demandOf(4, period), demandOf(3, period), 0.93);
    expect(less).toBeLessThan(level);
    const normal = levelForFillRate({ mean: 12, sd: Math.sqrt(24) }, { mean: 9, sd: Math.sqrt(18) }, 0.95);
    expect(Math.abs(normal - level)).toBeLessThan(2.5);
    expect(normalLoss(5, 3, 0)).toBe(0);
  });

  it('safety factors of lots fall as lots grow', () => {
    // Silver, Pyke and Thomas (2017), 6.7.6: sd x G(k) = Q (1 - P2)
    const k = safetyFactorForFillRate(200, 50, 0.98);
    expect(50 * (Math.exp((-k * k) / 2) / Math.sqrt(2 * Math.PI))).toBeGreaterThan(4);
    expect(safetyFactorForFillRate(400, 50, 0.98)).toBeLessThan(k);
  });

  it('a chain of one stage is a newsvendor; two stages cost no less than the short cut says and no more than apart', () => {
    const demand = poissonDemand(8);
    const one = serialBaseStock([{ echelonHolding: 1, leadDemand: demand }], 9);
    const alone = newsvendorDiscrete({ holding: 1, shortage: 9 }, demand);
    expect(one.levels[0]).toBe(alone.level);
    expect(one.cost).toBeCloseTo(alone.cost, 8);
    const heuristic = serialHeuristic([{ echelonHolding: 1, leadMean: 8, leadSd: Math.sqrt(8) }], 9);
    expect(Math.abs(heuristic[0]! - alone.level)).toBeLessThan(1);
    expect(meanDemand(normalOnLattice(50, 8, 0.1)) * 0.1).toBeCloseTo(50, 3);
  });

  it('losses fall by the probability of more', () => {
    const demand = poissonDemand(4);
    const loss = lossTable(demand);
    expect(loss[0]).toBeCloseTo(4, 10);
    for (let x = 0; x < 10; x++) {
      const above = demand.subarray(x + 1).reduce((sum, p) => sum + p, 0);
      expect(loss[x]! - loss[x + 1]!).toBeCloseTo(above, 10);
    }
  });

  it('a chain of promises keeps stock where it is cheapest', () => {
    const stages = [
      { holding: 1, processingPeriods: 4 },
      { holding: 1.01, processingPeriods: 1 },
    ];
    const { promised, safetyStock } = guaranteedServiceTimes(stages, 0, 0, 10, 2);
    expect(Array.from(promised)).toEqual([4, 0]);
    expect(safetyStock[1]).toBeCloseTo(20 * Math.sqrt(5), 10);
  });
});
