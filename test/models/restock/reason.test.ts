import { describe, expect, it } from 'vitest';
import { type Plan, planOrder } from '../../../models/restock/plan.ts';
import { reasonChinese, reasonEnglish } from '../../../models/restock/reason.ts';
import type { SupplyTerms } from '../../../models/restock/supply-terms.ts';
import { situation } from './situation-fixture.ts';

const AS_OF = 20_000;

function plan(onHand: number, serviceKind: SupplyTerms['serviceKind'] = 'cycle_service', floorDays = 0): Plan {
  return planOrder({ ...situation(10, { leadDays: 10, reviewDays: 7, serviceKind }, onHand), floorDays });
}

function facts(onHand: number, planned: Plan) {
  return {
    ...{ code: 'BELOW_TARGET' as const, plan: planned, asOf: AS_OF, onHand, withStores: false },
    ...{ packSize: 1, leadDays: 10, isSurge: false, demand30Days: 300, sold30Days: 300 },
  };
}

describe('the arithmetic in words', () => {
  it('says what is missed before an order can come where less is wanted than will be asked for', () => {
    // 170 are asked for in 17 days, of which the first 100 meet 20 on hand
    const short = plan(20);
    expect(short.windowDemand).toBe(170);
    expect(short.unitsMissedBefore).toBeCloseTo(80, 0);
    expect(short.orderUpTo).toBeLessThan(170);
    expect(reasonEnglish(facts(20, short))).toMatch(
      /About 170 will be asked for until .*, 80 of them while it is sold out before an order can come, and 10\d are wanted to be 95 % sure of the rest: 20 on hand/,
    );
    expect(reasonChinese(facts(20, short))).toMatch(
      /需求约 170，其中约 80 在订货到达前因断货流失，其余要有 95% 把握需备 10\d：/,
    );
    expect(reasonEnglish(facts(20, plan(20, 'fill_rate')))).toMatch(/are wanted to serve 95 % of the rest: /);
  });

  it('says nothing of it where stock lasts until an order can come, and wants more than will be asked for', () => {
    const lasting = plan(140);
    expect(lasting.orderUpTo).toBeGreaterThan(170);
    expect(reasonEnglish(facts(140, lasting))).toMatch(
      /About 170 will be asked for until [^,]*, and \d+ are wanted to be 95 % sure: 140 on hand/,
    );
  });

  it('says nothing of the few that are missed where stock probably lasts', () => {
    const probably = plan(105);
    expect(probably.unitsMissedBefore).toBeGreaterThan(0.5);
    expect(probably.unitsMissedBefore).toBeLessThan(5);
    expect(reasonEnglish(facts(105, probably))).not.toContain('sold out');
  });

  it('says that a surge is what so much is wanted for', () => {
    const surge = {
      ...facts(140, plan(140, 'cycle_service', 30)),
      code: 'SURGE' as const,
      isSurge: true,
      sold30Days: 90,
    };
    expect(reasonEnglish(surge)).toMatch(
      /About 170 will be asked for until [^,]*, and 300 are wanted for the next 30 days: /,
    );
    expect(reasonChinese(surge)).toContain('需求约 170，未来 30 天需备 300：');
  });
});
