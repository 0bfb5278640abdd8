import { createHash } from 'node:crypto';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** What is sent of one supplier, or of one kind of action that is no order. */
export interface WebhookMessage {
  /** The same for the same versions of the same work orders: receivers that have seen it need do nothing. */
  idempotency_key: string;
  /** The exact text that is signed and sent. */
  body: string;
}

interface Line {
  work_order_id: string;
  version: number;
  status: string;
  action: string;
  source_id: string;
  source_kind: string;
  order_on: string | null;
  updated_on: string;
  quantity: number;
  goods_cost: number | null;
  [column: string]: unknown;
}

/**
 * Messages about what was opened, updated or closed this morning, one per supplier or warehouse and action, each with all its
 * lines. They hold no time of day, so that a morning that is run again makes the same ones.
 */
export async function webhookMessages(
  warehouse: Warehouse,
  { as_of, run_id }: { as_of: string; run_id: string },
  project: { name: string; currency: string },
): Promise<WebhookMessage[]> {
  const groups = new Map<string, Line[]>();
  for (const line of await warehouse.readRows<Line>('mart_work_order', ['source_id', 'act_on', 'work_order_id'])) {
    const key = JSON.stringify([line.action, line.source_kind, line.source_id]);
    const lines = groups.get(key) ?? [];
    lines.push(line);
    groups.set(key, lines);
  }
  return [...groups]
    .filter(([, lines]) => lines.some(({ updated_on }) => updated_on === as_of))
    .map(([group, lines]) => {
      const versions = lines.map(({ work_order_id, version, status }) => [work_order_id, version, status]).sort();
      const idempotency_key = createHash('sha256')
        .update(JSON.stringify([project.name, group, versions]))
        .digest('hex')
        .slice(0, 32);
      const { action, source_kind, source_id } = lines[0]!;
      const open = lines.filter(({ status }) => status !== 'closed');
      const body = JSON.stringify({
        event: 'work_orders',
        idempotency_key,
        project: project.name,
        currency: project.currency,
        as_of,
        run_id,
        action,
        source_kind,
        source_id,
        order_on: open[0]?.order_on ?? null,
        open_lines: open.length,
        quantity: open.reduce((sum, line) => sum + line.quantity, 0),
        goods_cost: Math.round(open.reduce((sum, line) => sum + (line.goods_cost ?? 0), 0) * 100) / 100,
        lines,
      });
      return { idempotency_key, body };
    });
}
