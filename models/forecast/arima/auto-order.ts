import { coefficientsAt, isWellInside } from './coefficients.ts';
import { fitConditional } from './conditional.ts';
import { type ArimaOrder, armaCount } from './order.ts';

/** Limits of the search; R's `auto.arima` has 5, 2, 5. */
export interface OrderLimits {
  most: number;
  mostSeasonal: number;
  /** Most coefficients in all. */
  mostInAll: number;
  /** Most models that are tried. */
  models: number;
}

export interface ChosenOrder {
  order: ArimaOrder;
  /** Unbounded values of the conditional fit. */
  point: Float64Array;
}

/** Steps per model: enough to rank them. */
const ITERATIONS = 6;

/**
 * Orders p, q, P, Q with the least AICc by the stepwise search of Hyndman and Khandakar (2008): from four usual models to
 * neighbours by one order or two, until none is better. Models are fitted by conditional least squares, each from its parent's
 * coefficients; those with a root near the unit circle are passed over.
 *
 * @param w differenced series less its regression, NaN where unknown
 * @param order differences and season
 * @param extra number of regressors, which count as coefficients
 */
export function chooseOrder(
  w: Float64Array,
  { d, seasonalD, m }: Pick<ArimaOrder, 'd' | 'seasonalD' | 'm'>,
  limits: OrderLimits,
  extra = 0,
): ChosenOrder {
  const seasonal = m > 1 && w.length > 3 * m;
  const known = w.reduce((count, v) => count + (Number.isNaN(v) ? 0 : 1), 0);
  const tried = new Set<string>();
  let best: ChosenOrder = { order: orderOf([0, 0, 0, 0]), point: new Float64Array(0) };
  let least = Number.POSITIVE_INFINITY;

  function orderOf([p, q, seasonalP, seasonalQ]: readonly number[]): ArimaOrder {
    return { p: p!, d, q: q!, seasonalP: seasonalP!, seasonalD, seasonalQ: seasonalQ!, m };
  }
  const attempt = (orders: readonly number[]): boolean => {
    const [p, q, P, Q] = orders as [number, number, number, number];
    const total = p + q + P + Q;
    const allowed =
      Math.min(p, q, P, Q) >= 0 &&
      Math.max(p, q) <= limits.most &&
      Math.max(P, Q) <= (seasonal ? limits.mostSeasonal : 0) &&
      total <= limits.mostInAll &&
      total < w.length / 4;
    const key = orders.join();
    if (!allowed || tried.has(key) || tried.size >= limits.models) return false;
    tried.add(key);
    const order = orderOf(orders);
    const fit = fitConditional(w, order, ITERATIONS, extended(best, order));
    const k = armaCount(order) + extra + 1;
    if (known <= k + 1 || fit.count === 0) return false;
    // the same number of periods for all, though a model of order p is judged on p fewer
    const n = known;
    const aicc = n * Math.log(Math.max(fit.squares, 1e-300) / fit.count) + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
    const usable = tried.size === 1 || isWellInside(coefficientsAt(order, fit.point), m);
    if (!usable || !(aicc < least)) return false;
    least = aicc;
    best = { order, point: fit.point };
    return true;
  };

  attempt([0, 0, 0, 0]);
  const once = seasonal ? 1 : 0;
  attempt([1, 0, once, 0]);
  attempt([0, 1, 0, once]);
  attempt([2, 2, once, once]);
  let better = true;
  while (better) {
    const { p, q, seasonalP: P, seasonalQ: Q } = best.order;
    better = neighbours(p, q, P, Q).some(attempt);
  }
  return best;
}

/** Neighbours in the order of `auto.arima`: seasonal orders first. */
function neighbours(p: number, q: number, P: number, Q: number): number[][] {
  return [
    [p, q, P - 1, Q],
    [p, q, P, Q - 1],
    [p, q, P + 1, Q],
    [p, q, P, Q + 1],
    [p, q, P - 1, Q - 1],
    [p, q, P - 1, Q + 1],
    [p, q, P + 1, Q - 1],
    [p, q, P + 1, Q + 1],
    [p - 1, q, P, Q],
    [p, q - 1, P, Q],
    [p + 1, q, P, Q],
    [p, q + 1, P, Q],
    [p - 1, q - 1, P, Q],
    [p - 1, q + 1, P, Q],
    [p + 1, q - 1, P, Q],
    [p + 1, q + 1, P, Q],
  ];
}

/** A parent's unbounded values in the places of another order; orders it lacks start at zero. */
function extended({ order: from, point }: ChosenOrder, to: ArimaOrder): Float64Array {
  const out = new Float64Array(armaCount(to));
  let [source, target] = [0, 0];
  for (const key of ['p', 'q', 'seasonalP', 'seasonalQ'] as const) {
    for (let i = 0; i < Math.min(from[key], to[key]); i++) out[target + i] = 0.9 * point[source + i]!;
    source += from[key];
    target += to[key];
  }
  return out;
}
