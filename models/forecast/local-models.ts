import type { Panel } from '../panel.ts';
import { arimax } from './arima/arimax.ts';
import { croston } from './croston.ts';
import { ets } from './ets.ts';
import type { LocalForecaster } from './forecaster.ts';
import { harmonic } from './harmonic.ts';
import { movingAverage } from './moving-average.ts';
import { mstlEts } from './mstl.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { theta } from './theta.ts';
import { tsb } from './tsb.ts';

/**
 * The models that look at one series at a time, in published order; earlier ones win ties. Three years of days cost about
 * 17 ms a series and origin, nine tenths of it in the three last ones, which win most often. Left out, as they rarely add to
 * these: `arima` (behind `arimax`), `dynamicTheta` (within 0.3 % of `theta` at four times its price), `adida` and `imapa` (never
 * ahead of `tsb` on average).
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

/** A run of series to forecast with every local model. */
export interface LocalRequest {
  from: number;
  to: number;
  /** Ascending. */
  origins: number[];
  horizon: number;
}

/**
 * Forecasts a run of series with every local model from every origin; the body of a worker task.
 *
 * @returns means [model][series - from][origin][horizon]
 */
export function forecastLocal({ from, to, origins, horizon }: LocalRequest, { panel }: { panel: Panel }): Float32Array {
  const perSeries = origins.length * horizon;
  const result = new Float32Array(LOCAL_MODELS.length * (to - from) * perSeries);
  const buffer = new Float64Array(perSeries);
  LOCAL_MODELS.forEach((model, m) => {
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
