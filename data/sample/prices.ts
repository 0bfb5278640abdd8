import type { Random } from '../random.ts';
import type { Product } from './assortment.ts';
import { between } from './distributions.ts';
import type { SamplePlan } from './options.ts';
import { REGIONS } from './places.ts';

/** One price of the list: in force from `from` until the next. Days are indexes from the plan's first day. */
export interface ListPrice {
  from: number;
  cents: number;
  /** Day on which it was announced. */
  knownOn: number;
}

/** Announced at least so long ahead, so that whoever plans 30 days ahead knows every price. */
const SHORTEST_NOTICE_DAYS = 45;

/** Cents that end in 9. */
function shelfPrice(cents: number): number {
  return Math.max(9, Math.round((cents + 1) / 10) * 10 - 1);
}

function priceList(product: Product, plan: SamplePlan, random: Random): ListPrice[] {
  const first = Math.max(0, product.launchDay);
  const list: ListPrice[] = [{ from: first, cents: product.listCents, knownOn: first - 60 }];
  let from = first + Math.floor(between(random, 40, 180));
  while (from < Math.min(plan.days, product.endDay)) {
    const previous = list.at(-1)!.cents;
    const direction = random.uniform() < 0.55 ? 1 : -1;
    const wanted = previous * Math.exp(direction * between(random, 0.025, 0.12));
    const cents = shelfPrice(Math.min(product.listCents * 1.3, Math.max(product.listCents * 0.8, wanted)));
    const knownOn = from - SHORTEST_NOTICE_DAYS - random.below(45);
    if (cents !== previous) list.push({ from, cents, knownOn });
    from += Math.floor(between(random, 80, 240));
  }
  return list;
}

/**
 * The price list of a product per region: the same array twice where it has one for all. Prices move for no reason in
 * demand, so an elasticity can be told from them.
 */
export function priceLists(product: Product, plan: SamplePlan, random: Random): ListPrice[][] {
  if (product.isPricedByRegion) return REGIONS.map((region) => priceList(product, plan, random.fork(region)));
  const list = priceList(product, plan, random.fork('everywhere'));
  return REGIONS.map(() => list);
}

/** List price in cents per day; the first price holds before it begins. */
export function dailyListCents(list: readonly ListPrice[], days: number): Int32Array {
  const cents = new Int32Array(days);
  for (const [i, price] of list.entries()) cents.fill(price.cents, i === 0 ? 0 : price.from);
  return cents;
}

/** Cents paid for one unit. */
export function discounted(listCents: number, discountPct: number): number {
  return Math.round((listCents * (100 - discountPct)) / 100);
}
