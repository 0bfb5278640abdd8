/** Forecast of one series per period: the mean, and what each period adds to the 0.1 and 0.9 quantiles of the sum so far. */
export interface DemandForecast {
  mean: ArrayLike<number>;
  low: ArrayLike<number>;
  high: ArrayLike<number>;
}

export interface WeightedScale {
  weight: number;
  /** Multiplies expected demand, per period. */
  scale: Float64Array;
}

/** Standard normal 0.9 quantile: how far the 0.1 and 0.9 quantiles lie from the mean. */
const Z_90 = 1.2816;
/** Weight of each tail for which three points have the variance of the distribution they stand for. */
const TAIL_WEIGHT = 1 / (2 * Z_90 * Z_90);

/**
 * Three demands for one: low, mean, high, each for all periods together. The totals of low and high are the 0.1 and 0.9
 * quantiles of what is sold in all.
 *
 * @param forecast of as many periods as are known
 * @param periods wanted; those beyond the forecast have the ratio of its totals
 */
export function demandScales(forecast: DemandForecast, periods: number): WeightedScale[] {
  const total = (values: ArrayLike<number>): number => {
    let sum = 0;
    for (let t = 0; t < values.length; t++) sum += values[t]!;
    return sum;
  };
  const mean = total(forecast.mean);
  const scale = (values: ArrayLike<number>): Float64Array => {
    const overall = mean > 0 ? total(values) / mean : 1;
    return Float64Array.from({ length: periods }, (_, t) =>
      t < values.length && forecast.mean[t]! > 0 ? values[t]! / forecast.mean[t]! : overall,
    );
  };
  return [
    { weight: TAIL_WEIGHT, scale: scale(forecast.low) },
    { weight: 1 - 2 * TAIL_WEIGHT, scale: new Float64Array(periods).fill(1) },
    { weight: TAIL_WEIGHT, scale: scale(forecast.high) },
  ];
}

/**
 * Forecast beyond its horizon: each further period has the mean rate of the forecast. It knows no season, so it breaks
 * for stock that is to last from one season into the next.
 */
export function extendForecast(values: ArrayLike<number>, periods: number): Float64Array {
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += values[t]!;
  const rate = values.length > 0 ? sum / values.length : 0;
  return Float64Array.from({ length: periods }, (_, t) => (t < values.length ? values[t]! : rate));
}

/** Total of the first `periods` periods, which need not be whole, extended as `extendForecast` does. */
export function demandWithin(values: ArrayLike<number>, periods: number): number {
  const whole = extendForecast(values, Math.ceil(periods));
  let sum = 0;
  for (let t = 0; t < whole.length; t++) sum += whole[t]! * Math.min(1, periods - t);
  return sum;
}
