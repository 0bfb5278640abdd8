import type { EpochDay } from '../../data/day.ts';
import { rankOrders } from '../../models/restock/priority.ts';
import { NO_VALUE } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type PlannedPair, reasonOf } from './plan-pairs.ts';

const OUT = {
  pair_idx: 'i32',
  order_by_day: 'i32',
  order_quantity: 'f64',
  days_of_cover: 'f64',
  stockout_probability: 'f64',
  stockout_probability_after: 'f64',
  value_at_stake: 'f64',
  units_saved: 'f64',
  units_missed_before: 'f64',
  reason_code: 'text',
  reason: 'text',
  reason_zh: 'text',
  priority: 'i32',
  inbound_quantity: 'f64',
  order_up_to: 'f64',
  demand_mean: 'f64',
  demand_30_days: 'f64',
  window_days: 'i32',
  target_probability: 'f64',
  target_method: 'text',
  lead_time_days: 'i32',
  review_period_days: 'i32',
  is_surge: 'flag',
  data_issues: 'text',
  wait_days: 'i32',
  moved_quantity: 'f64',
  safety_stock_at: 'text',
  limited_by: 'text',
} as const;

/** Forecast demand of 30 days in the stores of each region. */
export function regionDemandOf(planned: readonly PlannedPair[]): Map<string, number> {
  const regionDemand = new Map<string, number>();
  for (const { pair, demand30Days } of planned) {
    if (!pair.isWarehouse) regionDemand.set(pair.region, (regionDemand.get(pair.region) ?? 0) + demand30Days);
  }
  return regionDemand;
}

/** Ranks the plans and writes `out_restock`. */
export async function writeOrders(
  warehouse: Warehouse,
  planned: readonly PlannedPair[],
  asOf: EpochDay,
): Promise<void> {
  const regionDemand = regionDemandOf(planned);
  const priority = rankOrders(
    planned.map(({ pair, plan, isSurge }) => ({
      quantity: plan.quantity,
      isSurge,
      isWarehouse: pair.isWarehouse,
      regionDemand: regionDemand.get(pair.region) ?? 0,
      value: plan.value,
      orderByDay: plan.orderByDay,
    })),
  );
  const reasons = planned.map((each) => reasonOf(each, asOf));
  const numbers = (of: (planned: PlannedPair) => number): Float64Array =>
    Float64Array.from(planned, (each) => (Number.isFinite(of(each)) ? of(each) : Number.NaN));
  const wholes = (of: (planned: PlannedPair) => number): Int32Array =>
    Int32Array.from(planned, (each) => (Number.isFinite(of(each)) ? of(each) : NO_VALUE));
  const texts = (of: (planned: PlannedPair) => string): string[] => planned.map(of);
  await warehouse.write('out_restock', OUT, {
    pair_idx: wholes(({ pair }) => pair.index),
    order_by_day: wholes(({ plan }) => plan.orderByDay),
    order_quantity: numbers(({ plan }) => plan.quantity),
    days_of_cover: numbers(({ plan }) => plan.coverDays),
    stockout_probability: numbers(({ plan }) => plan.stockoutProbability),
    stockout_probability_after: numbers(({ plan }) => plan.stockoutProbabilityAfter),
    value_at_stake: numbers(({ plan }) => plan.value),
    units_saved: numbers(({ plan }) => plan.unitsSaved),
    units_missed_before: numbers(({ plan }) => plan.unitsMissedBefore),
    reason_code: texts(({ code }) => code),
    reason: reasons.map(({ en }) => en),
    reason_zh: reasons.map(({ zh }) => zh),
    priority,
    inbound_quantity: numbers(({ plan }) => plan.inbound),
    order_up_to: numbers(({ plan }) => plan.orderUpTo),
    demand_mean: numbers(({ plan }) => plan.windowDemand),
    demand_30_days: numbers(({ demand30Days }) => demand30Days),
    window_days: wholes(({ plan }) => plan.windowDays),
    target_probability: numbers(({ plan }) => plan.target),
    target_method: texts(({ plan }) => plan.method),
    lead_time_days: wholes(({ pair }) => pair.terms.leadDays - pair.waitDays),
    review_period_days: wholes(({ pair }) => pair.terms.reviewDays),
    is_surge: Uint8Array.from(planned, ({ isSurge }) => (isSurge ? 1 : 0)),
    data_issues: texts(({ pair }) => pair.issues.map(({ code }) => code).join('; ')),
    wait_days: wholes(({ pair }) => pair.waitDays),
    moved_quantity: numbers(({ moved }) => moved),
    safety_stock_at: texts(({ safetyAt }) => safetyAt),
    limited_by: texts(({ limitedBy }) => limitedBy.join('; ')),
  });
}
