import { describe, expect, it } from 'vitest';
import { planTransfers, type TransferParty } from '../../../models/restock/transfer.ts';

const terms = { costPerUnit: 1, costPerTransfer: 5, days: 1 };

/** A shelf with neither too much nor too little. */
const shelf = (index: number, given: Partial<TransferParty> = {}): TransferParty => ({
  index,
  product: 0,
  region: 'A',
  onHand: 10,
  surplus: 0,
  orderQuantity: 0,
  missedBeforeOrder: 0,
  leadDays: 4,
  ratePerDay: 1,
  shortagePerUnit: 6,
  holdingPerUnitDay: 0.01,
  orderCost: 0,
  ...given,
});
const long = (index: number, surplus: number, given: Partial<TransferParty> = {}) =>
  shelf(index, { surplus, onHand: surplus + 10, ...given });
const short = (index: number, need: number, given: Partial<TransferParty> = {}) =>
  shelf(index, { surplus: -need, onHand: 0, orderQuantity: need, missedBeforeOrder: need / 2, ...given });
const plan = (...parties: TransferParty[]) => planTransfers(parties, () => terms);

describe('transfers', () => {
  it('are worth the shortage they avoid after they arrive and the holding they save, less what they cost', () => {
    const [transfer, ...others] = plan(long(0, 30), short(1, 20));
    // 10 missed in 4 days, of which the last three can be saved: 7.5; an order brings the other 12 for less than moving costs
    expect(transfer).toMatchObject({ from: 0, to: 1, quantity: 8 });
    expect(others).toEqual([]);
    // the 8 are the last of 30 to be sold, in 26 days
    const saved = 7.5 * 6 + 8 * 0.01 * 26;
    expect(transfer!.value).toBeCloseTo(saved - 8 * 1 - 5, 9);
  });

  it('move all that is needed where moving costs less than keeping it', () => {
    const cheap = planTransfers([long(0, 30), short(1, 20)], () => ({ ...terms, costPerUnit: 0.1 }));
    expect(cheap.map(({ quantity }) => quantity)).toEqual([20]);
  });

  it('save nothing of what is missed where they take as long as the order', () => {
    const slow = planTransfers([long(0, 30), short(1, 20)], () => ({ ...terms, days: 4 }));
    expect(slow).toEqual([]);
  });

  it('save the cost of an order that they make needless, and only then', () => {
    const calm = { missedBeforeOrder: 0, orderCost: 40 };
    expect(plan(long(0, 30), short(1, 20, calm))).toHaveLength(1);
    expect(plan(long(0, 15), short(1, 20, calm))).toEqual([]);
  });

  it('go to the one who misses most, from the one who has most, within a region and a product', () => {
    const transfers = plan(
      long(0, 12),
      long(1, 25),
      short(2, 20),
      short(3, 20, { missedBeforeOrder: 18 }),
      long(4, 500, { region: 'B' }),
      long(5, 500, { product: 1 }),
    );
    expect(transfers.map(({ from, to, quantity }) => [from, to, quantity])).toEqual([
      [1, 3, 14],
      [0, 2, 8],
    ]);
  });

  it('never give more than lies there, and count money that is not known as nothing', () => {
    const [transfer] = plan(long(0, 30, { onHand: 7 }), short(1, 20, { missedBeforeOrder: 20 }));
    expect(transfer!.quantity).toBe(7);
    expect(plan(long(0, 30), short(1, 20, { shortagePerUnit: Number.NaN }))).toEqual([]);
  });
});
