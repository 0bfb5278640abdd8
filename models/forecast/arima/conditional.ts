import { levenbergMarquardt } from '../../numerics/levenberg-marquardt.ts';
import { coefficientsAt, expand, expandedSlopes } from './coefficients.ts';
import { type ArimaOrder, armaCount } from './order.ts';

export interface ConditionalFit {
  /** Unbounded values; see `coefficientsAt`. */
  point: Float64Array;
  /** Sum of squared errors over the known periods after the first p + P m. */
  squares: number;
  count: number;
}

const TOLERANCE = 1e-4;
/** Longest step of an unbounded value. */
const LONGEST = 1;

/** Lags whose coefficient is not zero: products of seasonal polynomials are sparse. */
function sparse(values: Float64Array): { lags: Int32Array; values: Float64Array } {
  const lags = [...values.keys()].filter((i) => values[i] !== 0);
  return { lags: Int32Array.from(lags, (i) => i + 1), values: Float64Array.from(lags, (i) => values[i]!) };
}

/**
 * Errors of an ARMA process given zero errors before `start`; an unknown value is taken to be what was expected of it.
 *
 * @param w receives those expected values in place of NaN
 * @param known 1 where w was known
 */
function errorsOf(
  w: Float64Array,
  known: Uint8Array,
  ar: Float64Array,
  ma: Float64Array,
  start: number,
  e: Float64Array,
): number {
  const a = sparse(ar);
  const b = sparse(ma);
  let squares = 0;
  e.fill(0, 0, start);
  for (let t = start; t < w.length; t++) {
    let expected = 0;
    for (let i = 0; i < a.lags.length; i++) expected += a.values[i]! * w[t - a.lags[i]!]!;
    for (let i = 0; i < b.lags.length; i++) {
      const at = t - b.lags[i]!;
      if (at >= start) expected += b.values[i]! * e[at]!;
    }
    if (known[t] === 1) {
      e[t] = w[t]! - expected;
      squares += e[t]! * e[t]!;
    } else {
      w[t] = expected;
      e[t] = 0;
    }
  }
  return squares;
}

/** out[t] = -x[t] - sum ma[j] out[t - j] from `start` on. */
function inverted(x: Float64Array, ma: Float64Array, start: number): Float64Array {
  const b = sparse(ma);
  const out = new Float64Array(x.length);
  for (let t = start; t < x.length; t++) {
    let value = -x[t]!;
    for (let i = 0; i < b.lags.length; i++) {
      const at = t - b.lags[i]!;
      if (at >= start) value -= b.values[i]! * out[at]!;
    }
    out[t] = value;
  }
  return out;
}

/**
 * Fits an ARMA model to a differenced series by conditional least squares: Gauss-Newton with exact derivatives, which are
 * two more passes of the same filter (Box and Jenkins 1976, 7.2). O(iterations x n x (lags + k^2)).
 *
 * @param w NaN where unknown; before the first p + P m periods it is taken for 0
 * @param from unbounded values to start from; zeros where left out
 */
export function fitConditional(
  w: Float64Array,
  order: ArimaOrder,
  iterations: number,
  from?: Float64Array,
): ConditionalFit {
  const n = w.length;
  const k = armaCount(order);
  const start = Math.min(n, order.p + order.seasonalP * order.m);
  const known = Uint8Array.from(w, (v) => (Number.isNaN(v) ? 0 : 1));
  const filled = w.map((v) => (Number.isNaN(v) ? 0 : v));
  const e = new Float64Array(n);
  let count = 0;
  for (let t = start; t < n; t++) count += known[t]!;
  const criterion = (x: Float64Array): number => {
    const { ar, ma } = expand(order, coefficientsAt(order, x));
    return Math.max(count, 1) * Math.log(Math.max(1e-300, errorsOf(filled, known, ar, ma, start, e)));
  };
  const linearise = (x: Float64Array) => {
    const { ar, ma } = expand(order, coefficientsAt(order, x));
    errorsOf(filled, known, ar, ma, start, e);
    const byAr = inverted(filled, ma, 0);
    const byMa = inverted(e, ma, start);
    const columns = expandedSlopes(order, x).map((slopes) => {
      const column = new Float64Array(n);
      const { lags, values } = sparse(slopes);
      for (let i = 0; i < lags.length; i++) {
        const isAr = lags[i]! <= ar.length;
        const lag = isAr ? lags[i]! : lags[i]! - ar.length;
        const source = isAr ? byAr : byMa;
        for (let t = Math.max(start, lag); t < n; t++) column[t]! += values[i]! * source[t - lag]!;
      }
      return column;
    });
    const products = new Float64Array(k * k);
    const gradient = new Float64Array(k);
    for (let i = 0; i < k; i++) {
      const ci = columns[i]!;
      for (let t = start; t < n; t++) gradient[i]! += known[t]! * ci[t]! * e[t]!;
      for (let j = 0; j <= i; j++) {
        const cj = columns[j]!;
        let sum = 0;
        for (let t = start; t < n; t++) sum += known[t]! * ci[t]! * cj[t]!;
        products[i * k + j] = sum;
        products[j * k + i] = sum;
      }
    }
    return { products, gradient };
  };
  const longest = new Array<number>(k).fill(LONGEST);
  const best = levenbergMarquardt(criterion, linearise, from ?? new Float64Array(k), {
    iterations,
    tolerance: TOLERANCE,
    longest,
  });
  return { point: best.x, squares: Math.exp(best.value / Math.max(count, 1)), count };
}
