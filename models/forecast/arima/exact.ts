import { arimaKernel } from '../../kernels/arima.ts';
import { solveSymmetric } from '../../numerics/cholesky.ts';
import { levenbergMarquardt } from '../../numerics/levenberg-marquardt.ts';
import { coefficientsAt, expand } from './coefficients.ts';
import { type ArimaOrder, armaCount } from './order.ts';

/** Columns whitened by the exact filter of an ARMA process. */
export interface Whitened {
  /** Errors over the root of their variance, [column][period]; 0 where the first column is unknown. */
  columns: Float64Array;
  /** Sum of the logs of the variances. */
  logs: number;
  count: number;
}

export interface ExactFit {
  point: Float64Array;
  /** Effects of the regressors. */
  effects: Float64Array;
  logLikelihood: number;
  sigma2: number;
  /** Known periods. */
  count: number;
}

const TOLERANCE = 1e-5;
const LONGEST = 1;
/** Step of the numeric derivatives of the errors. */
const STEP = 1e-4;

/**
 * Whitens a differenced series (NaN where unknown) and its regressors by the Kalman filter of an ARMA process.
 *
 * @returns errors of each column; the kernel then holds the states for the period after the last. O(n (r^2 + r columns)) with
 *   r = max(p + P m, q + Q m + 1), less once the gain has settled. Harvey 1989, 3.4
 */
export function whiten(
  w: Float64Array,
  regressors: readonly Float64Array[],
  order: ArimaOrder,
  x: Float64Array,
): Whitened {
  const logs = filter(w, regressors, order, x);
  const { data, gains } = arimaKernel();
  const n = w.length;
  let count = 0;
  for (let t = 0; t < n; t++) if (gains[t]! > 0) count++;
  return { columns: data.slice(0, (regressors.length + 1) * n), logs, count };
}

/** Leaves the whitened columns in the kernel. */
function filter(w: Float64Array, regressors: readonly Float64Array[], order: ArimaOrder, x: Float64Array): number {
  const kernel = arimaKernel();
  const n = w.length;
  const { ar, ma } = expand(order, coefficientsAt(order, x));
  const states = Math.max(ar.length, ma.length + 1);
  const columns = regressors.length + 1;
  if (n > kernel.maxPeriods || states > kernel.maxStates || columns > kernel.maxColumns) {
    throw new RangeError(
      `ARIMA takes at most ${kernel.maxPeriods} periods, ${kernel.maxStates} lags and ${kernel.maxColumns - 1} regressors; ` +
        `these are ${n}, ${states} and ${columns - 1}. Shorten the history, the season or the orders.`,
    );
  }
  kernel.ar.fill(0, 0, states).set(ar);
  kernel.ma.fill(0, 0, states).set(ma, 1);
  kernel.ma[0] = 1;
  kernel.data.set(w);
  regressors.forEach((column, c) => {
    kernel.data.set(column, (c + 1) * n);
  });
  return kernel.whiten(n, columns, states);
}

/**
 * Effects of regressors by generalised least squares: ordinary least squares of the whitened series on the whitened columns.
 *
 * @param ridge prior precision of each effect in units of the error variance, 0 for none
 */
export function generalisedEffects(
  w: Float64Array,
  regressors: readonly Float64Array[],
  order: ArimaOrder,
  x: Float64Array,
  ridge: ArrayLike<number>,
): Float64Array {
  const k = regressors.length;
  filter(w, regressors, order, x);
  const kernel = arimaKernel();
  kernel.multiplyColumns(w.length, k + 1);
  const sums = kernel.squares;
  // in units in which every column has length 1
  const scale = Float64Array.from({ length: k }, (_, i) => {
    const diagonal = sums[(i + 1) * (k + 2)]! + ridge[i]!;
    return diagonal > 1e-200 ? 1 / Math.sqrt(diagonal) : 0;
  });
  const a = new Float64Array(k * k);
  const b = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    const row = (i + 1) * (k + 1);
    b[i] = sums[row]! * scale[i]!;
    for (let j = 0; j <= i; j++) a[i * k + j] = sums[row + j + 1]! * scale[i]! * scale[j]!;
    a[i * k + i]! += ridge[i]! * scale[i]! ** 2;
  }
  return solveSymmetric(a, b, k).map((v, i) => v * scale[i]!);
}

/** The series less its regression. */
export function residualsOf(
  w: Float64Array,
  regressors: readonly Float64Array[],
  effects: ArrayLike<number>,
): Float64Array {
  const out = Float64Array.from(w);
  regressors.forEach((column, c) => {
    const effect = effects[c]!;
    if (effect !== 0) for (let t = 0; t < out.length; t++) out[t]! -= effect * column[t]!;
  });
  return out;
}

/**
 * Maximum likelihood of a regression with ARMA errors: Gauss-Newton on the exact standardised errors, in turn with generalised
 * least squares for the regressors until neither moves the likelihood.
 *
 * @param w differenced series, NaN where unknown
 * @param regressors differenced likewise
 * @param from unbounded values to start from, best those of `fitConditional`
 * @param rounds most turns
 */
export function fitExact(
  w: Float64Array,
  regressors: readonly Float64Array[],
  order: ArimaOrder,
  from: Float64Array,
  rounds: number,
  iterations: number,
  ridge: ArrayLike<number> = new Float64Array(regressors.length),
): ExactFit {
  const n = w.length;
  let point: Float64Array = from;
  let effects: Float64Array = new Float64Array(regressors.length);
  let twice = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    if (regressors.length > 0) effects = generalisedEffects(w, regressors, order, point, ridge);
    const best = fitErrors(residualsOf(w, regressors, effects), order, point, iterations);
    const settled = !(twice - best.value > TOLERANCE);
    point = best.x;
    twice = best.value;
    if (settled || regressors.length === 0) break;
  }
  const { columns, logs, count } = whiten(residualsOf(w, regressors, effects), [], order, point);
  let squares = 0;
  for (let t = 0; t < n; t++) squares += columns[t]! * columns[t]!;
  const sigma2 = Math.max(squares, 1e-300) / Math.max(1, count);
  return {
    point,
    effects,
    sigma2,
    count,
    logLikelihood: -0.5 * (count * (Math.log(2 * Math.PI * sigma2) + 1) + logs),
  };
}

/** Gauss-Newton on errors times the geometric mean of their deviations, whose squares the likelihood falls with. */
function fitErrors(w: Float64Array, order: ArimaOrder, from: Float64Array, iterations: number) {
  const n = w.length;
  const k = armaCount(order);
  const errorsAt = (x: Float64Array): Float64Array => {
    const { columns, logs, count } = whiten(w, [], order, x);
    const factor = Math.exp(logs / (2 * Math.max(1, count)));
    for (let t = 0; t < n; t++) columns[t]! *= factor;
    return columns;
  };
  const criterion = (x: Float64Array): number => {
    const { columns, logs, count } = whiten(w, [], order, x);
    let squares = 0;
    for (let t = 0; t < n; t++) squares += columns[t]! * columns[t]!;
    return count * Math.log(Math.max(1e-300, squares)) + logs;
  };
  const linearise = (x: Float64Array) => {
    const here = errorsAt(x);
    const columns = Array.from({ length: k }, (_, i) => {
      const column = errorsAt(x.with(i, x[i]! + STEP));
      for (let t = 0; t < n; t++) column[t] = (column[t]! - here[t]!) / STEP;
      return column;
    });
    const products = new Float64Array(k * k);
    const gradient = new Float64Array(k);
    for (let i = 0; i < k; i++) {
      for (let t = 0; t < n; t++) gradient[i]! += columns[i]![t]! * here[t]!;
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let t = 0; t < n; t++) sum += columns[i]![t]! * columns[j]![t]!;
        products[i * k + j] = sum;
        products[j * k + i] = sum;
      }
    }
    return { products, gradient };
  };
  const longest = new Array<number>(k).fill(LONGEST);
  return levenbergMarquardt(criterion, linearise, from, { iterations, tolerance: TOLERANCE, longest });
}
