import { arimaKernel } from '../../kernels/arima.ts';
import { coefficientsAt } from './coefficients.ts';
import { fitConditional } from './conditional.ts';
import { type ExactFit, fitExact, residualsOf, whiten } from './exact.ts';
import { type ArimaOrder, type ArmaCoefficients, armaCount, difference, integrate } from './order.ts';

/** A fitted regression with seasonal ARIMA errors. */
export interface ArimaFit extends ExactFit {
  order: ArimaOrder;
  coefficients: ArmaCoefficients;
  aicc: number;
}

export interface FitArimaOptions {
  /** Regressors, each as long as the series; a column of ones is the mean, 0, 1, 2, ... the drift. */
  regressors?: readonly Float64Array[];
  /** Prior precision of each effect in units of the error variance. */
  ridge?: ArrayLike<number>;
  /** Unbounded values to start from; by conditional least squares where left out. */
  from?: Float64Array;
  /** Most turns between regressors and ARMA coefficients, and most steps in each. */
  rounds?: number;
  iterations?: number;
}

/** Steps of conditional least squares that a start is found by. */
const START_ITERATIONS = 12;

/**
 * Differences where the series itself is known; a gap's filled value is used for the differences after it, so that a gap costs
 * one period and not one for each lag.
 */
export function knownDifferences(y: Float64Array, filled: Float64Array, order: ArimaOrder): Float64Array {
  const w = difference(filled, order);
  const lost = y.length - w.length;
  for (let t = 0; t < w.length; t++) if (Number.isNaN(y[t + lost]!)) w[t] = Number.NaN;
  return w;
}

/**
 * Maximum likelihood of given orders, exact over the differenced series as in R's `Arima`.
 *
 * @param y NaN where unknown
 * @param filled y with its gaps filled (`fillGaps`)
 * @returns the fit; twice the log-likelihood and AICc agree with R where nothing is unknown. O(50 n r^2)
 */
export function fitArima(
  y: Float64Array,
  filled: Float64Array,
  order: ArimaOrder,
  { regressors = [], ridge, from, rounds = 8, iterations = 30 }: FitArimaOptions = {},
): ArimaFit {
  const w = knownDifferences(y, filled, order);
  const columns = regressors.map((column) => difference(column, order));
  let start = from;
  if (!start) {
    const flat = fitExact(
      w,
      columns,
      { ...order, p: 0, q: 0, seasonalP: 0, seasonalQ: 0 },
      new Float64Array(0),
      1,
      0,
      ridge,
    );
    start = fitConditional(residualsOf(w, columns, flat.effects), order, START_ITERATIONS).point;
  }
  const fit = fitExact(w, columns, order, start, rounds, iterations, ridge);
  const k = armaCount(order) + columns.length + 1;
  const n = fit.count;
  const aicc = n > k + 1 ? -2 * fit.logLikelihood + 2 * k + (2 * k * (k + 1)) / (n - k - 1) : Number.POSITIVE_INFINITY;
  return { ...fit, order, coefficients: coefficientsAt(order, fit.point), aicc };
}

/**
 * Means after a series, and one-step errors within it.
 *
 * @param regressors as in the fit, but reaching `horizon` further
 * @param out receives `out.length` means
 * @returns one-step errors of the series, NaN where it is unknown or in the first d + D m periods
 */
export function forecastArima(
  y: Float64Array,
  filled: Float64Array,
  { order, point, effects }: Pick<ArimaFit, 'order' | 'point' | 'effects'>,
  regressors: readonly Float64Array[],
  out: Float64Array,
): Float64Array {
  const n = y.length;
  const plain = residualsOf(y, regressors, effects);
  const plainFilled = residualsOf(filled, regressors, effects);
  const w = knownDifferences(plain, plainFilled, order);
  const { columns } = whiten(w, [], order, point);
  const { gains, states, ar } = arimaKernel();
  const lost = n - w.length;
  const errors = new Float64Array(n).fill(Number.NaN);
  for (let t = 0; t < w.length; t++) {
    if (!Number.isNaN(w[t]!)) errors[t + lost] = columns[t]! * Math.sqrt(gains[t]!);
  }
  const r = statesOf(order);
  const state = states.slice(0, r);
  for (let h = 0; h < out.length; h++) {
    const first = state[0]!;
    out[h] = first;
    for (let i = 0; i < r; i++) state[i] = (i + 1 < r ? state[i + 1]! : 0) + ar[i]! * first;
  }
  integrate(plainFilled, order, out);
  regressors.forEach((column, c) => {
    for (let h = 0; h < out.length; h++) out[h]! += effects[c]! * column[n + h]!;
  });
  return errors;
}

const statesOf = ({ p, q, seasonalP, seasonalQ, m }: ArimaOrder): number =>
  Math.max(p + seasonalP * m, q + seasonalQ * m + 1);
