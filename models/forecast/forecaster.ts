import type { Panel } from '../panel.ts';
import type { Switch } from './drivers/switch-off.ts';

/**
 * A model that forecasts each series on its own.
 *
 * @param panel only periods before `origin` of the sales may be read; what is known ahead (prices, promotions, calendar)
 *   may be read up to `origin + horizon`
 * @param origin first period to forecast
 * @param series index of the series
 * @param out receives `horizon` means, never negative
 */
export type LocalForecast = (panel: Panel, origin: number, horizon: number, series: number, out: Float64Array) => void;

/** A local model by its published name, such as `ets`. */
export interface LocalForecaster {
  name: string;
  forecast: LocalForecast;
  /**
   * All origins of one series at once, ascending, into `out` [origin][horizon]; for models that start a later fit from an
   * earlier one. Every forecast still reads only sales before its own origin.
   */
  forecastOrigins?: (
    panel: Panel,
    origins: readonly number[],
    horizon: number,
    series: number,
    out: Float64Array,
  ) => void;
}

/** The same means as they would be without one thing that is known ahead, or without the season of the year, [series][horizon]. */
export type Without = Partial<Record<Switch | 'year', Float32Array>>;

/** Means of every series, [series][horizon], as forecast from one origin. */
export interface OriginForecast {
  origin: number;
  mean: Float32Array;
  without?: Without;
}
