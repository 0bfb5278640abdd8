import type { JobContext } from '../job.ts';
import { type LedgerEntry, readLedger } from '../ledger.ts';

const spec = {
  run_id: 'text',
  as_of: 'text',
  jobs: 'text',
  seed: 'i32',
  version: 'text',
  config_sha256: 'text',
  inputs: 'i32',
  records: 'f64',
  loaded: 'f64',
  quarantined: 'f64',
  steps: 'text',
  money: 'text',
} as const;

/**
 * Leaves `out_run`: finished runs and this one, once per run id. Times of day stay in the ledger, so that the same run
 * publishes the same bytes.
 */
export async function writeRunTable({ warehouse, project, entry }: JobContext): Promise<void> {
  const runs = new Map<string, LedgerEntry>();
  for (const run of readLedger(project.paths.ledger)) if (run.status === 'done') runs.set(run.run_id, run);
  runs.set(entry.run_id, entry as LedgerEntry);
  const all = [...runs.values()].sort((a, b) => (a.run_id < b.run_id ? -1 : 1));
  const total = (run: LedgerEntry, field: 'records' | 'loaded' | 'quarantined'): number =>
    run.files.reduce((sum, file) => sum + file[field], 0);
  await warehouse.write('out_run', spec, {
    run_id: all.map((run) => run.run_id),
    as_of: all.map((run) => run.as_of),
    jobs: all.map((run) => run.jobs.join(' ')),
    seed: Int32Array.from(all, (run) => run.seed),
    version: all.map((run) => run.version),
    config_sha256: all.map((run) => run.config_sha256),
    inputs: Int32Array.from(all, (run) => run.files.length),
    records: Float64Array.from(all, (run) => total(run, 'records')),
    loaded: Float64Array.from(all, (run) => total(run, 'loaded')),
    quarantined: Float64Array.from(all, (run) => total(run, 'quarantined')),
    steps: all.map((run) => JSON.stringify(stepCounts(run))),
    money: all.map((run) => JSON.stringify(run.money)),
  });
}

function stepCounts(run: LedgerEntry): { job: string; skipped: boolean; counts: Record<string, number> }[] {
  return run.steps
    .filter((step) => step.job !== 'publish')
    .map(({ job, status, counts }) => ({ job, skipped: status === 'skipped', counts }));
}
