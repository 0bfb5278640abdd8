import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCARCE_KINDS, scarceCase } from '../../../bench/scarce-cases.ts';
import { createRandom } from '../../../data/random.ts';
import { allocateOrders } from '../../../models/restock/limits/allocate.ts';
import { highsSolver } from '../../../models/restock/limits/highs-solver.ts';
import { lineOfPlan } from '../../../models/restock/limits/line-of-plan.ts';
import { cheapestCorner, lowerHull } from '../../../models/restock/limits/lower-hull.ts';
import { mipText } from '../../../models/restock/limits/mip-text.ts';
import { costOf, keeps, type Limit, type OrderLine, usedOf } from '../../../models/restock/limits/order-line.ts';

/** A line whose packs save so much each, all of them wanted. */
function packs(size: number, savings: number[], uses: OrderLine['uses']): OrderLine {
  const costs = [savings.reduce((sum, saving) => sum + saving, 0)];
  for (const saving of savings) costs.push(costs.at(-1)! - saving);
  return {
    quantities: Float64Array.from(costs, (_, i) => i * size),
    costs: Float64Array.from(costs),
    preferred: savings.length,
    uses,
  };
}

const chosen = (lines: readonly OrderLine[], choice: Int32Array): number[] =>
  lines.map(({ quantities }, i) => quantities[choice[i]!]!);

describe('orders under limits', () => {
  it('gives what is short to the packs that save most', () => {
    const money = [{ limit: 0, perUnit: 1 }];
    const lines = [packs(10, [9, 4, 1], money), packs(10, [8, 5, 2], money)];
    const { choice, prices } = allocateOrders(lines, [{ kind: 'at_most', amount: 30 }]);
    expect(chosen(lines, choice)).toEqual([10, 20]);
    // the next pack of ten would save 4, the last one that is in saves 5
    expect(prices[0]).toBeGreaterThanOrEqual(0.4);
    expect(prices[0]).toBeLessThanOrEqual(0.5);
  });

  it('serves the earlier of two equal lines', () => {
    const stock = [{ limit: 0, perUnit: 1 }];
    const lines = [packs(6, [5, 3], stock), packs(6, [5, 3], stock)];
    const { choice } = allocateOrders(lines, [{ kind: 'at_most', amount: 18 }]);
    expect(chosen(lines, choice)).toEqual([12, 6]);
  });

  it('leaves lines alone whose limits hold', () => {
    const lines = [packs(1, [3, 2], [{ limit: 0, perUnit: 1 }]), packs(1, [3, 2], [{ limit: 1, perUnit: 1 }])];
    const limits: Limit[] = [
      { kind: 'at_most', amount: 2 },
      { kind: 'at_most', amount: 1 },
    ];
    expect(chosen(lines, allocateOrders(lines, limits).choice)).toEqual([2, 1]);
  });

  it('fills a minimum where that is worth it, and orders nothing where it is not', () => {
    const uses = [{ limit: 0, perUnit: 10 }];
    const line: OrderLine = {
      quantities: Float64Array.of(0, 1, 2, 3),
      costs: Float64Array.of(20, 5, 6, 8),
      preferred: 1,
      uses,
    };
    const order = (amount: number) =>
      chosen([line], allocateOrders([line], [{ kind: 'at_least_if_any', amount }]).choice);
    expect(order(10)).toEqual([1]);
    expect(order(25)).toEqual([3]);
    expect(order(31)).toEqual([0]);
    const dear = { ...line, costs: Float64Array.of(7, 5, 6, 8) };
    expect(chosen([dear], allocateOrders([dear], [{ kind: 'at_least_if_any', amount: 25 }]).choice)).toEqual([0]);
  });

  it.each(SCARCE_KINDS)('comes close to the exact optimum: %s', async (kind) => {
    const exactly = await highsSolver({ nodes: 1e6, gap: 1e-7 });
    const usual = await highsSolver();
    // the last is one where a minimum was given up for another line, and taken up again below its amount
    const streams = [...Array.from({ length: 12 }, (_, n) => createRandom(7).fork(kind).fork(n))];
    for (const random of [...streams, createRandom('1').fork(kind).fork(179)]) {
      const { lines, limits } = scarceCase(kind, random);
      const { choice, bound } = allocateOrders(lines, limits, usual);
      const best = costOf(lines, exactly(lines, limits)!);
      const used = usedOf(lines, choice, limits.length);
      expect(limits.every((limit, l) => keeps(limit, used[l]!))).toBe(true);
      expect(costOf(lines, choice)).toBeLessThanOrEqual(best * 1.02); // the bar: within 2 %
      expect(bound).toBeLessThanOrEqual(best * (1 + 1e-6));
    }
  });

  it('keeps every limit and is never worse than ordering nothing, whatever is given', () => {
    const line = fc.record({
      savings: fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { maxLength: 5 }),
      size: fc.integer({ min: 1, max: 12 }),
      perUnit: fc.double({ min: 0.1, max: 9, noNaN: true }),
      group: fc.integer({ min: 0, max: 2 }),
    });
    const amounts = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 7 }), amounts, (given, [budget, ...minimums]) => {
        const lines = given.map(({ savings, size, perUnit, group }) =>
          packs(size, savings, [
            { limit: 0, perUnit },
            { limit: 1 + group, perUnit },
          ]),
        );
        const limits: Limit[] = [
          { kind: 'at_most', amount: budget! },
          ...minimums.map((amount) => ({ kind: 'at_least_if_any' as const, amount })),
        ];
        const { choice, cost, bound } = allocateOrders(lines, limits);
        const used = usedOf(lines, choice, limits.length);
        const nothing = lines.reduce((sum, { costs }) => sum + costs[0]!, 0);
        expect(limits.every((limit, l) => keeps(limit, used[l]!))).toBe(true);
        expect(costOf(lines, choice)).toBeLessThanOrEqual(nothing + 1e-9);
        expect(bound).toBeLessThanOrEqual(cost + 1e-9);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('a plan as a choice among quantities', () => {
  const costOfUnits = (quantity: number): number => Math.abs(quantity - 20);

  it('offers whole packs from the least order on, and what the plan wants among them', () => {
    const line = lineOfPlan({
      costOf: costOfUnits,
      rule: { packSize: 6, minOrderQuantity: 10 },
      orderCost: 1,
      preferred: 18,
      most: 40,
      uses: [],
    });
    expect(Array.from(line.quantities)).toEqual([0, 12, 18, 24, 30, 36]);
    expect(line.quantities[line.preferred]).toBe(18);
    expect(line.costs[0]).toBe(20);
    expect(line.costs[2]).toBe(3);
  });

  it('counts the steps to a quantity that costs more than it saves as worth nothing', () => {
    const { costs, quantities, preferred } = lineOfPlan({
      costOf: costOfUnits,
      rule: { packSize: 10, minOrderQuantity: 0 },
      orderCost: 0,
      preferred: 30,
      most: 30,
      uses: [],
    });
    expect(quantities[preferred]).toBe(30);
    expect(costs[preferred]).toBe(10);
    expect(costs[2]).toBeCloseTo(10, 4);
    expect(costs[2]).toBeGreaterThan(10);
  });

  it('offers at most fifty quantities', () => {
    const { quantities, preferred } = lineOfPlan({
      costOf: costOfUnits,
      rule: { packSize: 1, minOrderQuantity: 0 },
      orderCost: 0,
      preferred: 777,
      most: 5000,
      uses: [],
    });
    expect(quantities.length).toBeLessThanOrEqual(50);
    expect(quantities[preferred]).toBe(777);
  });
});

describe('the lower hull', () => {
  it('leaves out quantities that no price makes cheapest', () => {
    const hull = lowerHull(Float64Array.of(0, 1, 2, 3), Float64Array.of(10, 9, 4, 5));
    expect(Array.from(hull.corners)).toEqual([0, 2, 3]);
    expect(Array.from(hull.slopes)).toEqual([-3, 1]);
    expect([0, 2.9, 3, -1.1].map((price) => cheapestCorner(hull, price))).toEqual([2, 2, 0, 3]);
  });
});

describe('the exact solver', () => {
  it('writes the program in CPLEX LP format', () => {
    const lines = [packs(2, [5], [{ limit: 0, perUnit: 3 }]), packs(2, [4], [{ limit: 1, perUnit: 3 }])];
    const limits: Limit[] = [
      { kind: 'at_most', amount: 7 },
      { kind: 'at_least_if_any', amount: 5 },
    ];
    expect(mipText(lines, limits)).toBe(`Minimize
 cost: - 5 u_0_1 - 4 u_1_1
Subject To
 one_0: + u_0_1 <= 1
 one_1: + u_1_1 - w_1 <= 0
 limit_0: + 6 u_0_1 <= 7
 limit_1: + 6 u_1_1 - 5 w_1 >= 0
Binary
 u_0_1 u_1_1 w_1
End
`);
  });

  it('refuses what is not a number, and gives no answer where there is nothing to solve', async () => {
    const solve = await highsSolver();
    const broken = packs(1, [Number.NaN], [{ limit: 0, perUnit: 1 }]);
    expect(() => solve([broken], [{ kind: 'at_most', amount: 1 }])).toThrow('NaN has no place');
    expect(solve([], [])).toBeUndefined();
  });
});
