import { type ArimaOrder, type ArmaCoefficients, armaCount } from './order.ts';

/** Unbounded values are held here, where the partial autocorrelation is 1 to seven digits. */
const FAR = 8;

/**
 * Coefficients of a stationary autoregression from unbounded values, through partial autocorrelations tanh(x) and the
 * Durbin-Levinson recursion (Monahan 1984). O(p^2).
 */
function stationary(x: ArrayLike<number>, from: number, count: number): number[] {
  const phi: number[] = [];
  for (let k = 0; k < count; k++) {
    const partial = Math.tanh(Math.max(-FAR, Math.min(FAR, x[from + k]!)));
    const before = [...phi];
    for (let j = 0; j < k; j++) phi[j] = before[j]! - partial * before[k - 1 - j]!;
    phi[k] = partial;
  }
  return phi;
}

/** The inverse of `stationary`; coefficients outside the region are drawn to its edge. */
function unbounded(phi: readonly number[]): number[] {
  const work = [...phi];
  const x = new Array<number>(phi.length).fill(0);
  for (let k = phi.length - 1; k >= 0; k--) {
    const partial = Math.max(-0.999, Math.min(0.999, work[k]!));
    x[k] = Math.atanh(partial);
    const before = work.slice(0, k);
    for (let j = 0; j < k; j++) work[j] = (before[j]! + partial * before[k - 1 - j]!) / (1 - partial * partial);
  }
  return x;
}

/** Stationary and invertible coefficients from unbounded values, in the order ar, ma, seasonal ar, seasonal ma. O(p^2 + q^2). */
export function coefficientsAt({ p, q, seasonalP, seasonalQ }: ArimaOrder, x: ArrayLike<number>): ArmaCoefficients {
  const negated = (values: number[]): number[] => values.map((v) => -v);
  return {
    ar: stationary(x, 0, p),
    ma: negated(stationary(x, p, q)),
    seasonalAr: stationary(x, p + q, seasonalP),
    seasonalMa: negated(stationary(x, p + q + seasonalP, seasonalQ)),
  };
}

/** The unbounded values of coefficients. */
export function pointOf({ ar, ma, seasonalAr, seasonalMa }: ArmaCoefficients): Float64Array {
  const negated = (values: number[]): number[] => values.map((v) => -v);
  return Float64Array.from([
    ...unbounded(ar),
    ...unbounded(negated(ma)),
    ...unbounded(seasonalAr),
    ...unbounded(negated(seasonalMa)),
  ]);
}

/**
 * The product of a polynomial and its seasonal one: full lag coefficients 1 to p + P m, with the sign they have in
 * `w[t] = sum ar[i] w[t - i] + e[t] + sum ma[j] e[t - j]`.
 */
export function expand(order: ArimaOrder, c: ArmaCoefficients): { ar: Float64Array; ma: Float64Array } {
  const product = (plain: readonly number[], seasonal: readonly number[], sign: number): Float64Array => {
    const out = new Float64Array(plain.length + seasonal.length * order.m);
    plain.forEach((v, i) => {
      out[i]! += v;
    });
    seasonal.forEach((s, k) => {
      const lag = (k + 1) * order.m;
      out[lag - 1]! += s;
      plain.forEach((v, i) => {
        out[lag + i]! += sign * s * v;
      });
    });
    return out;
  };
  return { ar: product(c.ar, c.seasonalAr, -1), ma: product(c.ma, c.seasonalMa, 1) };
}

/**
 * The difference equation of a series itself: `y[t] = sum lags[i] y[t - 1 - i] + e[t] + sum errorLags[j] e[t - 1 - j]`, with
 * the differences among the lags.
 */
export function fullLags(order: ArimaOrder, c: ArmaCoefficients): { lags: Float64Array; errorLags: Float64Array } {
  const { ar, ma } = expand(order, c);
  let polynomial = [1, ...Array.from(ar, (v) => -v)];
  const timesDifference = (lag: number): void => {
    const longer = [...polynomial, ...new Array<number>(lag).fill(0)];
    polynomial.forEach((v, i) => {
      longer[i + lag]! -= v;
    });
    polynomial = longer;
  };
  for (let i = 0; i < order.d; i++) timesDifference(1);
  for (let i = 0; i < order.seasonalD; i++) timesDifference(order.m);
  return { lags: Float64Array.from(polynomial.slice(1), (v) => -v), errorLags: ma };
}

/** Largest modulus of the inverse roots that a chosen model may have; R's `auto.arima` asks for roots beyond 1.01. */
const LARGEST_ROOT = 1 / 1.01;

/** Whether every root of every polynomial is outside the circle of radius 1.01, by stepping down scaled coefficients. */
export function isWellInside(c: ArmaCoefficients, m: number): boolean {
  const inside = (phi: readonly number[], lag: number): boolean => {
    const work = phi.map((v, i) => v / LARGEST_ROOT ** ((i + 1) * lag));
    for (let k = work.length - 1; k >= 0; k--) {
      const partial = work[k]!;
      if (!(Math.abs(partial) < 1)) return false;
      const before = work.slice(0, k);
      for (let j = 0; j < k; j++) work[j] = (before[j]! + partial * before[k - 1 - j]!) / (1 - partial * partial);
    }
    return true;
  };
  const negated = (values: number[]): number[] => values.map((v) => -v);
  return inside(c.ar, 1) && inside(negated(c.ma), 1) && inside(c.seasonalAr, m) && inside(negated(c.seasonalMa), m);
}

/** Derivatives of the expanded coefficients by the unbounded values, [value][ar then ma], by central differences. */
export function expandedSlopes(order: ArimaOrder, x: Float64Array): Float64Array[] {
  const STEP = 1e-5;
  const k = armaCount(order);
  return Array.from({ length: k }, (_, i) => {
    const flat = (v: number): Float64Array => {
      const { ar, ma } = expand(order, coefficientsAt(order, x.with(i, v)));
      const both = new Float64Array(ar.length + ma.length);
      both.set(ar);
      both.set(ma, ar.length);
      return both;
    };
    const low = flat(x[i]! - STEP);
    return flat(x[i]! + STEP).map((v, j) => (v - low[j]!) / (2 * STEP));
  });
}
