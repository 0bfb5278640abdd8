import type { Random } from '../random.ts';
import type { Product } from './assortment.ts';
import type { Buyer } from './buyer.ts';
import { between } from './distributions.ts';
import type { Market } from './market.ts';
import { drawLeadTime, type SupplyTerms } from './supply-terms.ts';

/** An order under way. Days are indexes from the plan's first day. */
export interface Delivery {
  location: number;
  orderedOn: number;
  /** Day promised when it was ordered. */
  promisedOn: number;
  arrivesOn: number;
  quantity: number;
}

/** How stock of one product flowed over the history, locations being stores first and then warehouses. */
export interface StockFlow {
  /** Units sold, [stores][history]. */
  sold: Int32Array;
  /** 1 where no shopper met an empty shelf, [stores][history]. */
  inStock: Uint8Array;
  /** Units in the morning, deliveries of the day included, [locations][history + 1]; the last is the as-of morning. */
  onHand: Int32Array;
  /** Ordered before the as-of morning and not arrived by then. */
  underWay: Delivery[];
  /** What the company did, [kind of location][week back from the as-of day][`WEEK_FIGURES`]. */
  weeks: Float64Array;
}

/** Kinds of location in `weeks`, and figures per week. */
export const KINDS = ['store', 'warehouse'] as const;
export const WEEK_FIGURES = [
  /** Units on hand in the evening, summed over days. */
  'stock_unit_days',
  'orders',
  'ordered_units',
  /** Deliveries, and those after which the shelf stood empty before the next one. */
  'deliveries',
  'deliveries_short',
] as const;

/** No orders are placed so shortly before a product ends. */
const LAST_ORDER_DAYS = 14;
/** Share of locations hit by a buying mistake. */
const SHARE_MISTAKEN = 0.65;

class Shelves {
  readonly stores: number;
  readonly locations: number;
  readonly stock: Int32Array;
  /** Stock and what is under way. */
  readonly position: Int32Array;
  underWay: Delivery[] = [];
  /** 1 where the shelf stood empty since the last delivery. */
  readonly isShort: Uint8Array;
  readonly weeks: Float64Array;
  readonly #history: number;

  constructor(stores: number, warehouses: number, history: number) {
    this.stores = stores;
    this.locations = stores + warehouses;
    this.#history = history;
    this.isShort = new Uint8Array(this.locations);
    this.weeks = new Float64Array(KINDS.length * Math.ceil(history / 7) * WEEK_FIGURES.length);
    this.stock = new Int32Array(this.locations);
    this.position = new Int32Array(this.locations);
  }

  /** Books a figure of a location for the week of a day. */
  book(location: number, t: number, figure: (typeof WEEK_FIGURES)[number], amount: number): void {
    const weeks = Math.ceil(this.#history / 7);
    const kind = location < this.stores ? 0 : 1;
    const week = Math.floor((this.#history - 1 - t) / 7);
    if (t < this.#history)
      this.weeks[(kind * weeks + week) * WEEK_FIGURES.length + WEEK_FIGURES.indexOf(figure)]! += amount;
  }

  add(location: number, quantity: number): void {
    this.stock[location]! += quantity;
    this.position[location]! += quantity;
  }

  receive(t: number): void {
    this.underWay = this.underWay.filter(({ arrivesOn, location, quantity }) => {
      if (arrivesOn > t) return true;
      this.stock[location]! += quantity;
      this.book(location, t, 'deliveries', 1);
      this.book(location, t, 'deliveries_short', this.isShort[location]!);
      this.isShort[location] = 0;
      return false;
    });
  }
}

/**
 * Runs the company's own stock policy day by day: deliveries arrive, shoppers take what is there, and on review days a
 * location whose position has fallen to `s` orders up to `S`, in packs, from what its warehouse can give; warehouses order
 * from suppliers with random lead times. Sales are never more than demand, stock is never negative.
 * Cost O(locations x history).
 *
 * @param demand true units wanted, [stores][days]
 */
export function runInventory(
  product: Product,
  market: Market,
  terms: readonly SupplyTerms[],
  demand: Int32Array,
  buyer: Buyer,
  random: Random,
): StockFlow {
  const { history, days } = market.plan;
  const shelves = new Shelves(market.stores.length, market.warehouses.length, history);
  const { stores, locations, stock, position } = shelves;
  const { packSize, minOrder } = product;
  const onHand = new Int32Array(locations * (history + 1));
  const sold = new Int32Array(stores * history);
  const inStock = new Uint8Array(stores * history).fill(1);
  const start = Math.max(0, product.launchDay);
  const lastOrderDay = product.endDay - LAST_ORDER_DAYS;
  const mistakeOn = product.isOverstocked ? history - 20 - random.below(40) : -1;
  const inPacks = (units: number): number => Math.ceil(units / packSize) * packSize;

  const order = (location: number, t: number, quantity: number): void => {
    const term = terms[location]!;
    const promisedOn = t + Math.max(1, Math.round(term.leadTimeDays));
    shelves.underWay.push({ location, orderedOn: t, promisedOn, arrivesOn: t + drawLeadTime(term, random), quantity });
    position[location]! += quantity;
    shelves.book(location, t, 'orders', 1);
    shelves.book(location, t, 'ordered_units', quantity);
  };

  const review = (location: number, t: number): void => {
    const { reorderPoint, orderUpTo } = buyer.levels(location, t);
    if (position[location]! > reorderPoint) return;
    const wanted = inPacks(orderUpTo - position[location]!);
    if (location >= stores) {
      if (wanted > 0) order(location, t, inPacks(Math.max(wanted, minOrder)));
      return;
    }
    const warehouse = stores + market.stores[location]!.region;
    const quantity = Math.min(wanted, Math.floor(stock[warehouse]! / packSize) * packSize);
    if (quantity <= 0) return;
    shelves.add(warehouse, -quantity);
    order(location, t, quantity);
  };

  const sell = (store: number, t: number): void => {
    const wanted = demand[store * days + t]!;
    const taken = Math.min(wanted, stock[store]!);
    const ranShort = taken < wanted || stock[store] === 0;
    sold[store * history + t] = taken;
    if (ranShort) inStock[store * history + t] = 0;
    if (taken < wanted) shelves.isShort[store] = 1;
    shelves.add(store, -taken);
    buyer.learn(store, t, taken, ranShort);
  };

  for (let t = start; t <= history; t++) {
    if (t === start) for (let l = 0; l < locations; l++) shelves.add(l, inPacks(buyer.levels(l, t).orderUpTo));
    shelves.receive(t);
    if (t === mistakeOn && t < lastOrderDay)
      for (let l = 0; l < locations; l++)
        if (random.uniform() < SHARE_MISTAKEN) shelves.add(l, inPacks(buyer.need(l, t, 30) * between(random, 4, 9)));
    for (let l = 0; l < locations; l++) onHand[l * (history + 1) + t] = stock[l]!;
    if (t === history) break;
    if (t < product.endDay) for (let s = 0; s < stores; s++) sell(s, t);
    for (let i = 0; i < locations && t < lastOrderDay; i++) {
      const location = i < stores ? (i + t) % stores : i;
      if ((t + location) % terms[location]!.reviewPeriodDays === 0) review(location, t);
    }
    for (let l = 0; l < locations; l++) shelves.book(l, t, 'stock_unit_days', stock[l]!);
  }
  return { sold, inStock, onHand, underWay: shelves.underWay, weeks: shelves.weeks };
}
