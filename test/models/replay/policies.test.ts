import { describe, expect, it } from 'vitest';
import { bestVariants } from '../../../models/replay/choose-variant.ts';
import { foresightPolicy } from '../../../models/replay/foresight-policy.ts';
import { play } from '../../../models/replay/play.ts';
import { parsePolicies, STOCK_POLICIES, variantsOf } from '../../../models/replay/policies.ts';
import { emptyState } from '../../../models/replay/stock-state.ts';
import { StockWorld } from '../../../models/replay/stock-world.ts';
import { costOf, TALLIES, TALLY_COUNT, tallyOf } from '../../../models/replay/tally.ts';
import { shopOf } from './shop.ts';

describe('perfect foresight', () => {
  it('orders the lots of least cost: Snyder and Shen 2019, example 3.9, 1,380', () => {
    const product = shopOf({ leadDays: 0, holding: 2, shortage: 1000, orderCost: 500 });
    const world = new StockWorld(product, Float32Array.of(90, 120, 80, 70), 4, 1);
    const state = emptyState(1);
    play(world, foresightPolicy(product, world, 4), state, 0, 4);
    expect(state.orders.map(({ day, quantity }) => [day, quantity])).toEqual([
      [0, 210],
      [2, 150],
    ]);
    expect(costOf(state.sums)).toBe(1380);
  });

  it('serves all demand through a warehouse, and keeps nothing beyond its lots', () => {
    const days = 90;
    const product = shopOf({ opening: 30, leadDays: 2, holding: 0.01, orderCost: 2, stores: 3, warehouse: 60 });
    const demand = Float32Array.from({ length: 3 * days }, (_, i) => (i * 7) % 5);
    const world = new StockWorld(product, demand, days, 1);
    const state = emptyState(4);
    play(world, foresightPolicy(product, world, days), state, 0, days);
    expect(tallyOf(state.sums, 'served')).toBe(tallyOf(state.sums, 'demanded'));
    expect(state.onHand.reduce((sum, units) => sum + units, 0)).toBe(0);
  });
});

describe('settings', () => {
  it('of a policy are compared over all stretches, and the cheapest stands for it', () => {
    const sums = (...shortages: number[]): Float64Array[] =>
      shortages.map((amount) => {
        const own = new Float64Array(TALLY_COUNT);
        own[TALLIES.indexOf('shortage')] = amount;
        return own;
      });
    const found = bestVariants(['min_max', 'z_sigma 1 lots', 'z_sigma 2 lots'], [sums(9), sums(1, 9), sums(5, 4)]);
    expect(found.map(({ policy, setting }) => [policy, setting])).toEqual([
      ['min_max', ''],
      ['z_sigma', '2 lots'],
    ]);
  });

  it('are many for the rule of z, none for what the company did, and names that are not there are refused', () => {
    expect(variantsOf('z_sigma').length).toBeGreaterThan(10);
    expect(variantsOf('company')).toEqual([]);
    expect(parsePolicies([])).toEqual([...STOCK_POLICIES]);
    expect(() => parsePolicies(['luck'])).toThrow(/no policy "luck"/);
  });
});
