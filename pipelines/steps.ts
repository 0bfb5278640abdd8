import { createHash } from 'node:crypto';
import type { Job } from './job.ts';
import type { JobName } from './job-names.ts';
import type { LedgerEntry, LedgerStep } from './ledger.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

/**
 * sha256 of everything a step's result depends on: code, config, as-of date, seed, the steps it reads, and for `load`
 * the contents of the input files.
 */
export function stepKey(
  job: Pick<Job, 'name' | 'needs'>,
  entry: LedgerEntry,
  keys: ReadonlyMap<JobName, string>,
  more = '',
): string {
  const inputs = job.name === 'load' ? entry.files.map((file) => [file.table, file.sha256]) : [];
  const parts = [
    job.name,
    entry.version,
    entry.config_sha256,
    job.name === 'load' ? '' : entry.as_of,
    entry.seed,
    job.needs.map((need) => keys.get(need) ?? 'skipped'),
    inputs,
    more,
    ...(job.name === 'replay' ? [entry.replay ?? {}] : []),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

type StepResult = Pick<LedgerStep, 'counts' | 'money' | 'notes' | 'models' | 'backtest'>;

/** What an earlier run left for the same key, or undefined. */
export async function currentStep(
  warehouse: Warehouse,
  step: Pick<LedgerStep, 'job' | 'key'>,
): Promise<StepResult | undefined> {
  if (!(await warehouse.hasRelation('meta_step'))) return undefined;
  const steps = await warehouse.readRows<{ job: string; key: string; result: string }>('meta_step');
  const found = steps.find(({ job, key }) => job === step.job && key === step.key);
  return found && (JSON.parse(found.result) as StepResult);
}

/** Records a step as done, within the transaction that wrote its tables. */
export async function recordStep(warehouse: Warehouse, step: LedgerStep): Promise<void> {
  const steps = (await warehouse.hasRelation('meta_step'))
    ? await warehouse.readRows<{ job: string; key: string; result: string }>('meta_step', ['job'])
    : [];
  const { counts, money, notes, models, backtest } = step;
  const kept = [
    ...steps.filter(({ job }) => job !== step.job),
    { job: step.job, key: step.key, result: JSON.stringify({ counts, money, notes, models, backtest }) },
  ];
  await warehouse.write(
    'meta_step',
    { job: 'text', key: 'text', result: 'text' },
    { job: kept.map((s) => s.job), key: kept.map((s) => s.key), result: kept.map((s) => s.result) },
  );
}
