import type { Panel } from '../../panel.ts';
import { demandBefore } from '../demand.ts';
import { fillGaps } from '../gaps.ts';
import { ARIMAX } from './arimax.ts';
import { withMean } from './auto-arima.ts';
import { calendarColumns } from './calendar-columns.ts';
import type { ArimaFit } from './fit-arima.ts';
import { forecastArima } from './fit-arima.ts';
import { fitRegression, meansOf, type RegressionArima } from './regression-arima.ts';

/** The linear part of a hybrid: what an ARIMAX expected of every period one step before, and what it forecasts. */
export interface LinearPart {
  /** One-step means, [series][periods]; NaN where demand is unknown or lies before the history that is fitted. */
  fitted: Float32Array;
  /** Means from each origin, [origin] of [series][horizon]; not cut at zero, so that residuals add up. */
  forecast: Float32Array[];
}

/**
 * The ARIMAX of every series for a hybrid to learn the residuals of. The order is chosen before the first origin, coefficients
 * are brought up to date at each; a period's one-step mean comes from sales before it and from coefficients of the last origin
 * at or before it (those of the first origin for what lies before that: in-sample, as the training of a hybrid wants it).
 *
 * @param origins ascending
 * @param history days fitted
 */
export function linearPart(
  panel: Panel,
  origins: readonly number[],
  horizon: number,
  { from = 0, to = panel.seriesCount, history = ARIMAX.days }: { from?: number; to?: number; history?: number } = {},
): LinearPart {
  const model: RegressionArima = { ...ARIMAX, days: history };
  const fitted = new Float32Array((to - from) * panel.periods).fill(Number.NaN);
  const forecast = origins.map(() => new Float32Array((to - from) * horizon));
  const out = new Float64Array(horizon);
  for (let s = from; s < to; s++) {
    let earlier: ArimaFit | undefined;
    origins.forEach((origin, k) => {
      const at = fitRegression(panel, origin, horizon, s, model, earlier);
      earlier = at.fit;
      meansOf(at, out);
      forecast[k]!.set(out, (s - from) * horizon);
      if (!at.fit) return;
      const end = origins[k + 1] ?? panel.periods;
      const first = k === 0 ? at.history.start : origin;
      oneStep(panel, s, at.fit, at.history.start, origin, end, model, (t, mean) => {
        if (t >= first) fitted[(s - from) * panel.periods + t] = mean;
      });
    });
  }
  return { fitted, forecast };
}

/** Runs a fit's filter on to `end` and hands on each known period's one-step mean. */
function oneStep(
  panel: Panel,
  series: number,
  fit: ArimaFit,
  start: number,
  origin: number,
  end: number,
  model: RegressionArima,
  put: (t: number, mean: number) => void,
): void {
  const y = demandBefore(panel, end, series, start);
  const { columns } = calendarColumns(panel, series, start, origin, end, model);
  const regressors = withMean(fit.order, columns, y.length);
  const errors = forecastArima(y, fillGapsBehind(y, origin - start), fit, regressors, new Float64Array(0));
  for (let i = 0; i < y.length; i++) if (!Number.isNaN(errors[i]!)) put(start + i, y[i]! - errors[i]!);
}

/** Gaps filled from both sides before the origin, and after it by the value of a week before: nothing later is read. */
function fillGapsBehind(y: Float64Array, known: number): Float64Array {
  const WEEK = 7;
  const out = Float64Array.from(y);
  out.set(fillGaps(y.subarray(0, known), WEEK));
  for (let t = known; t < out.length; t++) if (Number.isNaN(out[t]!)) out[t] = out[t - WEEK] ?? 0;
  return out;
}
