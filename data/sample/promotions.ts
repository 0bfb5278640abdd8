import { dayOf, partsOf } from '../day.ts';
import type { Random } from '../random.ts';
import type { Product } from './assortment.ts';
import { between, pick, pickWeighted } from './distributions.ts';
import type { SamplePlan } from './options.ts';
import type { Store } from './places.ts';

/** Kinds of promotion, with the log effect on demand that is not the price's: a display works without a discount. */
export const PROMOTION_BOOSTS = { price_cut: 0, flyer: 0.15, display: 0.28, event: 0.1 } as const;
export type PromotionKind = keyof typeof PROMOTION_BOOSTS;
export const PROMOTION_KINDS = Object.keys(PROMOTION_BOOSTS) as PromotionKind[];

/** A promotion of one product. Days are indexes from the plan's first day, `to` is the last one. */
export interface Promotion {
  id: string;
  from: number;
  to: number;
  discountPct: number;
  kind: PromotionKind;
  /** Indexes of the stores that take part; undefined: all. */
  stores?: number[];
  /** Day on which it was announced. */
  knownOn: number;
}

const SHORTEST_NOTICE_DAYS = 45;
const CHANCE_OF_SINGLES_DAY = 0.4;

function singlesDayPromotions(plan: SamplePlan, stores: readonly Store[], random: Random): Omit<Promotion, 'id'>[] {
  const chinese = stores.flatMap(({ region }, i) => (region === 1 ? [i] : []));
  const promotions: Omit<Promotion, 'id'>[] = [];
  for (let year = partsOf(plan.startDay).year; year <= partsOf(plan.startDay + plan.days).year; year++) {
    const to = dayOf(`${year}-11-11`) - plan.startDay;
    const discountPct = pick(random, [15, 20, 25, 30]);
    const isHeld = random.uniform() < CHANCE_OF_SINGLES_DAY;
    if (isHeld && to - 2 >= 0 && to < plan.days)
      promotions.push({ from: to - 2, to, discountPct, kind: 'event', stores: chinese, knownOn: to - 60 });
  }
  return promotions;
}

function someStores(stores: readonly Store[], random: Random): number[] | undefined {
  if (random.uniform() < 0.6) return undefined;
  const chosen = stores.flatMap((_, i) => (random.uniform() < 0.5 ? [i] : []));
  return chosen.length === 0 || chosen.length === stores.length ? undefined : chosen;
}

/**
 * Past and planned promotions of a product, in order of time and never two on one day. Depth, kind, stores and moment are
 * drawn for no reason in demand, and some are displays without a discount, so promotion and price are not collinear.
 */
export function makePromotions(
  product: Product,
  plan: SamplePlan,
  stores: readonly Store[],
  random: Random,
): Promotion[] {
  const events = singlesDayPromotions(plan, stores, random.fork('11.11'));
  const regular: Omit<Promotion, 'id'>[] = [];
  const end = Math.min(plan.days, product.endDay);
  let from = Math.max(0, product.launchDay) + 14 + random.below(50);
  while (from < end) {
    const to = Math.min(end - 1, from + pick(random, [6, 6, 9, 13]));
    const kind = PROMOTION_KINDS[pickWeighted(random, [0.4, 0.35, 0.25])]!;
    const depth = pick(random, [10, 10, 15, 20, 20, 25, 30, 40]);
    const discountPct = kind === 'display' && random.uniform() < 0.4 ? 0 : depth;
    const knownOn = from - SHORTEST_NOTICE_DAYS - random.below(30);
    const promotion = { from, to, discountPct, kind, stores: someStores(stores, random), knownOn };
    if (!events.some((event) => event.from <= to && event.to >= from)) regular.push(promotion);
    from = to + Math.floor(between(random, 25, 75));
  }
  return [...regular, ...events.filter((event) => event.from >= product.launchDay && event.to < end)]
    .sort((a, b) => a.from - b.from)
    .map((promotion, i) => ({ id: `${product.id}-${String(i + 1).padStart(3, '0')}`, ...promotion }));
}

/** What a shopper sees of promotions, per store and day, [stores][days]. */
export interface DailyPromotions {
  discountPct: Uint8Array;
  /** 0 without promotion, otherwise 1 + index into `PROMOTION_KINDS`. */
  kind: Uint8Array;
}

export function dailyPromotions(promotions: readonly Promotion[], stores: number, days: number): DailyPromotions {
  const discountPct = new Uint8Array(stores * days);
  const kind = new Uint8Array(stores * days);
  const all = Array.from({ length: stores }, (_, s) => s);
  for (const promotion of promotions) {
    for (const s of promotion.stores ?? all) {
      discountPct.fill(promotion.discountPct, s * days + promotion.from, s * days + promotion.to + 1);
      kind.fill(1 + PROMOTION_KINDS.indexOf(promotion.kind), s * days + promotion.from, s * days + promotion.to + 1);
    }
  }
  return { discountPct, kind };
}
