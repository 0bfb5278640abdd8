import type { ConfigInput } from '../../../data/contract/config.ts';
import { dayOf, isoDateOf } from '../../../data/day.ts';
import { inlineExecutor } from '../../../pipelines/executor/executor.ts';
import { restockJob } from '../../../pipelines/restock.ts';
import { exportParquet } from '../../../pipelines/snapshot/export-files.ts';
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
  await warehouse.run(
    'create table out_window_trees (series_idx integer, periods integer, share float, q50 float, q75 float, q90 float, q95 float)',
  );
  await warehouse.run('create table out_hidden_demand (series_idx integer, period_idx integer, demand float)');
}

export interface WorkOrder {
  work_order_id: string;
  status: string;
  kind: string;
  action: string;
  source_id: string;
  supplier_order_id: string | null;
  product_id: string;
  location_id: string;
  quantity: number;
  order_on: string | null;
  order_by: string | null;
  is_overdue: boolean | null;
  opened_on: string;
  updated_on: string;
  closed_on: string | null;
  version: number;
  value_at_stake: number | null;
  probability: number;
  reason_code: string;
  reason: string;
  reason_zh: string;
  arithmetic: string;
  arithmetic_zh: string;
}

/**
 * Runs the restock job in memory.
 *
 * @param carried file of work orders that an earlier morning left, and one to leave this morning's in
 */
export async function runRestock(
  { forecast, restock, ...rows }: Given,
  asOf = AS_OF,
  carried: { from?: string; to?: string } = {},
) {
  const { warehouse, config } = await warehouseWith(rows, asOf, { restock });
  await leaveForecast(warehouse, forecast);
  const result = await restockJob.run({
    folder: '.',
    config,
    asOf: dayOf(asOf),
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
  if (carried.from) {
    await warehouse.runFile('publish/previous_work_orders', { relation: `read_parquet('${carried.from}')` });
  } else {
    await warehouse.runFile('publish/no_work_orders');
  }
  await warehouse.build(['mart_work_order', 'mart_supplier_order']);
  if (carried.to) await exportParquet(warehouse, 'mart_work_order', [], carried.to);
  const workOrders = await warehouse.readRows<WorkOrder>('mart_work_order', ['kind', 'work_order_id']);
  const supplierOrders = await warehouse.readRows<Record<string, unknown>>('mart_supplier_order', [
    'supplier_order_id',
  ]);
  warehouse.close();
  return { result, orders, transfers, workOrders, supplierOrders };
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
