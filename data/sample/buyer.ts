import type { Random } from '../random.ts';
import type { Product } from './assortment.ts';
import { between } from './distributions.ts';
import type { Market } from './market.ts';
import type { SupplyTerms } from './supply-terms.ts';

/** Weight of one day in the buyers' running mean of sales. */
const LEARNING = 0.04;
/** Buyers look at so many first days before they order at all. */
const FIRST_LOOK_DAYS = 28;
/** Stock is never ordered to last longer than this share of the shelf life. */
const SHARE_OF_SHELF_LIFE = 0.7;

/**
 * The company's own buyers for one product: a running mean of sales per store, a guess of what promotions and holidays
 * multiply it by, and (s, S) levels from both. They are plain people: they learn from sales, not from demand.
 */
export class Buyer {
  readonly #product: Product;
  readonly #market: Market;
  readonly #terms: readonly SupplyTerms[];
  readonly #lift: Float64Array;
  /** Sum of lift before each day, [stores][days + 1]. */
  readonly #liftBefore: Float64Array;
  /** Units per day without lift, per store. */
  readonly #level: Float64Array;
  /** Standard deviations of safety; drawn, so that some products run short more often. */
  readonly #safety: number;

  /**
   * @param demand true units, [stores][days]; only the first weeks are looked at
   * @param lift guessed multiple of the mean, [stores][days]; 0 when closed
   */
  constructor(
    product: Product,
    market: Market,
    terms: readonly SupplyTerms[],
    demand: Int32Array,
    lift: Float64Array,
    random: Random,
  ) {
    this.#product = product;
    this.#market = market;
    this.#terms = terms;
    this.#lift = lift;
    this.#safety = between(random, 0, 2.2);
    const { days } = market.plan;
    const stores = market.stores.length;
    this.#liftBefore = new Float64Array(stores * (days + 1));
    this.#level = new Float64Array(stores);
    const first = Math.max(0, product.launchDay);
    for (let s = 0; s < stores; s++) {
      const sums = this.#liftBefore.subarray(s * (days + 1), (s + 1) * (days + 1));
      for (let t = 0; t < days; t++) sums[t + 1] = sums[t]! + lift[s * days + t]!;
      const until = Math.min(days, first + FIRST_LOOK_DAYS);
      let units = 0;
      for (let t = first; t < until; t++) units += demand[s * days + t]!;
      this.#level[s] = Math.max(0.02, units / Math.max(1, sums[until]! - sums[first]!));
    }
  }

  #needOfStore(store: number, from: number, until: number): number {
    const row = store * (this.#market.plan.days + 1);
    return this.#level[store]! * (this.#liftBefore[row + until]! - this.#liftBefore[row + from]!);
  }

  /** Units the buyers expect a location to give out in the `length` days after day `t`. */
  need(location: number, t: number, length: number): number {
    const { stores, plan } = this.#market;
    const from = Math.min(plan.days, t + 1);
    const until = Math.min(plan.days, t + 1 + Math.round(length));
    if (location < stores.length) return this.#needOfStore(location, from, until);
    let need = 0;
    stores.forEach(({ region }, s) => {
      if (stores.length + region === location) need += this.#needOfStore(s, from, until);
    });
    return need;
  }

  /** Reorder point `s` and order-up-to level `S` of a location on day `t`, in units. */
  levels(location: number, t: number): { reorderPoint: number; orderUpTo: number } {
    const { leadTimeDays, leadTimeSdDays, reviewPeriodDays } = this.#terms[location]!;
    const { size, packSize, shelfLifeDays } = this.#product;
    const length = leadTimeDays + reviewPeriodDays;
    const need = this.need(location, t, length);
    const perDay = need / length;
    const sd = Math.sqrt(need * (1 + perDay / size) + (perDay * leadTimeSdDays) ** 2);
    const least = location < this.#market.stores.length ? 1 : packSize;
    const reorderPoint = Math.max(least, need + this.#safety * sd);
    const longest =
      shelfLifeDays === undefined ? Number.POSITIVE_INFINITY : perDay * shelfLifeDays * SHARE_OF_SHELF_LIFE;
    const wanted = reorderPoint + perDay * Math.max(4, reviewPeriodDays);
    return { reorderPoint, orderUpTo: Math.max(reorderPoint, Math.min(longest, wanted)) };
  }

  /** Takes a day's sales of a store into the running mean; a day that ran short counts only if it sold more than usual. */
  learn(store: number, t: number, sold: number, ranShort: boolean): void {
    const guess = this.#lift[store * this.#market.plan.days + t]!;
    const level = this.#level[store]!;
    if (guess > 0 && (!ranShort || sold > level * guess))
      this.#level[store] = level + LEARNING * (sold / guess - level);
  }
}

/**
 * The buyers' guess of how promotions and holidays multiply demand, [stores][days]: they know the depth and the day, not
 * the elasticity, and take three fifths of a holiday's effect for granted.
 */
export function guessLift(
  discountPct: Uint8Array,
  isPromoted: Uint8Array,
  category: number,
  market: Market,
): Float64Array {
  const { plan, stores } = market;
  const lift = new Float64Array(stores.length * plan.days);
  stores.forEach(({ countryIndex }, s) => {
    const events = market.events[category]![countryIndex]!;
    const mood = market.storeMoods[s]!;
    for (let t = 0; t < plan.days; t++) {
      const cell = s * plan.days + t;
      const promotion = isPromoted[cell] === 0 ? 1 : 1.15 + (3.2 * discountPct[cell]!) / 100;
      lift[cell] = mood[t] === Number.NEGATIVE_INFINITY ? 0 : promotion * Math.exp(0.6 * events[t]!);
    }
  });
  return lift;
}
