import { cheapestCorner, type Hull } from './lower-hull.ts';
import type { Limit, OrderLine } from './order-line.ts';

/** A bisection ends where the price is known to this share of itself, or is this share of the steepest cost. */
const PRICE_SHARE = 1e-6;
const LEAST_SHARE = 1e-9;
/** Rounds over all limits; prices that still move then are close enough for the repair that follows. */
const MAX_ROUNDS = 10;

/** A component as seen by its prices. */
export interface PricedProblem {
  lines: readonly OrderLine[];
  limits: readonly Limit[];
  hulls: readonly Hull[];
  /** Lines of each limit with their use per unit, [limit]. */
  members: readonly { line: number; perUnit: number }[][];
}

export interface Priced {
  /** What one more unit of each limit would save, [limit]; of a minimum: what it would save to have it one lower. */
  prices: Float64Array;
  /** Whether each minimum's lines may be ordered, [limit]; true for all other limits. */
  isOn: boolean[];
  /** Cheapest quantity of each line at these prices, [line]. */
  choice: Int32Array;
  /** No choice that keeps the limits costs less, as far as on and off were not given. */
  bound: number;
}

/**
 * Prices for the use of limits at which every line, deciding alone, keeps to them (Lagrangian relaxation, Everett 1963):
 * one price after the other by bisection until none moves. A supplier's minimum is paid for by a negative price, and the
 * supplier is left out where that costs more than ordering nothing. O(rounds x uses x log quantities).
 *
 * @param fixed whether each minimum's lines are ordered, where that is decided already
 */
export function priceLimits(problem: PricedProblem, fixed?: readonly boolean[]): Priced {
  const { lines, limits, hulls } = problem;
  const prices = new Float64Array(limits.length);
  const isOn = fixed ? [...fixed] : limits.map(() => true);
  const groupOf = lines.map(({ uses }) => uses.find((use) => limits[use.limit]!.kind === 'at_least_if_any')?.limit);
  const isOut = (line: number): boolean => groupOf[line] !== undefined && !isOn[groupOf[line]!];
  const priceOf = (line: number): number =>
    lines[line]!.uses.reduce((sum, { limit, perUnit }) => sum + sign(limits[limit]!) * prices[limit]! * perUnit, 0);
  const choose = (line: number): number => (isOut(line) ? 0 : cheapestCorner(hulls[line]!, priceOf(line)));
  const charged = (line: number, at: number): number =>
    lines[line]!.costs[at]! + priceOf(line) * lines[line]!.quantities[at]!;

  let bound = -Infinity;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = Float64Array.from(prices);
    const wasOn = [...isOn];
    limits.forEach(({ kind, amount }, l) => {
      if (kind === 'at_least_if_any' && !fixed) isOn[l] = true;
      if (!isOn[l]) {
        prices[l] = 0;
        return;
      }
      prices[l] = bisect(problem, l, prices, isOut);
      if (kind === 'at_most' || fixed || problem.members[l]!.length === 0) return;
      const on = problem.members[l]!.reduce((sum, { line }) => sum + charged(line, choose(line)), prices[l]! * amount);
      const off = problem.members[l]!.reduce((sum, { line }) => sum + lines[line]!.costs[0]!, 0);
      isOn[l] = prices[l] !== Infinity && on <= off;
      if (!isOn[l]) prices[l] = 0;
    });
    bound = Math.max(bound, boundOf());
    if (prices.every((price, l) => close(price, before[l]!)) && isOn.every((on, l) => on === wasOn[l])) break;
  }
  return { prices, isOn, choice: Int32Array.from(lines, (_, line) => choose(line)), bound };

  function boundOf(): number {
    let sum = 0;
    lines.forEach((_, line) => {
      sum += isOut(line) ? lines[line]!.costs[0]! : charged(line, choose(line));
    });
    limits.forEach((limit, l) => {
      if (isOn[l]) sum -= sign(limit) * prices[l]! * limit.amount;
    });
    return sum;
  }
}

const sign = ({ kind }: Limit): number => (kind === 'at_most' ? 1 : -1);
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));

/** Least price of one limit at which it is kept, the others given; Infinity where a minimum cannot be reached. */
function bisect(
  { lines, limits, hulls, members }: PricedProblem,
  l: number,
  prices: Float64Array,
  isOut: (line: number) => boolean,
): number {
  const { kind, amount } = limits[l]!;
  const own = sign(limits[l]!);
  const inside = members[l]!.filter(({ line }) => !isOut(line));
  const others = Float64Array.from(inside, ({ line }) => {
    let sum = 0;
    for (const use of lines[line]!.uses) {
      if (use.limit !== l) sum += sign(limits[use.limit]!) * prices[use.limit]! * use.perUnit;
    }
    return sum;
  });
  const isKept = (price: number): boolean => {
    let used = 0;
    for (let i = 0; i < inside.length; i++) {
      const { line, perUnit } = inside[i]!;
      const corner = cheapestCorner(hulls[line]!, others[i]! + own * price * perUnit);
      used += perUnit * lines[line]!.quantities[corner]!;
    }
    return kind === 'at_most' ? used <= amount : used >= amount;
  };
  if (isKept(0)) return 0;
  let high = 0;
  inside.forEach(({ line, perUnit }, i) => {
    const { slopes } = hulls[line]!;
    const steepest = kind === 'at_most' ? -(slopes[0] ?? 0) : (slopes.at(-1) ?? 0);
    high = Math.max(high, (steepest + Math.abs(others[i]!)) / perUnit);
  });
  high = high * (1 + 1e-9) + 1e-9;
  if (!isKept(high)) return kind === 'at_most' ? high : Infinity;
  const least = high * LEAST_SHARE;
  for (let low = 0; high - low > Math.max(PRICE_SHARE * high, least); ) {
    const middle = (low + high) / 2;
    if (isKept(middle)) high = middle;
    else low = middle;
  }
  return high;
}
