import type { Panel } from '../../panel.ts';
import { demandBefore } from '../demand.ts';
import { ARIMAX } from './arimax.ts';
import { withMean } from './auto-arima.ts';
import { calendarColumns } from './calendar-columns.ts';
import { fullLags } from './coefficients.ts';
import type { ArimaFit } from './fit-arima.ts';
import { fitRegression } from './regression-arima.ts';

/** The linear part of a hybrid: what an ARIMAX expects of every series from any origin, and where it was wrong before. */
export interface LinearPart {
  /** Sales of a period less their one-step mean, in units; NaN where demand is unknown or the series has no model. */
  residual(series: number, t: number): number;
  /**
   * Means of the periods from `origin` on, from sales before it, into `out`; not cut at zero, so that residuals add up. NaN
   * where the series has no model. O(horizon x lags).
   */
  ahead(series: number, origin: number, out: Float64Array): void;
}

/** One series' model as a difference equation, with its state in every period. */
interface Equation {
  first: number;
  /** Coefficients of past values (with the differences) and of past errors, from lag 1 on. */
  lags: Float64Array;
  errorLags: Float64Array;
  /** What the regressors explain, from `first` to the end of the panel's horizon. */
  explained: Float32Array;
  /** Sales less that, with the one-step mean where demand is unknown, from `first` to the last period. */
  plain: Float32Array;
  /** One-step errors, NaN where demand is unknown. */
  errors: Float32Array;
}

/**
 * Fits an ARIMAX to every series on sales before `cutoff`, for a hybrid to learn what it leaves. One fit serves all origins;
 * from each, only the sales before it move the forecast on. Later ones may be asked for as well as earlier ones, where the
 * coefficients are in-sample, as the training of a hybrid wants it.
 */
export function linearPart(panel: Panel, cutoff: number): LinearPart {
  const equations = Array.from({ length: panel.seriesCount }, (_, series) => equationOf(panel, cutoff, series));
  const scratch = new Float64Array(panel.horizon);

  const residual = (series: number, t: number): number => {
    const equation = equations[series];
    return equation && t >= equation.first ? equation.errors[t - equation.first]! : Number.NaN;
  };
  const ahead = (series: number, origin: number, out: Float64Array): void => {
    const equation = equations[series];
    if (!equation || origin < equation.first) {
      out.fill(Number.NaN);
      return;
    }
    const { first, lags, errorLags, explained, plain, errors } = equation;
    const start = origin - first;
    for (let h = 0; h < out.length; h++) {
      let mean = 0;
      for (let i = 0; i < lags.length; i++) {
        const at = start + h - 1 - i;
        if (at >= 0) mean += lags[i]! * (at < start ? plain[at]! : scratch[at - start]!);
      }
      for (let j = h; j < errorLags.length; j++) mean += errorLags[j]! * (errors[start + h - 1 - j] || 0);
      scratch[h] = mean;
      out[h] = mean + explained[start + h]!;
    }
  };
  return { residual, ahead };
}

function equationOf(panel: Panel, cutoff: number, series: number): Equation | undefined {
  const { history, fit } = fitRegression(panel, cutoff, 0, series, ARIMAX);
  if (!fit) return undefined;
  const first = Math.min(panel.firstPeriod[series]!, history.start);
  const end = panel.periods + panel.horizon;
  const { columns } = calendarColumns(panel, series, first, cutoff, end, ARIMAX, history.start);
  const explained = new Float32Array(end - first);
  withMean(fit.order, columns, end - first).forEach((column, c) => {
    for (let t = 0; t < explained.length; t++) explained[t]! += fit.effects[c]! * column[t]!;
  });
  return { first, explained, ...runFilter(demandBefore(panel, panel.periods, series, first), explained, fit) };
}

/**
 * A moving average at the edge of invertibility never forgets that the errors before the first period were taken for zero, nor
 * those of gaps (the exact filter of a fit knows both): errors fade by this factor per period, so that it does.
 */
const FADE = 0.99;

/** One-step errors by the difference equation, from errors of zero before the first period. O(periods x lags). */
function runFilter(y: Float64Array, explained: Float32Array, { order, coefficients }: ArimaFit) {
  const { lags, errorLags: full } = fullLags(order, coefficients);
  const errorLags = full.map((value, j) => value * FADE ** (j + 1));
  const plain = new Float32Array(y.length);
  const errors = new Float32Array(y.length);
  for (let t = 0; t < y.length; t++) {
    let mean = 0;
    for (let i = 0; i < lags.length && i < t; i++) mean += lags[i]! * plain[t - 1 - i]!;
    for (let j = 0; j < errorLags.length && j < t; j++) mean += errorLags[j]! * (errors[t - 1 - j] || 0);
    const value = y[t]! - explained[t]!;
    const isKnown = !Number.isNaN(value);
    // Before a whole set of lags is seen, the error is the equation's for want of a past, not the series'.
    errors[t] = isKnown && t < lags.length ? 0 : value - mean;
    plain[t] = isKnown ? value : mean;
  }
  return { lags, errorLags, plain, errors };
}
