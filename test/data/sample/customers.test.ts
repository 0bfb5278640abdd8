import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { makeContacts, makeInvoice, unhappinessOn } from '../../../data/sample/customer-life.ts';
import { makeCustomer, POPULATION } from '../../../data/sample/customers.ts';
import { planOf } from '../../../data/sample/options.ts';

const plan = planOf({ folder: '' });
const random = createRandom('customers-test');
const customers = Array.from({ length: 4000 }, (_, i) => makeCustomer(i, plan, random.fork(i)));
const left = customers.filter(({ leftOn }) => leftOn !== undefined && leftOn < plan.history - 60);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('customers of the sample company', () => {
  it('have gamma purchase rates and beta drop-out chances', () => {
    const { r, alpha, a, b } = POPULATION;
    const rates = customers.map(({ rate }) => rate);
    const expected = r / alpha;
    expect(Math.abs(mean(rates) / expected - 1)).toBeLessThan(0.05);
    const variance = mean(rates.map((rate) => (rate - expected) ** 2));
    expect(Math.abs(variance / (r / alpha ** 2) - 1)).toBeLessThan(0.12);
    expect(Math.abs(mean(customers.map(({ dropout }) => dropout)) / (a / (a + b)) - 1)).toBeLessThan(0.05);
  });

  it('buy at their rate while they stay', () => {
    const loyal = customers.filter(({ leftOn, since }) => leftOn === undefined && since < plan.history / 2);
    const bought = mean(loyal.map(({ purchases }) => purchases.length - 1));
    const expected = mean(loyal.map(({ rate, since }) => rate * (plan.days - since)));
    // Several purchases of one day count as one, and who stayed bought less often than the rate says.
    expect(bought / expected).toBeGreaterThan(0.85);
    expect(bought / expected).toBeLessThan(1.02);
  });

  it('never buy after they have left, and their last purchase is the day they left', () => {
    for (const { purchases, leftOn } of left) expect(purchases.at(-1)!.day).toBe(leftOn);
  });

  it('leave in a share that a model can learn from', () => {
    const share =
      customers.filter(({ leftOn }) => leftOn !== undefined && leftOn < plan.history).length / customers.length;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
  });

  it('pay ever later before they leave', () => {
    const own = random.fork('payments');
    const delay = (back: number) =>
      mean(
        left
          .filter(({ purchases }) => purchases.length > 5)
          .map((customer) => {
            const { day, unhappiness } = customer.purchases.at(-1 - back)!;
            const order = { day, minute: 0, lines: [], cents: 100 };
            const { paidOn, dueOn } = makeInvoice(customer, order, unhappiness, own);
            return paidOn - dueOn;
          }),
      );
    const delays = [4, 2, 1, 0].map(delay);
    expect(delays[0]).toBeLessThan(4);
    expect(delays[3]! - delays[0]!).toBeGreaterThan(20);
    expect([...delays].sort((x, y) => x - y)).toEqual(delays);
  });

  it('are in touch less in the last quarter before they leave than in the year before', () => {
    const own = random.fork('contacts');
    let last = 0;
    let before = 0;
    let people = 0;
    for (const customer of left) {
      if (customer.leftOn! - customer.since < 365) continue;
      people++;
      for (const { day } of makeContacts(customer, plan, own.fork(customer.index))) {
        if (day > customer.leftOn! - 30 && day <= customer.leftOn! + 30) last++;
        if (day > customer.leftOn! - 365 && day <= customer.leftOn! - 305) before++;
      }
    }
    expect(people).toBeGreaterThan(50);
    expect(last).toBeLessThan(0.6 * before);
  });

  it('say nothing of the future: content customers and those who leave late look alike early on', () => {
    const loyal = customers.find(({ leftOn }) => leftOn === undefined)!;
    const leaver = left.find(({ purchases }) => purchases.length > 6)!;
    expect(unhappinessOn(leaver, leaver.since)).toBe(0);
    expect(unhappinessOn({ ...loyal, purchases: [] }, 10)).toBe(0);
  });
});
