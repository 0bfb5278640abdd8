import { describe, expect, it } from 'vitest';
import { demandCurve } from '../../../models/restock/demand-curve.ts';
import { expectArrivals } from '../../../models/restock/inbound.ts';
import { rankOrders } from '../../../models/restock/priority.ts';
import { shortfall } from '../../../models/restock/triggers/shortfall.ts';
import { stockoutTrigger } from '../../../models/restock/triggers/stockout-trigger.ts';
import type { TriggerFacts } from '../../../models/restock/triggers/trigger.ts';

const daily = (rate: number) => demandCurve(Array<number>(30).fill(rate), 1);

describe('what may be missed', () => {
  it('is that of a Poisson count', () => {
    const poisson = { curve: daily(2), spread: { dispersion: 1, levelVariance: 0, bias: 1 }, isCount: true };
    const { probability, units, demand } = shortfall(poisson, 5, 12);
    expect(demand).toBe(10);
    // R: ppois(12, 10, lower.tail = FALSE); sum(pmax(0:60 - 12, 0) * dpois(0:60, 10))
    expect(probability).toBeCloseTo(0.208, 1.5);
    expect(units).toBeCloseTo(0.531, 1);
  });

  it('is nothing without demand, and all of it without stock', () => {
    const none = { curve: daily(0), spread: { dispersion: 1, levelVariance: 0, bias: 1 }, isCount: true };
    expect(shortfall(none, 5, 0)).toEqual({ probability: 0, units: 0, demand: 0 });
    const sure = { curve: daily(100), spread: { dispersion: 0.01, levelVariance: 0, bias: 1.1 }, isCount: false };
    const { probability, units } = shortfall(sure, 2, 0);
    expect(probability).toBe(1);
    expect(units).toBeCloseTo(220, 0);
  });
});

describe('a stock-out ahead', () => {
  it('is about as many units as its reason says', () => {
    const ahead = (unitsMissedBefore: number) =>
      stockoutTrigger(
        {
          ...{ asOf: 20_000, currency: 'EUR', code: 'STOCKED_OUT', onHand: 0, withStores: false },
          plan: { windowDemand: 150, unitsMissedBefore, stockoutBeforeArrival: 1, windowDays: 10 },
          terms: { reviewDays: 3, shortageEstimate: 6 },
          inbound: { arrivals: [], overdue: 0, lost: 0 },
        } as unknown as TriggerFacts,
        { stockoutProbability: 0.5, deadStockDays: 180 },
      );
    expect(ahead(88.3)).toMatchObject({
      quantity: 88,
      reason: {
        en: expect.stringContaining('about 88 will be missed'),
        zh: expect.stringContaining('预计少卖约 88'),
      },
    });
    expect(ahead(2.6)!.quantity).toBe(3);
    expect(ahead(2.6)!.reason.en).toContain('about 3 will be missed');
    expect(ahead(0.4)).toBeUndefined();
  });
});

describe('the rank of orders', () => {
  const order = { quantity: 5, isSurge: false, isWarehouse: false, regionDemand: 0, value: 10, orderByDay: 0 };

  it('puts those that cost more than they save after all other orders, and before what needs none', () => {
    const entries = [
      { ...order, value: -3, isSurge: true, regionDemand: 1000 },
      { ...order, quantity: 0, value: 0 },
      { ...order, value: 1 },
      { ...order, value: Number.NaN },
    ];
    expect(Array.from(rankOrders(entries))).toEqual([3, 4, 1, 2]);
  });
});

describe('deliveries under way', () => {
  it('count as due today when overdue, and not at all when lost', () => {
    const inbound = expectArrivals(
      [
        { day: -40, quantity: 7 },
        { day: -3, quantity: 5 },
        { day: 2, quantity: 4 },
      ],
      30,
    );
    expect(inbound).toEqual({
      arrivals: [
        { day: 0, quantity: 5 },
        { day: 2, quantity: 4 },
      ],
      overdue: 5,
      lost: 7,
    });
  });
});
