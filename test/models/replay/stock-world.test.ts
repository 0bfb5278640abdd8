import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { drawLeadTime } from '../../../models/replay/lead-time.ts';
import { play } from '../../../models/replay/play.ts';
import { emptyState, type StockState } from '../../../models/replay/stock-state.ts';
import { type StockOrder, StockWorld } from '../../../models/replay/stock-world.ts';
import { costOf, tallyOf } from '../../../models/replay/tally.ts';
import { shopOf } from './shop.ts';

const playOrders = (world: StockWorld, locations: number, days: number, decide: (day: number) => StockOrder[]) => {
  const state: StockState = emptyState(locations);
  play(world, { name: 'test', decide: ({ day }) => decide(day) }, state, 0, days);
  return state;
};

describe('a world of stock', () => {
  it('serves what is there, loses the rest, and charges for what is left in the evening', () => {
    const product = shopOf({ opening: 5, leadDays: 2, holding: 0.1, shortage: 3, orderCost: 7 });
    const world = new StockWorld(product, Float32Array.of(4, 4, 4, 4), 4, 1);
    const { sums, onHand } = playOrders(world, 1, 4, (day) => (day === 0 ? [{ location: 0, quantity: 6 }] : []));
    // evenings: 1, 0 (3 lost), 2, 0 (2 lost)
    expect(tallyOf(sums, 'served')).toBe(11);
    expect(tallyOf(sums, 'shortage')).toBe(15);
    expect(tallyOf(sums, 'holding')).toBeCloseTo(0.3, 12);
    expect(tallyOf(sums, 'ordering')).toBe(7);
    expect(costOf(sums)).toBeCloseTo(22.3, 12);
    expect([tallyOf(sums, 'cycles'), tallyOf(sums, 'cyclesShort')]).toEqual([1, 1]);
    expect(onHand[0]).toBe(0);
  });

  it('books of an order what it truly saved beside what it promised', () => {
    const product = shopOf({ opening: 5, leadDays: 2, holding: 0.1, shortage: 3, orderCost: 7 });
    const world = new StockWorld(product, Float32Array.of(4, 4, 4, 4), 4, 1);
    const { orders } = playOrders(world, 1, 4, (day) =>
      day === 0 || day === 2 ? [{ location: 0, quantity: 6, promised: 9 }] : [],
    );
    // the first saves 4 units on the day it comes and leaves 2 over its review of a day; the second comes after the end
    expect(orders.map(({ promised, realised }) => [promised, realised])).toEqual([
      [9, 4 * 3 - 2 * 0.1 - 7],
      [9, Number.NaN],
    ]);
  });

  it('throws away what was not sold in its time, the oldest first', () => {
    const product = shopOf({ opening: 5, leadDays: 1, shelfLifeDays: 2, unitCost: 2 });
    const world = new StockWorld(product, Float32Array.of(1, 1, 1, 1, 1), 5, 1);
    const { sums, onHand } = playOrders(world, 1, 5, (day) => (day === 0 ? [{ location: 0, quantity: 4 }] : []));
    // 5 on day 0: 2 sold, 3 spoil on day 2; 4 on day 1: 1 sold on day 2, 3 spoil on day 3
    expect(tallyOf(sums, 'wastedUnits')).toBe(6);
    expect(tallyOf(sums, 'waste')).toBe(12);
    expect(onHand[0]).toBe(0);
  });

  it('gives a short warehouse to whom it is worth most, in whole packs', () => {
    const product = shopOf({ opening: 0, leadDays: 1, packSize: 4, stores: 2, warehouse: 10 });
    const world = new StockWorld(product, new Float32Array(2 * 3), 3, 1);
    const { onHand } = playOrders(world, 3, 3, (day) =>
      day === 0
        ? [
            { location: 0, quantity: 8, promised: 8 },
            { location: 1, quantity: 8, promised: 40 },
          ]
        : [],
    );
    expect([...onHand]).toEqual([0, 8, 2]);
  });

  it('loses no unit: what came in was sold, thrown away, or is somewhere still', () => {
    const random = createRandom(3);
    for (let run = 0; run < 30; run++) {
      const days = 60;
      const product = shopOf({ opening: 20, leadDays: 3, leadSdDays: 1.5, stores: 3, warehouse: 50, shelfLifeDays: 9 });
      const world = new StockWorld(
        product,
        Float32Array.from({ length: 3 * days }, () => random.below(6)),
        days,
        run,
      );
      const state = playOrders(world, 4, days, () =>
        [0, 1, 2, 3].map((location) => ({ location, quantity: random.below(12) })),
      );
      const bought = state.orders
        .filter(({ location }) => location === 3)
        .reduce((sum, { quantity }) => sum + quantity, 0);
      const kept = state.onHand.reduce((sum, units) => sum + units, 0);
      const coming = state.underWay.reduce((sum, { quantity }) => sum + quantity, 0);
      expect(tallyOf(state.sums, 'served') + tallyOf(state.sums, 'wastedUnits') + kept + coming).toBeCloseTo(
        3 * 20 + 50 + bought,
        9,
      );
      expect(Math.min(...state.onHand)).toBeGreaterThanOrEqual(0);
    }
  });

  it('goes on from a state that was kept as if there had been no break', () => {
    const product = shopOf({ opening: 20, leadDays: 3, leadSdDays: 1, stores: 2, warehouse: 40, shelfLifeDays: 20 });
    const demand = Float32Array.from({ length: 80 }, (_, i) => i % 5);
    const policy = {
      name: 'test',
      decide: ({ day }: { day: number }) =>
        day % 3
          ? []
          : [
              { location: 2, quantity: 9 },
              { location: day % 2, quantity: 5 },
            ],
    };
    const whole = emptyState(3);
    play(new StockWorld(product, demand, 40, 1), policy, whole, 0, 40);
    const first = emptyState(3);
    play(new StockWorld(product, demand, 40, 1), policy, first, 0, 17);
    const kept = structuredClone(first);
    play(new StockWorld(product, demand, 40, 1), policy, kept, 17, 40);
    expect(kept).toEqual(whole);
  });
});

describe('lead times', () => {
  it('have the mean and the standard deviation of the terms, and are the same for the same day', () => {
    const terms = { leadDays: 20, leadSdDays: 4 };
    const drawn = Array.from({ length: 4000 }, (_, day) => drawLeadTime(terms, 1, 7, day));
    const mean = drawn.reduce((sum, days) => sum + days, 0) / drawn.length;
    const sd = Math.sqrt(drawn.reduce((sum, days) => sum + (days - mean) ** 2, 0) / drawn.length);
    expect(mean).toBeCloseTo(20, 0);
    expect(Math.abs(sd - 4)).toBeLessThan(0.15);
    expect(drawLeadTime(terms, 1, 7, 99)).toBe(drawn[99]);
    expect(drawLeadTime({ leadDays: 5, leadSdDays: 0 }, 1, 7, 3)).toBe(5);
    expect(drawLeadTime({ leadDays: 0, leadSdDays: 2 }, 1, 7, 3)).toBe(0);
  });
});
