import type { Coverage } from '../../models/restock/coverage.ts';
import type { JobResult } from '../job.ts';
import type { LimitSummary } from './limit-orders.ts';
import type { PlannedPair } from './plan-pairs.ts';

const tenth = (share: number): number => Math.round(share * 1000) / 10;

/** What a person reads at the end of the run. */
export function summarise(
  planned: readonly PlannedPair[],
  coverage: Coverage,
  moved: { transfers: number; value: number },
  limited: LimitSummary,
  triggers: ReadonlyMap<string, number>,
): JobResult {
  const orders = planned.filter(({ plan }) => plan.quantity > 0);
  const value = orders.reduce((sum, { plan }) => sum + (plan.value || 0), 0);
  const surges = orders.filter(({ isSurge }) => isSurge).length;
  const count = (code: string): number => planned.filter((each) => each.code === code).length;
  const covered = coverage.windows > 0 ? coverage.covered / coverage.windows : 0;
  const notes = [`${orders.length} of ${planned.length} product locations need an order.`];
  if (surges > 0) notes.push(`${surges} of them because demand is about to rise manifold.`);
  if (coverage.windows > 0) {
    notes.push(
      `In backtest demand stayed within the order-up-to level in ${tenth(covered)} % of ${coverage.windows} windows; the target was ${tenth(coverage.target)} %.`,
    );
  }
  if (limited.changed > 0) {
    notes.push(
      `Limits over all orders changed ${limited.changed} of them (${limited.binding} of ${limited.limits} bind); other quantities could save at most ${limited.gap} more.`,
    );
  }
  if (limited.uncounted > 0) {
    notes.push(`${limited.uncounted} orders have no cost, volume or weight that a limit could count.`);
  }
  if (count('STOCK_UNKNOWN') > 0) notes.push(`${count('STOCK_UNKNOWN')} have no stock count and get no order.`);
  return {
    counts: {
      product_locations: planned.length,
      work_orders: orders.length,
      surges,
      stocked_out: count('STOCKED_OUT'),
      stock_unknown: count('STOCK_UNKNOWN'),
      transfers: moved.transfers,
      limited: limited.changed,
      stockouts_ahead: triggers.get('stockout_ahead') ?? 0,
      late_deliveries: triggers.get('late_delivery') ?? 0,
      dead_stocks: triggers.get('dead_stock') ?? 0,
      backtest_windows: coverage.windows,
      backtest_covered_pct: tenth(covered),
      backtest_target_pct: tenth(coverage.target),
    },
    money: [
      { name: 'restock_value_at_stake', amount: Math.round(value * 100) / 100 },
      { name: 'transfer_value', amount: Math.round(moved.value * 100) / 100 },
    ],
    notes,
  };
}
