import type { Alert } from '../models/monitor/alert.ts';
import { columnsOf } from './churn/tables.ts';
import type { Job, JobContext, JobResult } from './job.ts';
import { forecastErrors } from './monitor/forecast-errors.ts';
import { FUNNEL_DAY, funnelDrops } from './monitor/funnel.ts';
import { driftedInputs, quarantinedInputs, staleInputs } from './monitor/inputs.ts';
import { lostSales } from './monitor/lost-sales.ts';

const ALERT = {
  alert_id: 'text',
  kind: 'text',
  subject: 'text',
  ds: 'day',
  value: 'f64',
  expected: 'f64',
  deviation: 'f64',
  severity: 'text',
  message: 'text',
  message_zh: 'text',
} as const;

const MARTS = ['mart_alert', 'mart_funnel_alert'] as const;

/** What left its usual band: inputs, quarantine, the funnel, forecast errors, sales lost to empty shelves. */
export const monitorJob: Job = {
  name: 'monitor',
  needs: ['load', 'forecast'],
  requires: [],
  marts: MARTS,
  async run(context: JobContext): Promise<JobResult> {
    const { warehouse, progress } = context;
    progress.update('inputs');
    const inputs = [
      ...(await staleInputs(context)),
      ...(await driftedInputs(context)),
      ...(await quarantinedInputs(context)),
    ];
    progress.update('funnel');
    const funnel = await funnelDrops(context);
    progress.update('forecast errors');
    const forecast = await forecastErrors(context);
    progress.update('lost sales');
    const lost = await lostSales(context);

    const alerts: Alert[] = [...inputs, ...funnel.alerts, ...forecast, ...lost].sort((a, b) =>
      a.alert_id < b.alert_id ? -1 : 1,
    );
    await warehouse.write('out_funnel_day', FUNNEL_DAY, funnel.days);
    await warehouse.write('out_monitor_alert', ALERT, columnsOf(ALERT, alerts));
    await warehouse.build(MARTS);
    return {
      counts: {
        alerts: alerts.length,
        inputAlerts: inputs.length,
        funnelAlerts: funnel.alerts.length,
        forecastAlerts: forecast.length,
        lostSalesAlerts: lost.length,
      },
      notes: alerts.filter(({ severity }) => severity === 'high').map(({ message }) => message),
    };
  },
};
