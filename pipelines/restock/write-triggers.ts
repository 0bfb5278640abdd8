import type { RestockConfig } from '../../data/contract/config/restock.ts';
import type { EpochDay } from '../../data/day.ts';
import type { Trigger } from '../../models/restock/triggers/trigger.ts';
import { triggersOf } from '../../models/restock/triggers/triggers.ts';
import { NO_VALUE } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type PlannedPair, reasonOf } from './plan-pairs.ts';

const OUT = {
  pair_idx: 'i32',
  kind: 'text',
  action: 'text',
  reason_code: 'text',
  quantity: 'f64',
  order_by_day: 'i32',
  is_due_now: 'flag',
  value_at_stake: 'f64',
  probability: 'f64',
  reason: 'text',
  reason_zh: 'text',
  arithmetic: 'text',
  arithmetic_zh: 'text',
} as const;

/** Works out what is to be done about each pair and leaves `out_work_trigger` and `out_work_ordered` for the publish. */
export async function writeTriggers(
  warehouse: Warehouse,
  planned: readonly PlannedPair[],
  config: RestockConfig,
  context: { asOf: EpochDay; currency: string },
): Promise<Map<string, number>> {
  const rows = planned.flatMap((each) =>
    triggersOf(
      {
        ...each,
        ...context,
        inbound: each.pair.inbound,
        terms: each.pair.terms,
        unitCost: each.pair.unitCost,
        reason: reasonOf(each, context.asOf),
      },
      config,
    ).map((trigger) => ({ each, trigger })),
  );
  const dayOf = ({ each, trigger }: (typeof rows)[number]): number =>
    trigger.action === 'order' && Number.isFinite(each.plan.orderByDay) ? each.plan.orderByDay : NO_VALUE;
  const text = (of: (trigger: Trigger) => string): string[] => rows.map(({ trigger }) => of(trigger));
  const number = (of: (trigger: Trigger) => number): Float64Array =>
    Float64Array.from(rows, ({ trigger }) => of(trigger));
  await warehouse.write('out_trigger', OUT, {
    pair_idx: Int32Array.from(rows, ({ each }) => each.pair.index),
    kind: text(({ kind }) => kind),
    action: text(({ action }) => action),
    reason_code: text(({ code }) => code),
    quantity: number(({ quantity }) => quantity),
    order_by_day: Int32Array.from(rows, dayOf),
    is_due_now: Uint8Array.from(rows, (row) => (dayOf(row) <= row.each.pair.waitDays ? 1 : 0)),
    value_at_stake: number(({ value }) => value),
    probability: number(({ probability }) => probability),
    reason: text(({ reason }) => reason.en),
    reason_zh: text(({ reason }) => reason.zh),
    arithmetic: text(({ arithmetic }) => arithmetic.map(({ en }) => en).join('\n')),
    arithmetic_zh: text(({ arithmetic }) => arithmetic.map(({ zh }) => zh).join('\n')),
  });
  await warehouse.runFile('restock/keep_triggers');
  await warehouse.runFile('restock/keep_ordered');
  const counts = new Map<string, number>();
  for (const { trigger } of rows) counts.set(trigger.kind, (counts.get(trigger.kind) ?? 0) + 1);
  return counts;
}
