import { normalQuantile } from '../numerics/distributions.ts';
import { criticalRatio, roundUp } from '../restock/order-quantity.ts';
import { economicOrderQuantity } from '../restock/policies/economic-order-quantity.ts';
import type { ProductKnowledge } from './knowledge.ts';
import { type StockLocation, type StockProduct, servedBy } from './stock-product.ts';
import type { StockPolicy, StockView } from './stock-world.ts';

/** What a simple rule makes of one location: order when stock and deliveries are at or below the first, up to the second. */
type Levels = (location: number, members: readonly number[], day: number) => [reorderPoint: number, orderUpTo: number];

/** Days that min and max of the min/max rule are apart from the demand of lead time and review, as planners set them by hand. */
const MIN_EXTRA_DAYS = 7;
const MAX_EXTRA_DAYS = 21;

/** Nothing is ordered to last longer than this share of its shelf life, as buyers do by hand. */
const SHARE_OF_SHELF_LIFE = 0.7;

/** Days from an order until the one after it can be sold; for what serves others, on to their shelves. */
function windowDays({ locations }: StockProduct, location: number, members: readonly number[]): number {
  const own = locations[location]!.terms;
  const onward = members.filter((l) => l !== location).map((l) => locations[l]!.terms.leadDays);
  return own.leadDays + own.reviewDays + Math.max(0, ...onward);
}

function levelPolicy(name: string, product: StockProduct, knowledge: ProductKnowledge, levels: Levels): StockPolicy {
  const members = product.locations.map((_, l) => [...servedBy(product, l), l]);
  const position = ({ onHand, arrivals }: StockView, of: readonly number[]): number =>
    of.reduce((sum, l) => sum + onHand[l]! + arrivals[l]!.reduce((due, { quantity }) => due + quantity, 0), 0);
  return {
    name,
    decide: (view) =>
      view.reviews.map((location) => {
        const [reorderPoint, upTo] = levels(location, members[location]!, view.day);
        const { mean } = knowledge.recent(members[location]!, view.day);
        const longest = SHARE_OF_SHELF_LIFE * product.shelfLifeDays;
        const orderUpTo = Number.isFinite(longest) ? Math.max(reorderPoint, Math.min(upTo, mean * longest)) : upTo;
        const has = position(view, members[location]!);
        const wanted = has > reorderPoint ? 0 : Math.ceil(orderUpTo - has);
        return { location, quantity: roundUp(wanted, product.locations[location]!.terms) };
      }),
  };
}

/** The economic order quantity; 0 where keeping has no known cost. */
function economicLot({ terms }: StockLocation, perDay: number): number {
  const { orderCost, holdingEstimate } = terms;
  if (!(holdingEstimate > 0)) return 0;
  return economicOrderQuantity({ orderCost, holding: holdingEstimate, demandRate: perDay }).quantity;
}

function ratioOf({ terms }: StockLocation): number {
  const holding = terms.holdingEstimate * terms.reviewDays;
  if (!(terms.shortageEstimate > 0 && holding > 0)) return terms.serviceLevel;
  return Math.min(0.999, Math.max(0.5, criticalRatio({ shortage: terms.shortageEstimate, holding })));
}

/** Up to the recent mean over lead time and review plus the normal safety stock of the critical ratio, at every review. */
export function meanPolicy(product: StockProduct, knowledge: ProductKnowledge): StockPolicy {
  return levelPolicy('recent_mean', product, knowledge, (location, members, day) => {
    const days = windowDays(product, location, members);
    const { mean, sd } = knowledge.recent(members, day);
    const upTo = mean * days + normalQuantile(ratioOf(product.locations[location]!)) * sd * Math.sqrt(days);
    return [upTo - 1, upTo];
  });
}

/** Below a week more than the recent mean of lead time and review, up to three weeks more: levels as they are set by hand. */
export function minMaxPolicy(product: StockProduct, knowledge: ProductKnowledge): StockPolicy {
  return levelPolicy('min_max', product, knowledge, (location, members, day) => {
    const days = windowDays(product, location, members);
    const { mean } = knowledge.recent(members, day);
    return [mean * (days + MIN_EXTRA_DAYS), mean * (days + MAX_EXTRA_DAYS)];
  });
}

/**
 * Forecast of lead time and review plus z times the standard deviation of a day's sales times the root of the days. It sees the
 * same forecast as ours.
 *
 * @param hasLot whether it orders the economic lot beyond, else up to that level only
 */
export function zSigmaPolicy(
  product: StockProduct,
  knowledge: ProductKnowledge,
  z: number,
  hasLot: boolean,
): StockPolicy {
  return levelPolicy(`z_sigma ${z} ${hasLot ? 'lots' : 'levels'}`, product, knowledge, (location, members, day) => {
    const days = windowDays(product, location, members);
    const forecast = members.reduce((sum, l) => sum + knowledge.expected(l, day, days), 0);
    const level = forecast + z * knowledge.recent(members, day).sd * Math.sqrt(days);
    const lot = hasLot ? economicLot(product.locations[location]!, forecast / days) : 0;
    return hasLot ? [level, level + lot] : [level - 1, level];
  });
}
