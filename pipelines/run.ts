import { existsSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { contractOf, TABLE_NAMES, type TableName } from '../data/contract/tables.ts';
import { dayOf, type EpochDay, isoDateOf } from '../data/day.ts';
import { LeadtimeError } from '../errors.ts';
import { type BacktestRecord, backtestId, keepBacktest } from './backtest/store.ts';
import { cachedExecutor } from './executor/cached-executor.ts';
import { workersExecutor } from './executor/executor.ts';
import type { JobContext, JobResult, Progress } from './job.ts';
import type { JobName } from './job-names.ts';
import { planJobs } from './jobs.ts';
import { type LedgerEntry, nextSequence, writeEntry } from './ledger.ts';
import { readFileSummaries } from './load/file-summaries.ts';
import { takeLock } from './lock.ts';
import { openProject, type Project } from './project.ts';
import type { ReplayAsked } from './replay/replay-options.ts';
import { clearDrafts } from './snapshot/snapshot-store.ts';
import { currentStep, recordStep, stepKey } from './steps.ts';
import { codeVersion } from './version.ts';
import { setRunVariables } from './warehouse/run-variables.ts';
import { Warehouse } from './warehouse/warehouse.ts';
import { sendAfterRun } from './webhook/after-run.ts';

export interface RunOptions {
  folder: string;
  /** Jobs asked for; those they need run first where they are not current. */
  jobs: readonly JobName[];
  /** ISO date; without one the config's, else the morning after the newest record. */
  asOf?: string;
  seed?: number;
  /** What the replay is asked for beyond the config. */
  replay?: ReplayAsked;
  /** The only clock: when it is, for the ledger. Results never depend on it. */
  now: () => Date;
  progress: Progress;
  renderReport?: JobContext['renderReport'];
  /** Secrets by the name that the config has for them; without it nothing is sent to the webhook. */
  secretOf?: (name: string) => string | undefined;
}

/** DuckDB needs about 2.5 times its limit of resident memory. */
export const WAREHOUSE_MEMORY = '1500MB';

/**
 * Runs jobs on a project, one process at a time, and keeps the ledger.
 *
 * Each job's tables and the record that it is done are committed together, so that a run that was stopped at any moment
 * goes on where it was. A failed run leaves the last snapshot serving.
 * @throws LeadtimeError with the entry kept in the ledger as failed
 */
export async function runJobs(options: RunOptions): Promise<LedgerEntry> {
  const project = openProject(options.folder);
  const release = lockOf(project);
  try {
    clearDrafts(project.paths.snapshots);
    return await runLocked(project, options);
  } finally {
    release();
  }
}

/** Takes the project's lock; a disk with no byte left is found out here already. */
function lockOf({ paths }: Project): () => void {
  try {
    return takeLock(paths.lock);
  } catch (error) {
    throw namedError(error);
  }
}

async function runLocked(project: Project, options: RunOptions): Promise<LedgerEntry> {
  const startedAt = options.now();
  const seconds = (): number => (options.now().getTime() - startedAt.getTime()) / 1000;
  const entry: LedgerEntry = {
    sequence: nextSequence(project.paths.ledger),
    run_id: '',
    status: 'running',
    as_of: options.asOf ?? project.config.asOf ?? '',
    seed: options.seed ?? project.config.seed,
    version: codeVersion,
    config_sha256: project.configHash,
    jobs: [...options.jobs],
    ...(options.replay && { replay: options.replay }),
    started_at: startedAt.toISOString(),
    seconds: 0,
    files: [],
    steps: [],
    money: [],
    snapshot: null,
  };
  if (entry.as_of) dayOf(entry.as_of);
  let warehouse: Warehouse | undefined;
  try {
    writeEntry(project.paths.ledger, entry);
    warehouse = await openWarehouse(project.paths.warehouse);
    await runSteps(project, options, entry, warehouse);
    entry.status = 'done';
    entry.seconds = seconds();
    warehouse.close();
    writeEntry(project.paths.ledger, entry);
    entry.webhook = await sendAfterRun(project, options);
    if (entry.webhook) keepEntry(project.paths.ledger, entry);
    return entry;
  } catch (error) {
    const named = namedError(error);
    entry.status = 'failed';
    entry.error = named instanceof LeadtimeError ? named.toJSON() : { message: String(error) };
    entry.seconds = seconds();
    warehouse?.close();
    keepEntry(project.paths.ledger, entry);
    throw named;
  }
}

/** Writes the entry where that is still possible; a failure itself is what people must hear of. */
function keepEntry(folder: string, entry: LedgerEntry): void {
  try {
    writeEntry(folder, entry);
  } catch {
    // a full disk keeps the ledger from being written too
  }
}

async function runSteps(
  project: Project,
  options: RunOptions,
  entry: LedgerEntry,
  warehouse: Warehouse,
): Promise<void> {
  const { config, folder } = project;
  const executor = cachedExecutor(workersExecutor(availableParallelism()), project.paths.cache, codeVersion);
  const rowsOf = new Map<TableName, number>();
  const context: JobContext = {
    project,
    folder,
    config,
    entry,
    asOf: entry.as_of ? dayOf(entry.as_of) : 0,
    seed: entry.seed,
    warehouse,
    executor,
    progress: options.progress,
    renderReport: options.renderReport,
    keepBacktest: ({ findings, cells }) => {
      const { cutoffs } = config.forecast;
      const step = entry.steps.at(-1)!;
      const id = backtestId(step.key, { cutoffs, gap: 0, refit: 'auto' });
      step.backtest = id;
      const { as_of, seed, version, config_sha256 } = entry;
      const record: BacktestRecord = { format: 1, id, as_of, seed, version, config_sha256, ...findings };
      keepBacktest(project.paths.backtests, record, cells);
    },
    has: (table) => (rowsOf.get(table) ?? 0) > 0 || (table === 'sales' && (rowsOf.get('orders') ?? 0) > 0),
  };
  await setRunVariables(warehouse, config, context.asOf);
  const keys = new Map<JobName, string>();
  for (const job of planJobs(options.jobs)) {
    const began = options.now().getTime();
    const step: LedgerEntry['steps'][number] = {
      job: job.name,
      status: 'running',
      key: '',
      seconds: 0,
      counts: {},
      money: [],
      notes: [],
    };
    entry.steps.push(step);
    const finish = (): void => {
      step.seconds = (options.now().getTime() - began) / 1000;
      writeEntry(project.paths.ledger, entry);
    };
    options.progress.update(job.name);
    const missing = job.requires.find((tables) => !tables.some(context.has));
    if (missing) {
      step.status = 'skipped';
      step.notes = [`${job.name} needs ${missing.join(' or ')}, which this project does not give.`];
      finish();
      continue;
    }
    if (job.name !== 'load') step.key = stepKey(job, entry, keys);
    const current = job.name === 'load' || job.name === 'publish' ? undefined : await currentStep(warehouse, step);
    if (current) {
      Object.assign(step, current, { status: 'reused' });
    } else {
      let refusal: LeadtimeError | undefined;
      try {
        // The load commits file by file, so that one damaged file does not undo the account of the others.
        const whole = <T>(work: () => Promise<T>) => (job.name === 'load' ? work() : warehouse.transaction(work));
        const result = await whole(async () => {
          const made = await job.run(context).catch((error: unknown) => {
            if (!(error instanceof LeadtimeError) || error.code !== 'FILE_REFUSED') throw error;
            refusal = error;
            return { counts: {} } as JobResult;
          });
          if (job.name === 'load') {
            entry.files = await readFileSummaries(warehouse);
            if (refusal) return made;
            Object.assign(entry, await afterLoad(warehouse, config.frequency === 'weekly' ? 7 : 1, entry));
            step.key = stepKey(job, entry, keys);
          }
          const { counts, money = [], notes = [], models } = made;
          Object.assign(step, { counts, money, notes, ...(models && { models }) });
          await recordStep(warehouse, step);
          return made;
        });
        if (refusal) throw refusal;
        entry.snapshot = result.snapshot ?? entry.snapshot;
        step.status = 'done';
        await warehouse.checkpoint();
      } catch (error) {
        step.status = 'failed';
        finish();
        throw error;
      }
    }
    keys.set(job.name, step.key);
    entry.money.push(...step.money);
    if (job.name === 'load') {
      context.asOf = dayOf(entry.as_of);
      await setRunVariables(warehouse, config, context.asOf);
      for (const [table, rows] of await countRows(warehouse)) rowsOf.set(table, rows);
    }
    finish();
  }
}

/** What is only known once the inputs are in: the files, the as-of date where none was given, and the run's id. */
async function afterLoad(
  warehouse: Warehouse,
  periodDays: number,
  entry: LedgerEntry,
): Promise<Pick<LedgerEntry, 'as_of' | 'run_id'>> {
  const as_of = entry.as_of || isoDateOf(await newestMorning(warehouse, periodDays));
  return { as_of, run_id: runId({ ...entry, as_of }) };
}

function runId(entry: LedgerEntry): string {
  const inputs = entry.files.map((file) => [file.table, file.sha256]);
  const key = stepKey({ name: 'load', needs: [] }, entry, new Map(), JSON.stringify([entry.jobs, inputs]));
  return `${entry.as_of}-${key.slice(0, 12)}`;
}

/** The morning after the newest dated record of sales, orders, opportunities, payments or funnel. */
async function newestMorning(warehouse: Warehouse, periodDays: number): Promise<EpochDay> {
  await warehouse.setVariable('period_days', periodDays);
  await warehouse.runFile('load/newest_morning');
  const newest = (await warehouse.readRows<{ newest_morning: string | null }>('newest_morning'))[0]?.newest_morning;
  if (newest) return dayOf(newest);
  throw new LeadtimeError(
    'AS_OF_NEEDED',
    'No sale or order was loaded with its date, so the day to decide for cannot be told from the data.',
    'Dates must read like 2026-03-31; docs/bring-your-own-data.md shows how to turn others. Without dated inputs, give the day with --as-of.',
  );
}

async function countRows(warehouse: Warehouse): Promise<Map<TableName, number>> {
  const counts = new Map<TableName, number>();
  for (const table of TABLE_NAMES) {
    const key = contractOf(table).key[0]!;
    const { rows } = await warehouse
      .rows<{ n: number }>(`select count(${key})::double as n from raw_${table}`)
      .then((result) => ({ rows: result[0]!.n }));
    counts.set(table, rows);
  }
  return counts;
}

/** Opens the warehouse; one that is damaged is put aside and built anew from the inputs, which are the truth. */
async function openWarehouse(file: string): Promise<Warehouse> {
  const options = { memoryLimit: WAREHOUSE_MEMORY };
  try {
    return await Warehouse.open(file, options);
  } catch (error) {
    const text = String(error);
    if (!existsSync(file) || /lock|permission|denied|No space/i.test(text)) throw error;
    renameSync(file, `${file}.damaged`);
    rmSync(`${file}.wal`, { force: true });
    return Warehouse.open(file, options);
  }
}

/** Disk trouble outside the database has a name too. */
function namedError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new LeadtimeError(
      'DISK_FULL',
      `The disk is full: ${String(error)}`,
      'Free space and run again; the last published snapshot is untouched and finished steps are kept.',
      {},
      { cause: error },
    );
  }
  return error;
}
