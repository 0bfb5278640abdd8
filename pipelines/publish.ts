import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job, JobContext, JobResult } from './job.ts';
import { carryWorkOrders, WORK_ORDER_MARTS } from './publish/carry-work-orders.ts';
import { currentMarts } from './publish/current-marts.ts';
import { writeRunTable } from './publish/run-table.ts';
import { exportArrow } from './snapshot/export-arrow.ts';
import { exportCsv, exportParquet } from './snapshot/export-files.ts';
import { martColumns } from './snapshot/mart-columns.ts';
import { createDraft, digestOf, isNewestMorning, type Manifest, publishDraft } from './snapshot/snapshot-store.ts';
import { modelKey } from './warehouse/sql-models.ts';
import { webhookMessages } from './webhook/messages.ts';
import { OUTBOX_FILE } from './webhook/outbox.ts';

/**
 * Publishes every current mart as one snapshot: Parquet, CSV, Arrow, manifest and report, switched in one rename.
 *
 * @param jobs whose marts those are, in running order
 */
export const publishJob = (jobs: readonly Job[]): Job => ({
  name: 'publish',
  needs: ['load'],
  requires: [],
  marts: ['mart_run'],
  async run(context: JobContext): Promise<JobResult> {
    const { warehouse, project, config, progress } = context;
    const { marts, left } = await currentMarts(context, jobs);
    await writeRunTable(context);
    await warehouse.build(['mart_run']);

    const draft = createDraft(project.paths.snapshots);
    const manifest = emptyManifest(context);
    if (marts.includes('mart_restock')) {
      progress.update('publish work orders');
      manifest.work_orders_from = await carryWorkOrders(context);
      marts.push(...WORK_ORDER_MARTS);
    }
    for (const [at, mart] of [...marts, 'mart_run'].sort().entries()) {
      progress.update(`publish ${mart}`, at / (marts.length + 1));
      await exportMart(context, mart, draft, manifest);
    }
    // a look back at an older morning is nobody's order
    const isCurrent = isNewestMorning(project.paths.snapshots, context.entry.as_of);
    if (config.restock.webhook && isCurrent && marts.includes(WORK_ORDER_MARTS[0])) {
      writeFileSync(join(draft, OUTBOX_FILE), JSON.stringify(await webhookMessages(warehouse, context.entry, config)));
      addFile(manifest, draft, OUTBOX_FILE);
    }
    if (context.renderReport) {
      progress.update('publish report.html');
      writeFileSync(join(draft, 'report.html'), await context.renderReport(draft, manifest));
      addFile(manifest, draft, 'report.html');
    }
    const snapshot = publishDraft(project.paths.snapshots, draft, manifest);
    if (context.renderReport)
      replaceReport(join(project.paths.snapshots, snapshot, 'report.html'), project.paths.report);
    return {
      counts: { marts: manifest.marts.length, rows: manifest.marts.reduce((sum, mart) => sum + mart.rows, 0) },
      notes: left.map((job) => `${job} is not current for this run and was left out of the snapshot.`),
      snapshot,
    };
  },
});

function emptyManifest({ entry, config }: JobContext): Manifest {
  return {
    format: 1,
    run_id: entry.run_id,
    as_of: entry.as_of,
    version: entry.version,
    seed: entry.seed,
    name: config.name,
    currency: config.currency,
    marts: [],
    files: [],
  };
}

function addFile(manifest: Manifest, draft: string, file: string): void {
  manifest.files.push({ file, ...digestOf(join(draft, file)) });
}

async function exportMart(context: JobContext, mart: string, draft: string, manifest: Manifest): Promise<void> {
  const { warehouse } = context;
  const key = modelKey(mart);
  const columns = await martColumns(warehouse, mart);
  await exportParquet(warehouse, mart, key, join(draft, `${mart}.parquet`));
  mkdirSync(join(draft, 'exports'), { recursive: true });
  await exportCsv(warehouse, mart, columns, key, join(draft, 'exports', `${mart}.csv`));
  await exportArrow(warehouse, mart, columns, key, join(draft, 'exports', `${mart}.arrow`));
  const rows = (await warehouse.rows<{ n: number }>(`select count(*)::double as n from ${mart}`))[0]!.n;
  manifest.marts.push({ name: mart, file: `${mart}.parquet`, rows, ...digestOf(join(draft, `${mart}.parquet`)) });
  addFile(manifest, draft, join('exports', `${mart}.csv`));
  addFile(manifest, draft, join('exports', `${mart}.arrow`));
}

function replaceReport(from: string, to: string): void {
  const draft = `${to}.${process.pid}.tmp`;
  copyFileSync(from, draft);
  renameSync(draft, to);
}
