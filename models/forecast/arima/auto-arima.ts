import { chooseOrder, type OrderLimits } from './auto-order.ts';
import { fitExact, residualsOf } from './exact.ts';
import { type ArimaFit, type FitArimaOptions, fitArima, knownDifferences } from './fit-arima.ts';
import { type ArimaOrder, difference } from './order.ts';
import { differencesOf } from './unit-roots.ts';

export interface AutoArimaOptions extends FitArimaOptions {
  limits?: Partial<OrderLimits>;
  /** Most differences at lag 1. */
  mostD?: number;
  /** Adds a column of ones where nothing is differenced; true where left out. */
  mean?: boolean;
}

const LIMITS: OrderLimits = { most: 5, mostSeasonal: 2, mostInAll: 5, models: 94 };
const NO_ARMA = { p: 0, q: 0, seasonalP: 0, seasonalQ: 0 };

/** Regressors of a fit: a mean where nothing is differenced (the first column), then those given. */
export function withMean(
  order: Pick<ArimaOrder, 'd' | 'seasonalD'>,
  regressors: readonly Float64Array[],
  length: number,
  mean = true,
): Float64Array[] {
  return mean && order.d + order.seasonalD === 0 ? [new Float64Array(length).fill(1), ...regressors] : [...regressors];
}

/** The series less an ordinary regression on its differenced regressors, and the effects of that regression. */
function plainResiduals(
  w: Float64Array,
  columns: readonly Float64Array[],
  order: ArimaOrder,
  ridge: ArrayLike<number>,
): Float64Array {
  if (columns.length === 0) return w;
  const flat = fitExact(w, columns, { ...order, ...NO_ARMA }, new Float64Array(0), 1, 0, ridge);
  return residualsOf(w, columns, flat.effects);
}

/**
 * Seasonal ARIMA of automatic order: a seasonal difference by the strength of season, further ones by KPSS, the other orders
 * by stepwise AICc with conditional fits, the chosen one fitted by exact likelihood. No drift is added to differenced series.
 *
 * @param y NaN where unknown
 * @param filled y with its gaps filled
 * @param m periods in a season, 1 for none
 * @returns the fit; its effects begin with the mean where nothing is differenced. Hyndman and Khandakar 2008
 */
export function autoArima(
  y: Float64Array,
  filled: Float64Array,
  m: number,
  { limits, mostD = 2, mean = true, regressors = [], ridge = [], ...fit }: AutoArimaOptions = {},
): ArimaFit {
  const level = withMean({ d: 0, seasonalD: 0 }, regressors, y.length);
  const prior = (columns: number): Float64Array =>
    Float64Array.from({ length: columns }, (_, i) => ridge[i - (columns - regressors.length)] ?? 0);
  const flat: ArimaOrder = { ...NO_ARMA, d: 0, seasonalD: 0, m };
  const differences = differencesOf(plainResiduals(filled, level, flat, prior(level.length)), m, mostD);
  const order: ArimaOrder = { ...NO_ARMA, ...differences, m };
  const columns = withMean(order, regressors, y.length, mean);
  const w = plainResiduals(
    knownDifferences(y, filled, order),
    columns.map((column) => difference(column, order)),
    order,
    prior(columns.length),
  );
  const chosen = chooseOrder(w, order, { ...LIMITS, ...limits }, columns.length);
  return fitArima(y, filled, chosen.order, {
    ...fit,
    regressors: columns,
    ridge: prior(columns.length),
    from: chosen.point,
  });
}
