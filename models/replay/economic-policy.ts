import { echelonOf } from '../restock/echelon.ts';
import { planOrder, type SupplyTerms } from '../restock/plan.ts';
import type { ProductKnowledge } from './knowledge.ts';
import { type StockLocation, type StockProduct, servedBy } from './stock-product.ts';
import type { StockOrder, StockPolicy, StockView } from './stock-world.ts';

/**
 * The orders of the restock job, each review anew: every location that orders is planned by `planOrder` from the newest forecast,
 * its measured spread, what is on hand and what is under way; one that serves others from what they all will sell.
 */
export function economicPolicy(product: StockProduct, knowledge: ProductKnowledge): StockPolicy {
  const served = product.locations.map((_, l) => servedBy(product, l));
  return {
    name: 'economic',
    decide: (view) =>
      view.reviews.map((l) =>
        served[l]!.length > 0 ? planServer(view, l, served[l]!, knowledge) : planStore(view, l, knowledge),
      ),
  };
}

function planStore(
  { day, product, onHand, arrivals }: StockView,
  location: number,
  knowledge: ProductKnowledge,
): StockOrder {
  const { quantity, value } = planOrder({
    curve: knowledge.curve(location, day),
    spread: knowledge.spread(location, day),
    isCount: product.isCount,
    onHand: onHand[location]!,
    arrivals: arrivals[location]!,
    terms: termsOn(product.locations[location]!, day),
    onwardDays: 0,
    floorDays: 0,
  });
  return { location, quantity, promised: value };
}

function planServer(
  { day, product, onHand, arrivals }: StockView,
  location: number,
  served: readonly number[],
  knowledge: ProductKnowledge,
): StockOrder {
  const { terms, series } = product.locations[location]!;
  const stores = served.map((l) => ({
    curve: knowledge.curve(l, day),
    spread: knowledge.spread(l, day),
    position: onHand[l]! + arrivals[l]!.reduce((sum, { quantity }) => sum + quantity, 0),
    leadDays: product.locations[l]!.terms.leadDays,
    reviewDays: product.locations[l]!.terms.reviewDays,
  }));
  // what it sells itself is one more store without a shelf of its own
  if (series >= 0) {
    const own = { curve: knowledge.curve(location, day), spread: knowledge.spread(location, day) };
    stores.push({ ...own, position: 0, leadDays: 0, reviewDays: 0 });
  }
  const { curve, spread, storePosition, onwardDays } = echelonOf(stores, terms.leadDays + terms.reviewDays);
  const { quantity, value } = planOrder({
    curve,
    spread: knowledge.serverSpread(location, day) ?? spread,
    isCount: product.isCount,
    onHand: onHand[location]! + storePosition,
    arrivals: arrivals[location]!,
    terms: termsOn(product.locations[location]!, day),
    onwardDays,
    floorDays: 0,
  });
  return { location, quantity, promised: value };
}

function termsOn({ terms, endDay }: StockLocation, day: number): SupplyTerms {
  return { ...terms, endsInDays: Math.max(0, endDay - day) };
}
