import { join } from 'node:path';
import type { JobContext } from '../job.ts';
import { type Manifest, snapshotBefore } from '../snapshot/snapshot-store.ts';
import { quoteText } from '../warehouse/columns.ts';

/** The marts that carry work orders from morning to morning. */
export const WORK_ORDER_MARTS = ['mart_work_order', 'mart_supplier_order'] as const;

/**
 * Builds the work orders of this morning on those of the newest snapshot of an earlier one. As the carried state lies in
 * snapshots, it changes with the publish or not at all, a morning that is run again gives the same, and an older morning
 * goes on from what was open then.
 *
 * @returns the run that they were carried from, if there is one
 */
export async function carryWorkOrders({ warehouse, project, entry }: JobContext): Promise<string | undefined> {
  const holdsThem = (manifest: Manifest): boolean => manifest.marts.some(({ name }) => name === WORK_ORDER_MARTS[0]);
  const previous = snapshotBefore(project.paths.snapshots, entry.as_of, holdsThem);
  if (previous) {
    const file = join(previous.folder, `${WORK_ORDER_MARTS[0]}.parquet`);
    await warehouse.runFile('publish/previous_work_orders', { relation: `read_parquet(${quoteText(file)})` });
  } else {
    await warehouse.runFile('publish/no_work_orders');
  }
  await warehouse.build(WORK_ORDER_MARTS);
  return previous?.manifest.run_id;
}
