/** Orders of a seasonal ARIMA model (p, d, q)(P, D, Q)[m]. */
export interface ArimaOrder {
  p: number;
  d: number;
  q: number;
  seasonalP: number;
  seasonalD: number;
  seasonalQ: number;
  /** Periods in a season, 1 for none. */
  m: number;
}

/** Coefficients, each list at lags 1, 2, ... (seasonal ones at m, 2 m, ...). */
export interface ArmaCoefficients {
  ar: number[];
  ma: number[];
  seasonalAr: number[];
  seasonalMa: number[];
}

/** Number of ARMA coefficients. */
export const armaCount = ({ p, q, seasonalP, seasonalQ }: ArimaOrder): number => p + q + seasonalP + seasonalQ;

/** As textbooks write it: `(1,1,1)(0,1,1)[7]`. */
export const orderName = ({ p, d, q, seasonalP, seasonalD, seasonalQ, m }: ArimaOrder): string =>
  m > 1 ? `(${p},${d},${q})(${seasonalP},${seasonalD},${seasonalQ})[${m}]` : `(${p},${d},${q})`;

/**
 * Differences d times at lag 1 and D times at lag m.
 *
 * @returns the differences, shorter by d + D m. `difference(Float64Array.of(1, 4, 9), { d: 1, seasonalD: 0, m: 1 })` is 3, 5
 */
export function difference(
  y: Float64Array,
  { d, seasonalD, m }: Pick<ArimaOrder, 'd' | 'seasonalD' | 'm'>,
): Float64Array {
  let values = y;
  for (let i = 0; i < seasonalD; i++) values = lagged(values, m);
  for (let i = 0; i < d; i++) values = lagged(values, 1);
  return values;
}

function lagged(y: Float64Array, lag: number): Float64Array {
  const out = new Float64Array(Math.max(0, y.length - lag));
  for (let t = 0; t < out.length; t++) out[t] = y[t + lag]! - y[t]!;
  return out;
}

/**
 * Undoes `difference` for what follows a series.
 *
 * @param y the series that was differenced, all known
 * @param ahead the next differences; replaced by the next values of the series
 */
export function integrate(y: Float64Array, { d, seasonalD, m }: ArimaOrder, ahead: Float64Array): void {
  for (let i = d - 1; i >= 0; i--) accumulate(difference(y, { d: i, seasonalD, m }), 1, ahead);
  for (let i = seasonalD - 1; i >= 0; i--) accumulate(difference(y, { d: 0, seasonalD: i, m }), m, ahead);
}

function accumulate(y: Float64Array, lag: number, ahead: Float64Array): void {
  for (let h = 0; h < ahead.length; h++) ahead[h]! += h < lag ? (y[y.length - lag + h] ?? 0) : ahead[h - lag]!;
}
