import type { Panel } from '../panel.ts';
import { arimax } from './arima/arimax.ts';
import { harmonic } from './arima/harmonic.ts';
import { movingAverage } from './baselines/moving-average.ts';
import { seasonalNaive } from './baselines/seasonal-naive.ts';
import type { LocalForecaster } from './forecaster.ts';
import { croston } from './intermittent/croston.ts';
import { tsb } from './intermittent/tsb.ts';
import { ets } from './smoothing/ets.ts';
import { theta } from './smoothing/theta.ts';
import { mstlEts } from './stl/mstl.ts';

/**
 * The models that look at one series at a time, in published order; earlier ones win ties. Left out, as they rarely add to
 * these: `arima` (behind `arimax`), `dynamicTheta` (within 0.3 % of `theta` at four times its price), `adida` and `imapa`
 * (never ahead of `tsb` on average).
 */
export const LOCAL_MODELS: readonly LocalForecaster[] = [
  seasonalNaive,
  movingAverage,
  ets,
  theta,
  croston,
  tsb,
  mstlEts,
  arimax,
  harmonic,
];

/** Nine tenths of the 17 ms that all local models take per origin and series of three years of days. */
const SLOW_MODELS: readonly LocalForecaster[] = [mstlEts, arimax, harmonic];
/** Series up to which the slow models take part; the models over all series serve larger panels as well, in less time. */
const SLOW_UP_TO_SERIES = 500;

/** The local models of a panel, in published order; the slow ones where wanted and the series are few. */
export function localModelsOf({ seriesCount }: Panel, slow = true): LocalForecaster[] {
  return LOCAL_MODELS.filter((model) => (slow && seriesCount <= SLOW_UP_TO_SERIES) || !SLOW_MODELS.includes(model));
}

/** A run of series to forecast with every local model. */
export interface LocalRequest {
  from: number;
  to: number;
  /** Ascending. */
  origins: number[];
  horizon: number;
  /** Whether the slow models take part, where the panel's series are few; they do where left out. */
  slow?: boolean;
}

/**
 * Forecasts a run of series with every local model of the panel from every origin; the body of a worker task.
 *
 * @param onModel told each model's name before its work begins
 * @returns means [model][series - from][origin][horizon]
 */
export function forecastLocal(
  { from, to, origins, horizon, slow }: LocalRequest,
  { panel }: { panel: Panel },
  onModel?: (name: string) => void,
): Float32Array {
  const perSeries = origins.length * horizon;
  const models = localModelsOf(panel, slow);
  const result = new Float32Array(models.length * (to - from) * perSeries);
  const buffer = new Float64Array(perSeries);
  models.forEach((model, m) => {
    onModel?.(model.name);
    for (let s = from; s < to; s++) {
      if (model.forecastOrigins) model.forecastOrigins(panel, origins, horizon, s, buffer);
      else {
        origins.forEach((origin, k) => {
          model.forecast(panel, origin, horizon, s, buffer.subarray(k * horizon, (k + 1) * horizon));
        });
      }
      result.set(buffer, (m * (to - from) + s - from) * perSeries);
    }
  });
  return result;
}
