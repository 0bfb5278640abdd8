import type { Panel } from '../panel.ts';
import { actualsAt, backtestOrigins, onlyOrigin } from './backtest/backtest.ts';
import { segmentSeries } from './backtest/segments.ts';
import { type FallbackCode, fallbackOf } from './fallback.ts';
import { survivals } from './launch/fade-out.ts';

/**
 * Known periods a cutoff needs before it: eight weeks of days, or half a year of weeks; half as many where there would be no backtest otherwise,
 * with so many known after it.
 */
const HISTORY = {
  daily: { wanted: 56, least: 28, known: 7 },
  weekly: { wanted: 26, least: 13, known: 4 },
} as const;
/** Periods a series must have been on sale at a cutoff to be judged there. */
const JUDGED_DAYS = 28;
const JUDGED_WEEKS = 8;

/**
 * Whether models over all series are trained for each cutoff (trees anew, networks learn on), or once, on what lies before the first.
 * `auto`: for each where the panel is not large, for what is published is as young; else once.
 */
export type Refit = 'auto' | 'once' | 'each';

/** How past forecasts are made and judged. */
export interface BacktestPolicy {
  /** Wanted number of rolling cutoffs; fewer where the history is too short. */
  cutoffs: number;
  /** Periods between the last one known and the first one judged, 0 if left out. */
  gap?: number;
  /** `auto` if left out. */
  refit?: Refit;
  /** Whether nothing is forecast from the newest period: a backtest alone. */
  onlyBacktest?: boolean;
}

/** What is forecast from where. */
export interface ForecastPlan {
  /** First periods of the backtests, oldest first. */
  cutoffs: number[];
  /** The cutoffs and, last, the period to publish from unless it is a backtest alone. */
  origins: number[];
  /** Periods forecast from each origin, a gap included. */
  horizon: number;
  refit: Refit;
  /** Name of the model that is published where nothing beats it. */
  baseline: string;
  /** Index into `SEGMENTS` per series. */
  segmentOf: Int32Array;
  fallback: FallbackCode[];
  /** What forecasts are multiplied by, as some series end: 0 for one that has, 1 for most, [series][origin]. */
  fade: Float32Array;
  /** [series][cutoff][horizon], NaN where not judged. */
  actual: Float32Array;
}

/** The baseline is the same weekday of last week, or in weekly data the mean of the last quarter. */
export function baselineOf(panel: Panel): string {
  return panel.frequency === 'daily' ? 'seasonal_naive' : 'moving_average';
}

/** Cutoffs, segments and fallbacks for a panel. */
export function planForecast(panel: Panel, policy: BacktestPolicy): ForecastPlan {
  const { cutoffs, gap = 0, refit = 'auto', onlyBacktest = false } = policy;
  const daily = panel.frequency === 'daily';
  const horizon = gap + panel.horizon;
  const { wanted, least, known } = HISTORY[panel.frequency];
  const apart = backtestOrigins(panel, cutoffs, wanted, gap);
  const at = apart.length > 0 || cutoffs === 0 ? apart : onlyOrigin(panel, least, known, gap);
  const actual = actualsAt(panel, at, horizon);
  const onSale = daily ? JUDGED_DAYS : JUDGED_WEEKS;
  for (let s = 0; s < panel.seriesCount; s++) {
    at.forEach((origin, k) => {
      const from = (s * at.length + k) * horizon;
      const isJudged = panel.firstPeriod[s]! + onSale <= origin;
      actual.fill(Number.NaN, from, from + (isJudged ? gap : horizon));
    });
  }
  const origins = onlyBacktest ? at : [...at, panel.periods];
  const now = survivals(panel, panel.periods);
  const survival = [...at.map((origin) => survivals(panel, origin)), now];
  const fade = Float32Array.from({ length: panel.seriesCount * origins.length }, (_, i) => {
    const { code, chance } = survival[i % origins.length]![Math.floor(i / origins.length)]!;
    return code === 'ENDED' ? 0 : code === 'ENDING' ? chance : 1;
  });
  return {
    cutoffs: at,
    origins,
    horizon,
    refit,
    baseline: baselineOf(panel),
    segmentOf: segmentSeries(panel, panel.periods),
    fallback: Array.from({ length: panel.seriesCount }, (_, s) => fallbackOf(panel, panel.periods, s, now[s]!)),
    fade,
    actual,
  };
}
