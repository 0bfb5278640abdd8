import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, type Random } from '../../../data/random.ts';
import { fitBgNbd } from '../../../models/churn/bg-nbd.ts';
import { NOT_PAID, type OrderDays, startsOf } from '../../../models/churn/customer-events.ts';
import { customerReasons, nextAction, tiersByValue } from '../../../models/churn/customer-reasons.ts';
import { scoreCustomers } from '../../../models/churn/customer-scores.ts';
import { customerSignals } from '../../../models/churn/customer-signals.ts';
import { orderHistory, silentAfter } from '../../../models/churn/order-history.ts';
import { signalSentence } from '../../../models/churn/reason-sentences.ts';
import { backtestRisk, riskCutoffs } from '../../../models/churn/risk-backtest.ts';
import { levelShift } from '../../../models/churn/risk-season.ts';
import { logistic } from '../../../models/churn/special-functions.ts';

type Visit = [customer: number, day: number, net: number, returned?: number, products?: number];

function ordersOf(visits: Visit[], customers: number): OrderDays {
  const sorted = [...visits].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    start: startsOf(
      Int32Array.from(sorted, (visit) => visit[0]),
      customers,
    ),
    day: Int32Array.from(sorted, (visit) => visit[1]),
    netValue: Float64Array.from(sorted, (visit) => visit[2]),
    returnedValue: Float64Array.from(sorted, (visit) => visit[3] ?? 0),
    products: Int32Array.from(sorted, (visit) => visit[4] ?? 1),
  };
}

/** Customers with a gap of 10 to 60 days, half of whom leave at some point of 900 days. */
function town(random: Random, customers: number): { orders: OrderDays; leftOn: Int32Array } {
  const leftOn = new Int32Array(customers).fill(2000);
  const visits: Visit[] = [];
  for (let c = 0; c < customers; c++) {
    const gap = 10 + random.below(50);
    let day = random.below(500);
    if (random.below(2) === 0) leftOn[c] = day + 60 + random.below(600);
    while (day < 900 && day < leftOn[c]!) {
      visits.push([c, day, 50 + random.below(100)]);
      day += Math.max(1, Math.round(-gap * Math.log(1 - random.uniform())));
    }
  }
  return { orders: ordersOf(visits, customers), leftOn };
}

test('frequency, recency and age count days of purchase before the cutoff; returns take money off', () => {
  const orders = ordersOf(
    [
      [0, 10, 100],
      [0, 20, 80],
      [0, 25, -30, 30],
      [0, 50, 70],
      [1, 60, 5],
    ],
    2,
  );
  const history = orderHistory(orders, 40);
  expect(Array.from(history.customer)).toEqual([0]);
  expect([history.frequency[0], history.recency[0], history.age[0], history.silence[0]]).toEqual([1, 10, 30, 20]);
  expect(history.totalValue[0]).toBe(150);
  expect(history.meanValue[0]).toBe(75);
  expect(Array.from(silentAfter(orders, history, 10))).toEqual([1]);
  expect(Array.from(silentAfter(orders, history, 11))).toEqual([0]);
});

test('nothing after the cutoff changes what is known at it', () => {
  const { orders } = town(createRandom(1), 60);
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 800 }), (cutoff) => {
      const kept: Visit[] = [];
      for (let c = 0; c < 60; c++) {
        for (let i = orders.start[c]!; i < orders.start[c + 1]!; i++) {
          if (orders.day[i]! < cutoff) kept.push([c, orders.day[i]!, orders.netValue[i]!]);
        }
      }
      const before = ordersOf(kept, 60);
      const [all, past] = [orderHistory(orders, cutoff), orderHistory(before, cutoff)];
      expect(all).toEqual(past);
      const model = fitBgNbd(all);
      if (!model) return;
      expect(customerSignals({ orders }, all, model, 90)).toEqual(customerSignals({ orders: before }, past, model, 90));
    }),
    { numRuns: 20 },
  );
});

test('payments are late up to the cutoff while open, and what is paid later is not known', () => {
  const orders = ordersOf(
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].flatMap((c): Visit[] => [
      [c, 0, 10],
      [c, 100 + c, 10],
      [c, 200, 10],
    ]),
    12,
  );
  const invoices = {
    start: Int32Array.from([0, 3, ...new Array(11).fill(3)]),
    day: Int32Array.from([30, 60, 190]),
    invoicedDay: Int32Array.from([1, 31, 160]),
    paidDay: Int32Array.from([32, 62, 250]),
    amount: Float64Array.from([1, 1, 1]),
  };
  const history = orderHistory(orders, 220);
  const model = fitBgNbd(history)!;
  const [first] = customerSignals({ orders, invoices }, history, model, 90);
  expect(first!.payment).toEqual({ strength: 2.8, now: 30, before: 2 });
  const open = { ...invoices, paidDay: Int32Array.from([32, 62, NOT_PAID]) };
  expect(customerSignals({ orders, invoices: open }, history, model, 90)[0]!.payment).toEqual(first!.payment);
});

test('cutoffs leave a horizon on either side, and outcomes of one are never later than the next', () => {
  expect(riskCutoffs(0, 900, 90, 6)).toEqual([360, 450, 540, 630, 720, 810]);
  expect(riskCutoffs(0, 100, 90, 6)).toEqual([]);
  const near = riskCutoffs(0, 300, 90, 4);
  expect(near).toEqual([90, 130, 170, 210]);
});

test('the backtest finds who is leaving better than days since the last order, and the champion is the best', () => {
  const { orders, leftOn } = town(createRandom(3), 400);
  const backtest = backtestRisk({ orders }, riskCutoffs(0, 900, 90, 6), 90);
  const pooled = backtest.pooled!;
  expect(pooled[backtest.champion].brier).toBe(Math.min(...Object.values(pooled).map(({ brier }) => brier)));
  expect(pooled[backtest.champion].brier).toBeLessThan(pooled.recency.brier);
  const options = { asOf: 900, horizon: 90, trendDays: 30, lifetimeDays: 1095, discountRate: 0.1 };
  const scores = scoreCustomers({ orders }, backtest, options)!;
  const gone = Array.from(scores.history.customer, (c) => (leftOn[c]! < 900 ? 1 : 0));
  const mean = (of: number): number => {
    const picked = Array.from(scores.pAlive).filter((_, i) => gone[i] === of);
    return picked.reduce((sum, p) => sum + p, 0) / picked.length;
  };
  expect(mean(0)).toBeGreaterThan(mean(1) + 0.5);
  for (let i = 0; i < gone.length; i++) {
    expect(scores.risk[i]!).toBeGreaterThanOrEqual(0);
    expect(scores.risk[i]!).toBeLessThanOrEqual(1);
    expect(scores.valueAtRisk[i]!).toBeGreaterThanOrEqual(0);
    if (scores.status[i] === 'lost') expect(scores.valueAtRisk[i]).toBe(0);
    const { reasons } = customerReasons(scores, i, Number.NaN, { window: 90, currency: 'EUR' });
    expect(reasons).toHaveLength(3);
    expect(new Set(reasons.map((reason) => reason.en)).size).toBe(3);
    for (const reason of reasons) expect(`${reason.en}${reason.zh}`).not.toMatch(/NaN|Infinity|undefined/);
  }
});

test('nobody, and customers who never come back, give no scores instead of an error', () => {
  const options = { asOf: 900, horizon: 90, trendDays: 30, lifetimeDays: 1095, discountRate: 0.1 };
  for (const orders of [
    ordersOf([], 0),
    ordersOf(
      [0, 1, 2].map((c) => [c, 5, 10] as Visit),
      3,
    ),
  ]) {
    expect(scoreCustomers({ orders }, backtestRisk({ orders }, [300, 400], 90), options)).toBeUndefined();
  }
});

test('the level shift brings the mean probability to its target', () => {
  const odds = [-2, 0, 1, 3];
  const shift = levelShift(odds, 0.3);
  expect(odds.reduce((sum, eta) => sum + logistic(eta + shift), 0) / 4).toBeCloseTo(0.3, 8);
});

test('signals read as sentences in both languages', () => {
  const units = { window: 90, currency: 'EUR' };
  expect(signalSentence('silence', { strength: 1, now: 74, before: 12.2 }, units)).toEqual({
    en: 'No order for 74 days; usually one every 12 days.',
    zh: '已 74 天没有下单，平时约每 12 天一单。',
  });
  expect(signalSentence('payment', { strength: 1, now: 21, before: -1 }, units).en).toBe(
    'Pays 21 days late; 1 day early before.',
  );
  expect(signalSentence('spend', { strength: 1, now: 1200, before: 41070.6 }, units).en).toBe(
    'Spent EUR 1,200 in the last 90 days; usually EUR 41,071.',
  );
});

test('tiers go by value, and the next action by tier, status and reason', () => {
  const tiers = tiersByValue(Array.from({ length: 150 }, (_, i) => 150 - i));
  expect([tiers[0], tiers[19], tiers[20], tiers[99], tiers[100]]).toEqual([
    'TOP 20',
    'TOP 20',
    'TOP 100',
    'TOP 100',
    'others',
  ]);
  expect(tiersByValue([0, -5])).toEqual(['others', 'others']);
  expect(nextAction('payment', 'at risk', 'TOP 20').en).toBe(
    'Within 2 days: talk about payment terms together with finance.',
  );
  expect(nextAction('silence', 'lost', 'TOP 20').en).toContain('win-back');
});
