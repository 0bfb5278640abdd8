/** One alert as published. `ds` is the day it speaks of, in days since 1970-01-01. */
export interface Alert {
  alert_id: string;
  kind: 'input_drift' | 'stale_input' | 'quarantine' | 'funnel_drop' | 'forecast_error' | 'lost_sales';
  subject: string;
  ds: number;
  value: number;
  expected: number;
  /** value / expected - 1, or the difference where a ratio says nothing. */
  deviation: number;
  severity: 'high' | 'medium';
  message: string;
  message_zh: string;
}

/** An alert with an id that stays the same from run to run. @param isoDate the day in the id */
export function alertOf(alert: Omit<Alert, 'alert_id'>, isoDate: string): Alert {
  return { alert_id: `${alert.kind}:${alert.subject}:${isoDate}`, ...alert };
}
