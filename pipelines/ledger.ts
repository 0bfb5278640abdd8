import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './files.ts';
import type { ModelPrice } from './forecast/model-prices.ts';
import type { JobName } from './job-names.ts';
import type { FileSummary } from './load/file-summaries.ts';
import type { ReplayAsked } from './replay/replay-options.ts';
import type { WebhookOutcome } from './webhook/deliver.ts';

/** A sum of money that a job puts on the table, in the config's currency. */
export interface MoneyAtStake {
  /** Stable name, such as `restock_value_at_stake`. */
  name: string;
  amount: number;
}

export type StepStatus = 'running' | 'done' | 'reused' | 'skipped' | 'failed';

export interface LedgerStep {
  job: JobName;
  status: StepStatus;
  /** sha256 of everything the step's result depends on. */
  key: string;
  seconds: number;
  counts: Record<string, number>;
  money: MoneyAtStake[];
  notes: string[];
  /** Of the forecast step: what each model is worth and costs. */
  models?: ModelPrice[];
  /** Of the forecast step: id of its backtest. */
  backtest?: string;
}

/** All that is known about one run. */
export interface LedgerEntry {
  /** Position in the project's history, from 1. */
  sequence: number;
  /** The same for the same inputs, config, seed, version, as-of date and jobs. */
  run_id: string;
  status: 'running' | 'done' | 'failed';
  as_of: string;
  seed: number;
  version: string;
  config_sha256: string;
  jobs: JobName[];
  /** What a replay was asked for beyond the config. */
  replay?: ReplayAsked;
  started_at: string;
  seconds: number;
  files: FileSummary[];
  steps: LedgerStep[];
  money: MoneyAtStake[];
  /** Name of the published snapshot, or null. */
  snapshot: string | null;
  /** What was sent to the webhook after the run, and what waits. */
  webhook?: WebhookOutcome;
  error?: Record<string, unknown>;
}

const fileOf = (folder: string, sequence: number): string => join(folder, `${String(sequence).padStart(6, '0')}.json`);

/** Every run of the project, oldest first. A file that cannot be read is left out. */
export function readLedger(folder: string): LedgerEntry[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d+\.json$/.test(name))
    .sort()
    .flatMap((name) => {
      try {
        return [JSON.parse(readFileSync(join(folder, name), 'utf8')) as LedgerEntry];
      } catch {
        return [];
      }
    });
}

export function nextSequence(folder: string): number {
  if (!existsSync(folder)) return 1;
  const numbers = readdirSync(folder).map((name) => Number.parseInt(name, 10));
  return Math.max(0, ...numbers.filter(Number.isFinite)) + 1;
}

export function writeEntry(folder: string, entry: LedgerEntry): void {
  writeAtomically(fileOf(folder, entry.sequence), `${JSON.stringify(entry, null, 2)}\n`);
}
