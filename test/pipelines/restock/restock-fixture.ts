import type { ConfigInput } from '../../../data/contract/config.ts';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { inlineExecutor } from '../../../pipelines/executor/executor.ts';
import { restockJob } from '../../../pipelines/restock.ts';
import type { Warehouse } from '../../../pipelines/warehouse/warehouse.ts';
import { type GivenRows, warehouseWith } from '../../warehouse-fixture.ts';

export const AS_OF = '2026-03-02';
const HORIZON = 30;

interface Given extends GivenRows {
  /** Forecast mean per day of each series, in the order of product and location. */
  forecast: number[];
  restock?: ConfigInput['restock'];
}

export interface MartRow {
  product_id: string;
  location_id: string;
  order_quantity: number;
  order_by: string | null;
  due_on: string | null;
  order_on: string | null;
  limited_by: string | null;
  transfer_quantity: number;
  reason_code: string;
  reason: string;
  reason_zh: string;
  data_issues: string | null;
  priority: number;
  on_hand: number | null;
  order_up_to: number;
  value_at_stake: number | null;
  stockout_probability: number;
  days_of_cover: number | null;
  cost: number | null;
  is_surge: boolean;
}

export const daysBefore = (days: number): string => isoDateOf(dayOf(AS_OF) - days);

/** Sales of so many units on each of the last 40 days. */
export function steadySales(product_id: string, location_id: string, quantity: number) {
  return Array.from({ length: 40 }, (_, i) => ({ date: daysBefore(40 - i), product_id, location_id, quantity }));
}

async function leaveForecast(warehouse: Warehouse, means: number[]): Promise<void> {
  const cells = means.flatMap((mean, series) => Array.from({ length: HORIZON }, (_, h) => ({ mean, series, h })));
  const of = (get: (cell: (typeof cells)[number]) => number) => Float64Array.from(cells, get);
  const quantiles = { q05: 0.5, q10: 0.6, q25: 0.8, q50: 1, q75: 1.2, q90: 1.4, q95: 1.5 };
  await warehouse.write(
    'out_forecast_series',
    {
      series_idx: 'i32',
      h: 'i32',
      model: 'text',
      is_champion: 'flag',
      fallback_code: 'text',
      mean: 'f64',
      ...(Object.fromEntries(Object.keys(quantiles).map((name) => [name, 'f64'])) as Record<'q05', 'f64'>),
    },
    {
      series_idx: Int32Array.from(cells, (cell) => cell.series),
      h: Int32Array.from(cells, (cell) => cell.h),
      model: cells.map(() => 'ets'),
      is_champion: Uint8Array.from(cells, () => 1),
      fallback_code: cells.map(() => null),
      mean: of((cell) => cell.mean),
      ...(Object.fromEntries(
        Object.entries(quantiles).map(([name, factor]) => [name, of((cell) => cell.mean * factor)]),
      ) as Record<'q05', Float64Array>),
    },
  );
  const backtest = [0, 1, 2, 3].flatMap((cutoff) => cells.map((cell) => ({ ...cell, cutoff })));
  await warehouse.write(
    'out_backtest_series',
    { series_idx: 'i32', cutoff_idx: 'i32', h: 'i32', actual: 'f64', forecast: 'f64' },
    {
      series_idx: Int32Array.from(backtest, (cell) => cell.series),
      cutoff_idx: Int32Array.from(backtest, (cell) => cell.cutoff),
      h: Int32Array.from(backtest, (cell) => cell.h),
      actual: Float64Array.from(backtest, (cell) => cell.mean),
      forecast: Float64Array.from(backtest, (cell) => cell.mean),
    },
  );
  await warehouse.run('create table out_hidden_demand (series_idx integer, period_idx integer, demand float)');
}

export async function runRestock({ forecast, restock, ...rows }: Given) {
  const { warehouse, config } = await warehouseWith(rows, AS_OF, { restock });
  await leaveForecast(warehouse, forecast);
  const result = await restockJob.run({
    folder: '.',
    config,
    asOf: dayOf(AS_OF),
    seed: 1,
    warehouse,
    executor: inlineExecutor(),
    progress: { update: () => undefined },
    has: () => true,
  });
  const orders = await warehouse.readRows<MartRow>('mart_restock', ['product_id', 'location_id']);
  const transfers = await warehouse.readRows<{ from_location_id: string; to_location_id: string; quantity: number }>(
    'mart_transfer',
  );
  warehouse.close();
  return { result, orders, transfers };
}

/** One store, one product, all terms given. */
export const oneStore = {
  sales: steadySales('tea', 'north', 10),
  products: [{ product_id: 'tea', unit_cost: 4, list_price: 10, pack_size: 12, supplier_id: 'acme' }],
  locations: [{ location_id: 'north', region: 'R1', kind: 'store' }],
  supply: [
    {
      supplier_id: 'acme',
      lead_time_days: 4,
      review_period_days: 3,
      holding_cost_per_unit_day: 0.01,
      shortage_cost_per_unit: 6,
    },
  ],
};
