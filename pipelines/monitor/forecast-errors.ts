import { isoDateOf } from '../../data/day.ts';
import { type Alert, alertOf } from '../../models/monitor/alert.ts';
import { forecastOutOfBand, type GroupErrors } from '../../models/monitor/forecast-band.ts';
import type { JobContext } from '../job.ts';

const percent = (fraction: number): string => `${Math.round(1000 * fraction) / 10} %`;

/** Groups of series whose latest forecast error left the band of the earlier cutoffs. */
export async function forecastErrors({ warehouse, asOf }: JobContext): Promise<Alert[]> {
  if (!(await warehouse.hasRelation('out_backtest_series'))) return [];
  await warehouse.build(['int_forecast_errors']);
  const { rows, columns } = await warehouse.read(
    'int_forecast_errors',
    { subject: 'text', cutoff_idx: 'i32', absolute_error: 'f64', actual: 'f64', forecast: 'f64' },
    ['subject', 'cutoff_idx'],
  );
  const groups = new Map<string, GroupErrors>();
  for (let i = 0; i < rows; i++) {
    const group = groups.get(columns.subject[i]!) ?? { absoluteError: [], actual: [], forecast: [] };
    groups.set(columns.subject[i]!, group);
    group.absoluteError.push(columns.absolute_error[i]!);
    group.actual.push(columns.actual[i]!);
    group.forecast.push(columns.forecast[i]!);
  }
  return [...groups].flatMap(([subject, errors]) =>
    forecastOutOfBand(errors).map(({ measure, value, expected, limit }) => {
      const [now, usual, band] = [percent(value), percent(expected), percent(limit)];
      const name = measure === 'wape' ? { en: 'error', zh: '误差' } : { en: 'bias', zh: '偏差' };
      const about = {
        kind: 'forecast_error' as const,
        subject: `${subject} ${measure}`,
        ds: asOf,
        value,
        expected,
        deviation: value - limit,
        severity: subject === 'all' ? ('high' as const) : ('medium' as const),
        message: `Forecast ${name.en} of ${subject} was ${now} in the latest backtest; ${usual} before, the band ends at ${band}.`,
        message_zh: `${subject} 的预测${name.zh}在最近一次回测为 ${now}，以往为 ${usual}，上限 ${band}。`,
      };
      return alertOf(about, isoDateOf(asOf));
    }),
  );
}
