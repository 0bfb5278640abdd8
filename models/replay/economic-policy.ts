import { demandUntil } from '../restock/demand-curve.ts';
import { echelonOf, type ServedStore } from '../restock/echelon.ts';
import { placeSafetyStock, selfProtected } from '../restock/place-safety-stock.ts';
import { planOrder, type Situation, targetOf } from '../restock/plan.ts';
import type { SupplyTerms } from '../restock/supply-terms.ts';
import type { ProductKnowledge } from './knowledge.ts';
import { type StockLocation, type StockProduct, servedBy } from './stock-product.ts';
import type { StockOrder, StockPolicy, StockView } from './stock-world.ts';

/** Days between looks at where safety stock lies; it changes with the level of demand only. */
const PLACEMENT_DAYS = 28;

/** Standard deviations of a window's demand above its mean beyond which no order can pay: far above any target's quantile. */
const PLENTY = 5;

/**
 * The orders of the restock job, each review anew: every location that orders is planned by `planOrder` from the newest forecast,
 * its measured spread, what is on hand and what is under way; one that serves others from what they all will sell. Safety
 * stock lies in the warehouse or in the stores, where it costs less.
 */
export function economicPolicy(product: StockProduct, knowledge: ProductKnowledge): StockPolicy {
  const { locations } = product;
  const served = locations.map((_, l) => servedBy(product, l));
  const places = new Map<string, boolean>();
  /** Whether the stores of a location hold the safety stock themselves. */
  const isStoresOwn = (server: number, view: StockView): boolean => {
    const key = `${server}/${Math.floor(view.day / PLACEMENT_DAYS)}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    const { terms } = locations[server]!;
    const stores = served[server]!.map((l) => ({
      ...servedStore(view, l, knowledge),
      holdingPerUnitDay: locations[l]!.terms.holdingEstimate,
      target: targetOf(locations[l]!.terms),
      isCount: product.isCount,
    }));
    const found = placeSafetyStock(stores, terms.leadDays + terms.reviewDays, terms.holdingEstimate).at === 'stores';
    places.set(key, found);
    return found;
  };
  return {
    name: 'economic',
    decide: (view) =>
      view.reviews.map((l) => {
        const own = termsOn(locations[l]!, view.day);
        if (served[l]!.length > 0) return planServer(view, l, served[l]!, own, !isStoresOwn(l, view), knowledge);
        const { supplier } = locations[l]!;
        if (supplier < 0 || !isStoresOwn(supplier, view)) return planStore(view, l, own, knowledge);
        const { leadDays, reviewDays } = locations[supplier]!.terms;
        return planStore(view, l, selfProtected(own, leadDays + reviewDays), knowledge);
      }),
  };
}

function planStore(
  { day, product, onHand, arrivals }: StockView,
  location: number,
  terms: SupplyTerms,
  knowledge: ProductKnowledge,
): StockOrder {
  return orderOf(location, {
    curve: knowledge.curve(location, day),
    spread: knowledge.spread(location, day),
    isCount: product.isCount,
    onHand: onHand[location]!,
    arrivals: arrivals[location]!,
    terms,
    onwardDays: 0,
    floorDays: 0,
  });
}

function planServer(
  view: StockView,
  location: number,
  served: readonly number[],
  terms: SupplyTerms,
  isPooled: boolean,
  knowledge: ProductKnowledge,
): StockOrder {
  const { day, product, onHand, arrivals } = view;
  const stores = served.map((l) => servedStore(view, l, knowledge));
  // what it sells itself is one more store without a shelf of its own
  if (product.locations[location]!.series >= 0) {
    const own = { curve: knowledge.curve(location, day), spread: knowledge.spread(location, day) };
    stores.push({ ...own, position: 0, leadDays: 0, reviewDays: 0 });
  }
  const { curve, spread, storePosition, onwardDays } = echelonOf(stores, terms.leadDays + terms.reviewDays, isPooled);
  return orderOf(location, {
    curve,
    // how far sums over the stores were off, where that was measured: stores rise and fall together
    spread: (isPooled && knowledge.serverSpread(location, day)) || spread,
    isCount: product.isCount,
    onHand: onHand[location]! + storePosition,
    arrivals: arrivals[location]!,
    terms,
    onwardDays,
    floorDays: 0,
  });
}

function servedStore(
  { day, product, onHand, arrivals }: StockView,
  l: number,
  knowledge: ProductKnowledge,
): ServedStore {
  const { leadDays, reviewDays } = product.locations[l]!.terms;
  return {
    curve: knowledge.curve(l, day),
    spread: knowledge.spread(l, day),
    position: onHand[l]! + arrivals[l]!.reduce((sum, { quantity }) => sum + quantity, 0),
    leadDays,
    reviewDays,
  };
}

function termsOn({ terms, endDay }: StockLocation, day: number): SupplyTerms {
  return { ...terms, endsInDays: Math.max(0, endDay - day) };
}

/** The order of `planOrder`; none where stock lasts so surely that it need not be asked. */
function orderOf(location: number, situation: Situation): StockOrder {
  const { curve, spread, onHand, arrivals, terms, onwardDays } = situation;
  const days = terms.leadDays + terms.reviewDays + onwardDays;
  const due = arrivals.reduce((sum, { day, quantity }) => sum + (day < days ? quantity : 0), 0);
  const mean = demandUntil(curve, days) * spread.bias;
  const level = spread.levelVariance + (terms.leadSdDays / days) ** 2;
  if (onHand + due > mean + PLENTY * Math.sqrt(spread.dispersion * mean + level * mean * mean))
    return { location, quantity: 0 };
  const { quantity, value } = planOrder(situation);
  return { location, quantity, promised: value };
}
