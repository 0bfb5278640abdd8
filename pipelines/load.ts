import { mkdirSync, rmSync } from 'node:fs';
import type { Job, JobContext, JobResult } from './job.ts';
import { writeAccounts, writeDuplicate, writeWarnings } from './load/accounts.ts';
import { describeLoad } from './load/describe.ts';
import { readFileSummaries, refusedError } from './load/file-summaries.ts';
import { loadAny } from './load/load-any.ts';
import { planLoad } from './load/plan.ts';
import { refreshRawTables } from './load/raw-tables.ts';
import { resolveSources } from './load/sources.ts';
import { forgetUnits, keepUnits, prepareTables, workFolderOf } from './load/state.ts';
import { referenceWarnings } from './load/warnings.ts';
import { forget } from './warehouse/sql-models.ts';

export { type FileSummary, readFileSummaries } from './load/file-summaries.ts';
export { createRawTables, rawColumns } from './load/raw-tables.ts';

/**
 * Reads the files that the config names into `raw_<table>`, every record accounted for in `raw_file` and `quarantine`.
 * What is loaded is a function of the files and the config alone; a file that did not change is not read again.
 * It commits unit by unit and must not run inside a transaction: row ids, which tell the line, are final only then.
 *
 * @throws LeadtimeError `FILE_REFUSED` where a file cannot be loaded as a whole, after the others are loaded and the
 *   account is written; `SOURCE_NOT_FOUND`, `SOURCE_NOT_READABLE`, `CONFIG_INVALID`, `SQL_FAILED`
 */
async function run({ folder, config, warehouse, progress }: JobContext): Promise<JobResult> {
  const units = resolveSources(folder, config);
  progress.update('Reading file hashes');
  const plan = planLoad(units);
  await prepareTables(warehouse);
  await forgetUnits(warehouse, plan.units);
  const known = await keepUnits(warehouse, plan.units);

  const workFolder = await workFolderOf(warehouse);
  try {
    for (const [i, unit] of plan.units.entries()) {
      if (known.has(unit.key)) continue;
      progress.update(`Loading ${unit.files.map(({ path }) => path).join(', ')}`, i / plan.units.length);
      rmSync(workFolder, { recursive: true, force: true });
      mkdirSync(workFolder, { recursive: true });
      const { accounts, warnings } = await loadAny(warehouse, unit, workFolder);
      await warehouse.transaction(async () => {
        await writeAccounts(warehouse, unit, accounts);
        await writeWarnings(warehouse, warnings, unit.key);
      });
    }
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
  await warehouse.transaction(async () => {
    for (const { unit, of } of plan.duplicates) await writeDuplicate(warehouse, unit, of);
    await refreshRawTables(warehouse);
    await writeWarnings(warehouse, await referenceWarnings(warehouse), null);
    forget(warehouse);
    await warehouse.build(loadJob.marts);
  });
  const files = await readFileSummaries(warehouse);
  const refused = files.filter((file) => file.is_refused);
  if (refused.length > 0) throw refusedError(refused);
  return describeLoad(warehouse, files);
}

export const loadJob: Job = {
  name: 'load',
  needs: [],
  requires: [],
  marts: ['mart_input_file', 'mart_quarantine'],
  run,
};
