import { roundUp } from '../restock/order-quantity.ts';
import { isReviewDay, type StockProduct, servedBy } from './stock-product.ts';
import type { StockPolicy, StockView, StockWorld } from './stock-world.ts';

/** Lots of one location that orders from a supplier: ordered on, and what it and all it serves need of it until then. */
interface LotPlan {
  orderDay: number;
  arrivesOn: number;
  /** First day whose demand the lot after this one covers. */
  until: number;
}

/**
 * Knows all demand and every lead time ahead. A location that orders from a supplier orders the lots of Wagner and Whitin (1958)
 * for all that it serves, with what their onward orders cost; those it serves take after each delivery what they sell until
 * the next. Orders cost what they cost, nothing is kept for safety. Not an exact lower bound: packs are rounded up, and lots are
 * cut without regard to what is left at the start.
 */
export function foresightPolicy(product: StockProduct, world: StockWorld, days: number): StockPolicy {
  const { locations } = product;
  const served = locations.map((_, l) => servedBy(product, l));
  const plans = locations.map((location, l) =>
    location.supplier < 0 ? planLots(product, world, l, served[l]!, days) : [],
  );
  const need = (members: readonly number[], from: number, to: number): number => {
    let sum = 0;
    for (const l of members) for (let t = from; t < Math.min(to, days); t++) sum += world.demandOn(l, t);
    return sum;
  };
  const has = ({ onHand, arrivals }: StockView, of: readonly number[]): number =>
    of.reduce((sum, l) => sum + onHand[l]! + arrivals[l]!.reduce((due, { quantity }) => due + quantity, 0), 0);
  return {
    name: 'perfect_foresight',
    decide: (view) =>
      view.reviews.map((l) => {
        const { supplier, terms } = locations[l]!;
        const { day } = view;
        const members = [l, ...served[l]!];
        if (supplier < 0) {
          const lot = plans[l]!.find(({ orderDay }) => orderDay === day);
          return {
            location: l,
            quantity: lot ? roundUp(need(members, day, lot.until) - has(view, members), terms) : 0,
          };
        }
        const next = plans[supplier]!.find(({ arrivesOn }) => arrivesOn > day);
        const until = next ? next.arrivesOn + onwardDays(product, served[supplier]!) : days;
        const missing = need([l], day, until) - has(view, [l]);
        // an order that can wait for the next review waits: a later one brings the same for the same
        const soon = need([l], day, day + terms.leadDays + 2 * terms.reviewDays + Math.ceil(2 * terms.leadSdDays));
        return { location: l, quantity: soon > has(view, [l]) ? roundUp(missing, terms) : 0 };
      }),
  };
}

/** Days from a delivery at the door until every shelf that is served from it surely has it. */
function onwardDays({ locations }: StockProduct, served: readonly number[]): number {
  return served.reduce((most, l) => {
    const { leadDays, leadSdDays, reviewDays } = locations[l]!.terms;
    return Math.max(most, leadDays + reviewDays + Math.ceil(2 * leadSdDays));
  }, 0);
}

/** Least cost of lots over the days by dynamic programming. O(reviews x days). */
function planLots(
  product: StockProduct,
  world: StockWorld,
  location: number,
  served: readonly number[],
  days: number,
): LotPlan[] {
  const { terms } = product.locations[location]!;
  const members = [location, ...served];
  const onward = onwardDays(product, served);
  const setup = terms.orderCost + served.reduce((sum, l) => sum + product.locations[l]!.terms.orderCost, 0);
  const demand = Float64Array.from({ length: days }, (_, t) =>
    members.reduce((sum, l) => sum + world.demandOn(l, t), 0),
  );
  // orders by the day from which their goods can be sold; the latest order that comes by then
  const chances: { orderDay: number; arrivesOn: number }[] = [];
  for (let day = 0; day < days; day++) {
    if (!isReviewDay(product.locations[location]!, day)) continue;
    const arrivesOn = world.arrivalOf(location, day);
    while (chances.length > 0 && chances.at(-1)!.arrivesOn >= arrivesOn) chances.pop();
    if (arrivesOn + onward < days) chances.push({ orderDay: day, arrivesOn });
  }
  const usable = chances.map(({ arrivesOn }) => arrivesOn + onward);
  const n = chances.length;
  /** Least cost from chance `i` on, given that it is used, and the chance used next. */
  const least = new Float64Array(n + 1);
  const next = new Int32Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let [best, choice, keeping] = [Number.POSITIVE_INFINITY, n, 0];
    for (let j = i + 1; j <= n; j++) {
      const to = j < n ? usable[j]! : days;
      for (let t = usable[j - 1]!; t < to; t++) keeping += demand[t]! * (t - usable[i]!) * terms.holdingEstimate;
      // what would spoil first is no part of a lot
      if (j > i + 1 && to - usable[i]! + onward > product.shelfLifeDays) break;
      const cost = setup + keeping + least[j]!;
      if (cost < best) [best, choice] = [cost, j];
    }
    least[i] = best;
    next[i] = choice;
  }
  const plan: LotPlan[] = [];
  for (let i = 0; i < n; i = next[i]!) plan.push({ ...chances[i]!, until: next[i]! < n ? usable[next[i]!]! : days });
  return plan;
}
