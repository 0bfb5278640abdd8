import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../data/random.ts';
import { demandCurve } from '../../../models/restock/demand-curve.ts';
import type { SupplyTerms } from '../../../models/restock/supply-terms.ts';
import { readSumErrors } from '../../../pipelines/restock/read-errors.ts';
import type { RestockPair } from '../../../pipelines/restock/read-pairs.ts';
import { serverSpreads } from '../../../pipelines/restock/server-spreads.ts';
import { serversOf } from '../../../pipelines/restock/servers.ts';
import { Warehouse } from '../../../pipelines/warehouse/warehouse.ts';

const CUTOFFS = 4;
const HORIZON = 30;
const STORES = 3;
const MEAN = 200;

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await Warehouse.open(':memory:');
});
afterAll(() => warehouse.close());

/** A warehouse and its stores for each product; stores have series 0, 1, ... product by product. */
function company(products: number): RestockPair[] {
  const terms = { leadDays: 3, reviewDays: 4 } as SupplyTerms;
  return Array.from({ length: products }, (_, p) => {
    const pairOf = (location: number): RestockPair =>
      ({
        product: `P${p}`,
        location,
        warehouse: location === 0 ? -1 : 0,
        series: location === 0 ? -1 : p * STORES + location - 1,
        terms,
        isWhole: false,
      }) as RestockPair;
    return Array.from({ length: STORES + 1 }, (_, location) => pairOf(location));
  }).flat();
}

const curvesOf = (series: number) =>
  Array.from({ length: series }, () => demandCurve(new Float64Array(HORIZON).fill(MEAN), 1));

/** Backtests whose actual is the forecast times `factorOf`, the same on all days of a cutoff. */
async function leaveBacktest(
  series: number,
  factorOf: (s: number, cutoff: number) => number,
  actualOf = (value: number, _h: number): number => value,
): Promise<void> {
  const cells = Array.from({ length: series * CUTOFFS * HORIZON }, (_, i) => {
    const [h, cutoff, s] = [i % HORIZON, Math.floor(i / HORIZON) % CUTOFFS, Math.floor(i / HORIZON / CUTOFFS)];
    return { h, cutoff, s, actual: actualOf(MEAN * factorOf(s, cutoff), h) };
  });
  await warehouse.write(
    'out_backtest_series',
    { series_idx: 'i32', cutoff_idx: 'i32', h: 'i32', actual: 'f32', forecast: 'f32' },
    {
      series_idx: Int32Array.from(cells, ({ s }) => s),
      cutoff_idx: Int32Array.from(cells, ({ cutoff }) => cutoff),
      h: Int32Array.from(cells, ({ h }) => h),
      actual: Float32Array.from(cells, ({ actual }) => actual),
      forecast: new Float32Array(cells.length).fill(MEAN),
    },
  );
}

/** Mean level variance that is measured for the warehouse where the levels of stores move by 30 %. */
async function levelVariance(shared: boolean): Promise<number> {
  const products = 60;
  const pairs = company(products);
  const curves = curvesOf(products * STORES);
  const random = createRandom(5);
  const levels = Array.from({ length: products * STORES * CUTOFFS }, () => Math.exp(0.3 * random.normal() - 0.045));
  await leaveBacktest(products * STORES, (s, cutoff) => {
    const of = shared ? Math.floor(s / STORES) * STORES : s;
    return levels[of * CUTOFFS + cutoff]!;
  });
  const spreads = await serverSpreads(warehouse, serversOf(pairs, curves), curves, false);
  expect(spreads.size).toBe(products);
  return [...spreads.values()].reduce((sum, spread) => sum + spread.levelVariance, 0) / spreads.size;
}

describe('spreads of all that a warehouse serves', () => {
  it('knows whether stores rise and fall together', async () => {
    const together = await levelVariance(true);
    const apart = await levelVariance(false);
    expect(together).toBeGreaterThan(0.06);
    expect(together).toBeLessThan(0.13);
    expect(apart).toBeLessThan((2 * together) / 3);
  });

  it('tells nothing from few windows', async () => {
    const pairs = company(10);
    const curves = curvesOf(10 * STORES);
    await leaveBacktest(10 * STORES, () => 1);
    expect((await serverSpreads(warehouse, serversOf(pairs, curves), curves, false)).size).toBe(0);
  });

  it('counts a day out of stock as it was forecast, and a sum of mostly such days not at all', async () => {
    await leaveBacktest(
      3,
      () => 2,
      (value, h) => (h < 2 ? Number.NaN : value),
    );
    const sums = await readSumErrors(
      warehouse,
      [
        { series: [0, 2], periods: 10 },
        { series: [1], periods: 3 },
      ],
      3,
    );
    expect([...new Set(sums.series)]).toEqual([0]);
    expect([...sums.cutoff]).toEqual([0, 1, 2, 3]);
    expect(sums.forecast[0]).toBeCloseTo(2 * 10 * MEAN, 6);
    expect(sums.actual[0]).toBeCloseTo(2 * (2 * MEAN + 8 * 2 * MEAN), 6);
  });
});
