import type { Config } from '../data/contract/config.ts';
import type { TableName } from '../data/contract/tables.ts';
import type { EpochDay } from '../data/day.ts';
import type { BacktestDescription } from './backtest/findings.ts';
import type { Executor } from './executor/executor.ts';
import type { ModelPrice } from './forecast/model-prices.ts';
import type { JobName } from './job-names.ts';
import type { LedgerEntry, MoneyAtStake } from './ledger.ts';
import type { Project } from './project.ts';
import type { Manifest } from './snapshot/snapshot-store.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

/** Told about long work; the terminal shows it, programs ignore it. */
export interface Progress {
  /** @param fraction of the current step that is done, 0 to 1, where it is known */
  update(text: string, fraction?: number): void;
}

/** All that a job may touch. There is no clock, no environment and no unseeded randomness in it. */
export interface JobContext {
  project: Project;
  /** The project's folder, absolute. */
  folder: string;
  config: Config;
  /** This run so far; written by the runner alone. */
  entry: Readonly<LedgerEntry>;
  /** The morning decisions are made for: days before it are known, the first forecast day is `asOf` itself. */
  asOf: EpochDay;
  seed: number;
  warehouse: Warehouse;
  executor: Executor;
  progress: Progress;
  /** Writes the report of a snapshot that lies in `folder`; without it none is made. */
  renderReport?: (folder: string, manifest: Manifest) => Promise<string>;
  /** Keeps the backtest behind the forecasts, to be shown and compared later. */
  keepBacktest?: (made: BacktestDescription) => void;
  /** Whether the input table has at least one row. */
  has(table: TableName): boolean;
}

export interface JobResult {
  /** What was produced, by stable name: `{ series: 1680, forecasts: 50400 }`. */
  counts: Record<string, number>;
  money?: MoneyAtStake[];
  /** Sentences a person should read, most important first. */
  notes?: string[];
  /** What each forecasting model is worth and costs. */
  models?: ModelPrice[];
  /** Name of the snapshot that was published. */
  snapshot?: string;
}

/** One step of a run. */
export interface Job {
  name: JobName;
  /** Jobs whose output this one reads; they run first where their output is not current. */
  needs: readonly JobName[];
  /** Input tables without which the job says so and is skipped. At least one of each inner list must be given. */
  requires: readonly (readonly TableName[])[];
  /** Relations it leaves for people: what `publish` publishes while the job's result is current. */
  marts: readonly string[];
  run(context: JobContext): Promise<JobResult>;
}
