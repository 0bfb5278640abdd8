import type { Panel } from '../panel.ts';
import { actualsAt, backtestOrigins } from './backtest.ts';
import { type FallbackCode, fallbackOf } from './fallback.ts';
import { segmentSeries } from './segments.ts';

/** Known periods a cutoff needs before it: eight weeks of days, or half a year of weeks. */
const MIN_DAYS = 56;
const MIN_WEEKS = 26;
/** Periods a series must have been on sale at a cutoff to be judged there. */
const JUDGED_DAYS = 28;
const JUDGED_WEEKS = 8;

/** What is forecast from where. */
export interface ForecastPlan {
  /** First periods of the backtests, oldest first. */
  cutoffs: number[];
  /** The cutoffs and the period to publish from. */
  origins: number[];
  horizon: number;
  /** Name of the model that is published where nothing beats it. */
  baseline: string;
  /** Index into `SEGMENTS` per series. */
  segmentOf: Int32Array;
  fallback: FallbackCode[];
  /** [series][cutoff][horizon], NaN where not judged. */
  actual: Float32Array;
}

/** The baseline is the same weekday of last week, or in weekly data the mean of the last quarter. */
export function baselineOf(panel: Panel): string {
  return panel.frequency === 'daily' ? 'seasonal_naive' : 'moving_average';
}

/**
 * Cutoffs, segments and fallbacks for a panel.
 *
 * @param cutoffs wanted number of rolling cutoffs; fewer where the history is too short
 */
export function planForecast(panel: Panel, cutoffs: number): ForecastPlan {
  const daily = panel.frequency === 'daily';
  const at = backtestOrigins(panel, cutoffs, daily ? MIN_DAYS : MIN_WEEKS);
  const actual = actualsAt(panel, at);
  const onSale = daily ? JUDGED_DAYS : JUDGED_WEEKS;
  for (let s = 0; s < panel.seriesCount; s++) {
    at.forEach((origin, k) => {
      if (panel.firstPeriod[s]! + onSale <= origin) return;
      const from = (s * at.length + k) * panel.horizon;
      actual.fill(Number.NaN, from, from + panel.horizon);
    });
  }
  return {
    cutoffs: at,
    origins: [...at, panel.periods],
    horizon: panel.horizon,
    baseline: baselineOf(panel),
    segmentOf: segmentSeries(panel, panel.periods),
    fallback: Array.from({ length: panel.seriesCount }, (_, s) => fallbackOf(panel, panel.periods, s)),
    actual,
  };
}
