import type { Random } from '../random.ts';
import { GROUP_SIZE, makeProduct, type Product } from './assortment.ts';
import type { Market } from './market.ts';
import { dailyListCents, discounted, type ListPrice, priceLists } from './prices.ts';
import { type DailyPromotions, dailyPromotions, makePromotions, type Promotion } from './promotions.ts';

/** A product with its prices and promotions, as shoppers see them. */
export interface Offer {
  product: Product;
  /** Per region. */
  lists: ListPrice[][];
  promotions: Promotion[];
  /** List price in cents, [region][days]. */
  listCents: Int32Array[];
  daily: DailyPromotions;
  /** Log of the price paid against the product's first list price, [stores][days]. */
  logPrice: Float64Array;
}

function makeOffer(product: Product, market: Market, random: Random): Offer {
  const { plan, stores } = market;
  const lists = priceLists(product, plan, random.fork('prices'));
  const promotions = makePromotions(product, plan, stores, random.fork('promotions'));
  const listCents = lists.map((list) => dailyListCents(list, plan.days));
  const daily = dailyPromotions(promotions, stores.length, plan.days);
  const logPrice = new Float64Array(stores.length * plan.days);
  stores.forEach(({ region }, s) => {
    for (let t = 0; t < plan.days; t++) {
      const cell = s * plan.days + t;
      logPrice[cell] = Math.log(discounted(listCents[region]![t]!, daily.discountPct[cell]!) / product.listCents);
    }
  });
  return { product, lists, promotions, listCents, daily, logPrice };
}

/** The offers of one group of products, whose prices act on each other's demand. */
export function makeGroup(group: number, market: Market, random: Random): Offer[] {
  const first = group * GROUP_SIZE;
  const count = Math.min(GROUP_SIZE, market.plan.products - first);
  return Array.from({ length: count }, (_, i) => {
    const own = random.fork(`product/${first + i}`);
    return makeOffer(makeProduct(first + i, market.plan, own.fork('traits')), market, own);
  });
}
