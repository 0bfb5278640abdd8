import { z } from 'zod';
import { LeadtimeError } from '../../errors.ts';
import { churnConfig } from './config/churn.ts';
import { discountConfig } from './config/discount.ts';
import { elasticityConfig } from './config/elasticity.ts';
import { forecastConfig } from './config/forecast.ts';
import { monitorConfig } from './config/monitor.ts';
import { replayConfig } from './config/replay.ts';
import { restockConfig } from './config/restock.ts';
import { scheduleConfig } from './config/schedule.ts';
import { TABLE_NAMES, type TableName } from './tables.ts';

/**
 * Where a table comes from. Without `sql` the file has the contract's columns, renamed by `columns`
 * (contract name to file name). With `sql`, a SELECT in that file maps one or more named files to the contract.
 */
const source = z.strictObject({
  /** File, or a glob of files; with `sql` it may be a record of relation name to file. Relative to the project. */
  path: z.union([z.string().min(1), z.record(z.string(), z.string().min(1))]),
  /** By default what the file's name says. `text`, for a SELECT only: one varchar column `line` per physical line. */
  format: z.enum(['csv', 'parquet', 'jsonl', 'text']).optional(),
  columns: z.record(z.string(), z.string()).default({}),
  sql: z.string().optional(),
  delimiter: z.string().min(1).max(4).default(','),
});

export type Source = z.infer<typeof source>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const configSchema = z.strictObject({
  name: z.string().min(1),
  /** ISO 4217 code; all money is in it. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR'),
  /** Language of sentences on the terminal; the report carries both. */
  language: z.enum(['en', 'zh']).default('en'),
  frequency: z.enum(['daily', 'weekly']).default('daily'),
  /** Periods ahead: days when daily, weeks when weekly. */
  horizon: z.int().min(1).max(366).default(30),
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin').default('UTC'),
  /** Day decisions are made for when none is given; without it, the morning after the newest record. */
  asOf: z.iso.date().optional(),
  seed: z.int().min(0).max(0x7fffffff).default(1),
  sources: z.partialRecord(
    z.enum(TABLE_NAMES as [TableName, ...TableName[]]),
    z.union([source, z.array(source).min(1)]),
  ),
  forecast: forecastConfig.prefault({}),
  elasticity: elasticityConfig.prefault({}),
  churn: churnConfig.prefault({}),
  restock: restockConfig.prefault({}),
  replay: replayConfig.prefault({}),
  discount: discountConfig.prefault({}),
  monitor: monitorConfig.prefault({}),
  schedule: scheduleConfig.default([]),
});

export type Config = z.infer<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;

/**
 * The one way from unknown JSON to a typed config.
 *
 * @param input parsed JSON of `leadtime.config.json`
 * @param file named in errors
 * @throws LeadtimeError `CONFIG_INVALID` that names the key and the value seen
 */
export function parseConfig(input: unknown, file: string): Config {
  const result = configSchema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const key = issue.path.join('.');
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.map((k) => `"${k}"`).join(', ') : undefined;
  const where = key === '' ? 'the config' : `"${key}"`;
  throw new LeadtimeError(
    'CONFIG_INVALID',
    unknown ? `${where} has unknown ${unknown}.` : `${where}: ${issue.message}.`,
    unknown
      ? 'Remove the key or correct its spelling; data/contract/config.ts lists them all.'
      : `Correct ${where} in ${file}.`,
    { file },
  );
}
