import { isoDateOf } from '../../data/day.ts';
import { writtenDate, writtenNumber } from '../../data/written.ts';
import { type Alert, alertOf } from '../../models/monitor/alert.ts';
import { type FunnelDeviation, funnelDeviations } from '../../models/monitor/funnel-deviation.ts';
import type { JobContext } from '../job.ts';
import type { Columns } from '../warehouse/columns.ts';

export const FUNNEL_DAY = {
  series_idx: 'i32',
  ds: 'day',
  value: 'f64',
  expected: 'f64',
  deviation: 'f64',
  score: 'f64',
  alert: 'flag',
} as const;

/** Judged days of the funnel, and one alert per drop: the days of a run of alerts together. */
export async function funnelDrops({
  warehouse,
  config,
  asOf,
}: JobContext): Promise<{ days: Columns<typeof FUNNEL_DAY>; alerts: Alert[] }> {
  await warehouse.build(['int_funnel_days']);
  const { rows, columns } = await warehouse.read(
    'int_funnel_days',
    { series_idx: 'i32', stage: 'text', segment: 'text', ds: 'day', visitors: 'f64', is_event: 'flag' },
    ['series_idx', 'ds'],
  );
  const judged: { series: number; day: number; of: FunnelDeviation }[] = [];
  const alerts: Alert[] = [];
  for (let from = 0; from < rows; ) {
    const series = columns.series_idx[from]!;
    let to = from;
    while (to < rows && columns.series_idx[to] === series) to++;
    const start = columns.ds[from]!;
    const visitors = new Float64Array(Math.max(0, asOf - start)).fill(Number.NaN);
    const isEvent = new Uint8Array(visitors.length);
    for (let i = from; i < to; i++) {
      visitors[columns.ds[i]! - start] = columns.visitors[i]!;
      isEvent[columns.ds[i]! - start] = columns.is_event[i]!;
    }
    const options = { drop: config.monitor.funnelDrop, days: config.monitor.funnelDays };
    const days = funnelDeviations(visitors, isEvent, start, options);
    for (const of of days) judged.push({ series, day: start + of.t, of });
    const [stage, segment] = [columns.stage[from]!, columns.segment[from]!];
    alerts.push(...episodes(days, start, segment === '(all)' ? stage : `${stage} (${segment})`));
    from = to;
  }
  const numbers = (pick: (deviation: FunnelDeviation) => number): Float64Array =>
    Float64Array.from(judged, ({ of }) => pick(of));
  return {
    alerts,
    days: {
      series_idx: Int32Array.from(judged, ({ series }) => series),
      ds: Int32Array.from(judged, ({ day }) => day),
      value: numbers(({ value }) => value),
      expected: numbers(({ expected }) => expected),
      deviation: numbers(({ deviation }) => deviation),
      score: numbers(({ score }) => score),
      alert: Uint8Array.from(judged, ({ of }) => (of.alert ? 1 : 0)),
    },
  };
}

function episodes(days: readonly FunnelDeviation[], start: number, subject: string): Alert[] {
  const runs: FunnelDeviation[][] = [];
  for (const day of days) {
    if (!day.alert) continue;
    const last = runs.at(-1);
    if (last && day.t - last.at(-1)!.t <= 2) last.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => {
    const [first, last] = [start + run[0]!.t, start + run.at(-1)!.t];
    const span = (language: 'en' | 'zh'): string[] => [first, last].map((day) => writtenDate(day, language));
    const value = run.reduce((sum, day) => sum + day.value, 0);
    const expected = run.reduce((sum, day) => sum + day.expected, 0);
    const deviation = value / expected - 1;
    const below = Math.round(-100 * deviation);
    const [seen, usual] = [writtenNumber(value), writtenNumber(expected)];
    const about = {
      kind: 'funnel_drop' as const,
      subject,
      ds: last,
      value,
      expected,
      deviation,
      severity: deviation <= -0.2 ? ('high' as const) : ('medium' as const),
      message: `${subject} was ${below} % below the expected days from ${span('en').join(' to ')}: ${seen} instead of ${usual}.`,
      message_zh: `${subject} 自 ${span('zh').join(' 至 ')} 比预期低 ${below} %：实际 ${seen}，预期 ${usual}。`,
    };
    return alertOf(about, isoDateOf(last));
  });
}
