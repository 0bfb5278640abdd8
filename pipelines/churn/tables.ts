import type { RiskRow } from '../../models/churn/risk-table.ts';
import { type ColumnSpec, type Columns, NO_VALUE } from '../warehouse/columns.ts';

export const CUSTOMER_RISK = {
  customer_idx: 'i32',
  method: 'text',
  horizon_days: 'i32',
  risk: 'f64',
  usual_risk: 'f64',
  risk_before: 'f64',
  p_alive: 'f64',
  status: 'text',
  trend: 'text',
  tier: 'text',
  recency_days: 'i32',
  frequency: 'i32',
  age_days: 'i32',
  last_order_on: 'day',
  year_value: 'f64',
  total_value: 'f64',
  value_per_order: 'f64',
  expected_orders: 'f64',
  expected_orders_year: 'f64',
  value_at_risk: 'f64',
  value_at_risk_year: 'f64',
  lifetime_value: 'f64',
  health_rhythm: 'f64',
  health_spend: 'f64',
  health_payment: 'f64',
  health_contact: 'f64',
  reason_1: 'text',
  reason_2: 'text',
  reason_3: 'text',
  reason_1_zh: 'text',
  reason_2_zh: 'text',
  reason_3_zh: 'text',
  action: 'text',
  action_zh: 'text',
} as const satisfies ColumnSpec;

export const CHURN_BACKTEST = {
  method: 'text',
  cutoff_on: 'day',
  customers: 'i32',
  base_rate: 'f64',
  auc: 'f64',
  brier: 'f64',
  log_loss: 'f64',
  bias: 'f64',
  is_champion: 'flag',
} as const satisfies ColumnSpec;

export const CHURN_RELIABILITY = {
  method: 'text',
  risk_from: 'f64',
  risk_to: 'f64',
  customers: 'i32',
  predicted: 'f64',
  actual: 'f64',
  is_champion: 'flag',
} as const satisfies ColumnSpec;

export const DEAL_PACE = {
  deal_idx: 'i32',
  days_in_stage: 'i32',
  expected_days: 'f64',
  limit_days: 'f64',
  slower_share: 'f64',
  alert: 'flag',
  reason: 'text',
  reason_zh: 'text',
  action: 'text',
  action_zh: 'text',
} as const satisfies ColumnSpec;

export const DEAL_BACKTEST = {
  cutoff_on: 'day',
  alert: 'flag',
  deals: 'i32',
  won: 'i32',
  lost: 'i32',
  still_open: 'i32',
} as const satisfies ColumnSpec;

/** A row for a table of that shape; a flag may be a boolean. */
export type RowOf<Spec extends ColumnSpec> = {
  [Name in keyof Spec]: Spec[Name] extends 'text' ? string : Spec[Name] extends 'flag' ? boolean : number;
};

/** Turns rows into columns. NaN becomes NULL, in whole numbers too. */
export function columnsOf<Spec extends ColumnSpec>(spec: Spec, rows: readonly RowOf<Spec>[]): Columns<Spec> {
  const columns: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(spec)) {
    const values = rows.map((row) => (row as Record<string, string | number | boolean>)[name]!);
    const whole = (value: unknown): number => (Number.isNaN(value) ? NO_VALUE : Number(value));
    if (kind === 'text') columns[name] = values;
    else if (kind === 'flag') columns[name] = Uint8Array.from(values, Number);
    else if (kind === 'f64') columns[name] = Float64Array.from(values, Number);
    else if (kind === 'f32') columns[name] = Float32Array.from(values, Number);
    else columns[name] = Int32Array.from(values, whole);
  }
  return columns as Columns<Spec>;
}

export function riskTableRow(row: RiskRow): RowOf<typeof CUSTOMER_RISK> {
  const [first, second, third] = row.reasons as [RiskRow['action'], RiskRow['action'], RiskRow['action']];
  return {
    ...row,
    reason_1: first.en,
    reason_2: second.en,
    reason_3: third.en,
    reason_1_zh: first.zh,
    reason_2_zh: second.zh,
    reason_3_zh: third.zh,
    action: row.action.en,
    action_zh: row.action.zh,
  };
}
