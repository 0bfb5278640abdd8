import type { Config } from '../data/contract/config.ts';
import type { TableName } from '../data/contract/tables.ts';
import type { EpochDay } from '../data/day.ts';
import type { Executor } from './executor/executor.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

export const JOB_NAMES = [
  'load',
  'forecast',
  'elasticity',
  'churn',
  'restock',
  'discount',
  'monitor',
  'publish',
] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** Told about long work; the terminal shows it, programs ignore it. */
export interface Progress {
  /** @param fraction of the current step that is done, 0 to 1, where it is known */
  update(text: string, fraction?: number): void;
}

/** All that a job may touch. There is no clock, no environment and no unseeded randomness in it. */
export interface JobContext {
  /** The project's folder, absolute. */
  folder: string;
  config: Config;
  /** The morning decisions are made for: days before it are known, the first forecast day is `asOf` itself. */
  asOf: EpochDay;
  seed: number;
  warehouse: Warehouse;
  executor: Executor;
  progress: Progress;
  /** Whether the input table has at least one row. */
  has(table: TableName): boolean;
}

/** A sum of money that a job puts on the table, in the config's currency. */
export interface MoneyAtStake {
  /** Stable name, such as `restock_value_at_stake`. */
  name: string;
  amount: number;
}

export interface JobResult {
  /** What was produced, by stable name: `{ series: 1680, forecasts: 50400 }`. */
  counts: Record<string, number>;
  money?: MoneyAtStake[];
  /** Sentences a person should read, most important first. */
  notes?: string[];
}

/** One step of a run. */
export interface Job {
  name: JobName;
  /** Jobs whose output this one reads; they run first where their output is not current. */
  needs: readonly JobName[];
  /** Input tables without which the job says so and is skipped. At least one of each inner list must be given. */
  requires: readonly (readonly TableName[])[];
  /** Code that the result depends on beyond the config: a change makes earlier output stale. */
  run(context: JobContext): Promise<JobResult>;
}
