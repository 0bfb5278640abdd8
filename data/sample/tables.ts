import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { contractOf, TABLE_NAMES, type TableName } from '../contract/tables.ts';
import { CsvWriter } from './csv-writer.ts';

/** Truth kept beside the input, by file, with its columns. A replay reads demand and the company's orders, to judge by; no decision does. */
export const TRUTH_TABLES = {
  products: [
    'product_id',
    'pace',
    'own_elasticity',
    'base_per_day',
    'dispersion_size',
    'trend_per_year',
    'season_amplitude',
    'season_peak_day',
    'launched_on',
    'ended_on',
    'is_overstocked',
  ],
  cross_elasticities: ['product_id', 'other_product_id', 'elasticity'],
  promotion_effects: ['kind', 'log_effect'],
  indicator_effects: ['category', 'consumer_confidence', 'energy_price'],
  demand_censored: ['date', 'product_id', 'location_id', 'sold', 'demand', 'mean_demand'],
  demand_future: ['date', 'product_id', 'location_id', 'demand', 'mean_demand'],
  company: [
    'week_from',
    'product_id',
    'kind',
    'stock_unit_days',
    'orders',
    'ordered_units',
    'deliveries',
    'deliveries_short',
  ],
  customers: [
    'customer_id',
    'purchase_rate_per_day',
    'dropout_probability',
    'is_alive',
    'dropped_out_on',
    'orders_next_90_days',
    'revenue_next_90_days',
  ],
  opportunities: ['opportunity_id', 'is_stalled', 'final_stage', 'final_outcome', 'closed_on'],
  funnel_drops: ['stage', 'segment', 'starts_on', 'ends_on', 'fraction_lost'],
} as const;

export type TruthName = keyof typeof TRUTH_TABLES;

/** Columns of `customers` beyond the contract, as free attributes. */
export const CUSTOMER_ATTRIBUTES = ['industry', 'plan', 'employees'] as const;

/** One open CSV writer per input table and per truth table. */
export interface SampleTables {
  input: Record<TableName, CsvWriter>;
  truth: Record<TruthName, CsvWriter>;
}

/** Columns of an input file: those of the contract, and the free attributes of customers. */
export function columnsOf(table: TableName): string[] {
  const columns = Object.keys(contractOf(table).columns);
  return table === 'customers' ? [...columns, ...CUSTOMER_ATTRIBUTES] : columns;
}

/** Opens `input/<table>.csv` and `truth/<table>.csv` in a project folder, which is made where needed. */
export function openTables(folder: string): SampleTables {
  mkdirSync(join(folder, 'input'), { recursive: true });
  mkdirSync(join(folder, 'truth'), { recursive: true });
  const input = TABLE_NAMES.map((name) => [name, new CsvWriter(join(folder, 'input', `${name}.csv`), columnsOf(name))]);
  const truth = Object.entries(TRUTH_TABLES).map(([name, columns]) => [
    name,
    new CsvWriter(join(folder, 'truth', `${name}.csv`), columns),
  ]);
  return { input: Object.fromEntries(input), truth: Object.fromEntries(truth) };
}

export function closeTables({ input, truth }: SampleTables): void {
  for (const writer of [...Object.values(input), ...Object.values(truth)]) writer.close();
}
