import type { Panel } from '../../panel.ts';
import { demandBefore, meanKnown, openOnly, shortSeason } from '../demand.ts';
import type { LocalForecaster } from '../forecaster.ts';
import { fillGaps } from '../gaps.ts';
import { autoArima, withMean } from './auto-arima.ts';
import type { OrderLimits } from './auto-order.ts';
import { type ColumnSettings, calendarColumns } from './calendar-columns.ts';
import { type ArimaFit, fitArima, forecastArima } from './fit-arima.ts';

/** A regression with ARIMA errors: how much history, which regressors, which errors. */
export interface RegressionArima extends ColumnSettings {
  name: string;
  days: number;
  weeks: number;
  /** Whether errors may have a weekly season of their own. */
  seasonal: boolean;
  limits: OrderLimits;
}

/** Fewer known values than this have no model worth fitting. */
const MIN_VALUES = 20;
/** One difference at most: two run away over a month. */
const MOST_D = 1;
/** Turns and steps of the exact fit from the conditional one, and at later origins from the earlier fit. */
const EFFORT = { rounds: 2, iterations: 4 };
const EFFORT_AGAIN = { rounds: 1, iterations: 1 };
/** A forecast beyond so many times the largest value seen has run away. */
const LARGEST_RATIO = 3;

/** A series' history with its regressors up to `end`, from the same start for the filter and the forecast. */
function historyOf(panel: Panel, origin: number, end: number, series: number, model: RegressionArima) {
  const most = panel.frequency === 'daily' ? model.days : model.weeks;
  const start = Math.min(origin, Math.max(panel.firstPeriod[series]!, origin - most));
  const y = demandBefore(panel, origin, series, start);
  const m = shortSeason(panel);
  const known = y.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  return {
    start,
    y,
    m: model.seasonal ? m : 1,
    filled: fillGaps(y, m),
    usable: known >= MIN_VALUES,
    ...calendarColumns(panel, series, start, origin, end, model),
  };
}

/**
 * Fits the model before an origin: order and coefficients, or with an `earlier` fit of the same series its order and a step
 * from its coefficients; the regressors' effects are always those before this origin. Undefined where too little is known.
 */
export function fitRegression(
  panel: Panel,
  origin: number,
  horizon: number,
  series: number,
  model: RegressionArima,
  earlier?: ArimaFit,
) {
  const history = historyOf(panel, origin, origin + horizon, series, model);
  const { y, filled, m, columns, ridge, usable } = history;
  if (!usable) return { history, fit: undefined, regressors: columns };
  const before = columns.map((column) => column.subarray(0, y.length));
  let fit: ArimaFit;
  if (earlier) {
    const all = withMean(earlier.order, before, y.length);
    const prior = new Float64Array(all.length);
    prior.set(ridge, all.length - ridge.length);
    fit = fitArima(y, filled, earlier.order, { regressors: all, ridge: prior, from: earlier.point, ...EFFORT_AGAIN });
  } else {
    fit = autoArima(y, filled, m, { limits: model.limits, mostD: MOST_D, regressors: before, ridge, ...EFFORT });
  }
  return { history, fit, regressors: withMean(fit.order, columns, y.length + horizon) };
}

/** The forecast of a fit into `out`, held to what the series has shown. */
export function meansOf({ history, fit, regressors }: ReturnType<typeof fitRegression>, out: Float64Array): void {
  const { y, filled } = history;
  if (!fit) {
    out.fill(meanKnown(y));
    return;
  }
  forecastArima(y, filled, fit, regressors, out);
  const largest = LARGEST_RATIO * y.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, value)), 0);
  if (out.some((value) => !Number.isFinite(value))) out.fill(meanKnown(y));
  for (let h = 0; h < out.length; h++) out[h] = Math.min(largest, out[h]!);
}

/** A local model from a regression with ARIMA errors; with several origins its order is chosen at the earliest. */
export function regressionForecaster(model: RegressionArima): LocalForecaster {
  const one = (
    panel: Panel,
    origin: number,
    horizon: number,
    series: number,
    out: Float64Array,
    earlier?: ArimaFit,
  ): ArimaFit | undefined => {
    const fitted = fitRegression(panel, origin, horizon, series, model, earlier);
    meansOf(fitted, out);
    openOnly(panel, origin, series, out);
    return fitted.fit;
  };
  return {
    name: model.name,
    forecast(panel, origin, horizon, series, out) {
      one(panel, origin, horizon, series, out.subarray(0, horizon));
    },
    forecastOrigins(panel, origins, horizon, series, out) {
      let earlier: ArimaFit | undefined;
      origins.forEach((origin, i) => {
        earlier = one(panel, origin, horizon, series, out.subarray(i * horizon, (i + 1) * horizon), earlier);
      });
    },
  };
}
