import { isoDateOf } from '../../data/day.ts';
import { writtenDate } from '../../data/written.ts';
import { type Alert, alertOf } from '../../models/monitor/alert.ts';
import { inputDrift } from '../../models/monitor/population-stability.ts';
import type { JobContext } from '../job.ts';

const percent = (share: number): string => `${Math.round(1000 * share) / 10} %`;
const BINS = 11;

/** Inputs without new rows for longer than is usual for them. */
export async function staleInputs({ warehouse, config, asOf }: JobContext): Promise<Alert[]> {
  await warehouse.build(['int_input_freshness']);
  const { rows, columns } = await warehouse.read(
    'int_input_freshness',
    { table_name: 'text', newest_on: 'day', age_days: 'i32', usual_gap_days: 'f64' },
    ['table_name'],
  );
  const alerts: Alert[] = [];
  for (let i = 0; i < rows; i++) {
    const [table, age] = [columns.table_name[i]!, columns.age_days[i]!];
    const limit = Math.max(config.monitor.staleAfterDays, Math.ceil(2 * columns.usual_gap_days[i]!));
    if (age <= limit) continue;
    const newest = columns.newest_on[i]!;
    const about = {
      kind: 'stale_input' as const,
      subject: table,
      ds: asOf,
      value: age,
      expected: limit,
      deviation: age / limit - 1,
      severity: age > 3 * limit ? ('high' as const) : ('medium' as const),
      message: `${table} has no row after ${writtenDate(newest, 'en')}: ${age} days are missing, ${limit} are tolerated.`,
      message_zh: `${table} 自 ${writtenDate(newest, 'zh')} 之后没有新数据：缺 ${age} 天，容许 ${limit} 天。`,
    };
    alerts.push(alertOf(about, isoDateOf(asOf)));
  }
  return alerts;
}

/** Columns whose latest 28 days are spread differently from the windows of the year before. */
export async function driftedInputs({ warehouse, config, asOf }: JobContext): Promise<Alert[]> {
  await warehouse.build(['int_input_bins']);
  const { rows, columns } = await warehouse.read(
    'int_input_bins',
    { subject: 'text', window_idx: 'i32', bin: 'i32', n: 'f64' },
    ['subject', 'window_idx', 'bin'],
  );
  const windowsOf = new Map<string, Map<number, number[]>>();
  for (let i = 0; i < rows; i++) {
    const windows = windowsOf.get(columns.subject[i]!) ?? new Map<number, number[]>();
    windowsOf.set(columns.subject[i]!, windows);
    const window = windows.get(columns.window_idx[i]!) ?? new Array<number>(BINS).fill(0);
    windows.set(columns.window_idx[i]!, window);
    window[columns.bin[i]! + 1] = columns.n[i]!;
  }
  const alerts: Alert[] = [];
  for (const [subject, windows] of windowsOf) {
    if (!windows.has(0)) continue;
    const drift = inputDrift([...windows.entries()].sort(([a], [b]) => a - b).map(([, window]) => window));
    if (!drift) continue;
    const limit = Math.max(config.monitor.driftIndex, 1.5 * drift.usual);
    if (drift.index <= limit) continue;
    const [index, usual] = [drift.index.toFixed(2), drift.usual.toFixed(2)];
    const about = {
      kind: 'input_drift' as const,
      subject,
      ds: asOf,
      value: drift.index,
      expected: drift.usual,
      deviation: drift.index - limit,
      severity: drift.index > 2 * limit ? ('high' as const) : ('medium' as const),
      message: `${subject} is spread differently in the last 28 days: stability index ${index}, at most ${usual} in earlier windows.`,
      message_zh: `${subject} 近 28 天的分布与以往不同：稳定性指数 ${index}，以往各期最高 ${usual}。`,
    };
    alerts.push(alertOf(about, isoDateOf(asOf)));
  }
  return alerts;
}

/** Tables of which more than the tolerated share went to quarantine. */
export async function quarantinedInputs({ warehouse, config, asOf }: JobContext): Promise<Alert[]> {
  if (!(await warehouse.hasRelation('raw_file'))) return [];
  await warehouse.build(['int_quarantine_share']);
  const { rows, columns } = await warehouse.read(
    'int_quarantine_share',
    { table_name: 'text', records: 'f64', quarantined: 'f64' },
    ['table_name'],
  );
  const alerts: Alert[] = [];
  for (let i = 0; i < rows; i++) {
    const [table, records, bad] = [columns.table_name[i]!, columns.records[i]!, columns.quarantined[i]!];
    const share = bad / records;
    if (share <= config.monitor.quarantineShare) continue;
    const about = {
      kind: 'quarantine' as const,
      subject: table,
      ds: asOf,
      value: share,
      expected: config.monitor.quarantineShare,
      deviation: share - config.monitor.quarantineShare,
      severity: share > 0.1 ? ('high' as const) : ('medium' as const),
      message: `${bad} of ${records} records of ${table} (${percent(share)}) are in quarantine.`,
      message_zh: `${table} 的 ${records} 条记录中有 ${bad} 条（${percent(share)}）被隔离。`,
    };
    alerts.push(alertOf(about, isoDateOf(asOf)));
  }
  return alerts;
}
