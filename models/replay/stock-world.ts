import type { Arrival } from '../restock/window.ts';
import { drawLeadTime } from './lead-time.ts';
import type { Policy, World } from './play.ts';
import { realisedValue } from './realised-value.ts';
import { isReviewDay, type StockProduct, servedBy } from './stock-product.ts';
import { type Lot, receive, type StockState, spoil, take } from './stock-state.ts';
import { book } from './tally.ts';

/** What a policy sees of one product in the morning of a day. */
export interface StockView {
  day: number;
  product: StockProduct;
  /** Units on hand, per location. */
  onHand: Float64Array;
  /** Deliveries as they were promised, days after this morning, ascending, per location; what is late is due tomorrow. */
  arrivals: Arrival[][];
  /** Locations that may order today, those that are served first. */
  reviews: number[];
}

/** An order of one location. */
export interface StockOrder {
  location: number;
  quantity: number;
  /** Money the order is expected to be worth; NaN or left out: not said. Scarce supply goes to those worth most per unit. */
  promised?: number;
}

export type StockPolicy = Policy<StockView, StockOrder>;

/**
 * One product in all its locations. In the morning deliveries come in, what is too old is thrown away, and locations on review
 * order: from a supplier who always has enough, or from the location that serves them, as far as its stock goes and in whole
 * packs (what it cannot give is not owed). During the day shoppers take what is there; demand that finds no stock is lost. In the
 * evening what is on hand is paid for; goods on the way cost nothing.
 */
export class StockWorld implements World<StockState, StockView, StockOrder> {
  readonly #product: StockProduct;
  /** Units wanted, [series][days]. */
  readonly #demand: Float32Array;
  readonly #days: number;
  readonly #seed: number;
  readonly #served: number[][];
  readonly #perishes: boolean;

  constructor(product: StockProduct, demand: Float32Array, days: number, seed: number) {
    this.#product = product;
    this.#demand = demand;
    this.#days = days;
    this.#seed = seed;
    this.#served = product.locations.map((_, i) => servedBy(product, i));
    this.#perishes = Number.isFinite(product.shelfLifeDays);
  }

  /** Units wanted at a location on a day; 0 where it sells nothing or nothing is known. */
  demandOn(location: number, day: number): number {
    const { series } = this.#product.locations[location]!;
    return series < 0 || day >= this.#days ? 0 : this.#demand[series * this.#days + day]! || 0;
  }

  /** Day on which an order that is placed on `day` arrives. */
  arrivalOf(location: number, day: number): number {
    const { terms, pair } = this.#product.locations[location]!;
    return day + drawLeadTime(terms, this.#seed, pair, day);
  }

  morning(state: StockState, day: number): StockView {
    const { locations } = this.#product;
    locations.forEach(({ openingDay, openingUnits }, l) => {
      if (openingDay === day) receive(state, l, openingUnits, this.#fresh(day, openingUnits));
    });
    state.underWay = state.underWay.filter(({ arrivesOn, location, quantity, lots }) => {
      if (arrivesOn > day) return true;
      receive(state, location, quantity, lots);
      if (locations[location]!.series >= 0) {
        book(state.sums, 'cycles', 1);
        book(state.sums, 'cyclesShort', state.isCycleShort[location]!);
        state.isCycleShort[location] = 0;
      }
      return false;
    });
    if (this.#perishes) {
      for (let l = 0; l < locations.length; l++) {
        const wasted = spoil(state, l, day);
        book(state.sums, 'wastedUnits', wasted);
        book(state.sums, 'waste', wasted * this.#product.unitCost);
      }
    }
    const arrivals: Arrival[][] = locations.map(() => []);
    for (const { location, promisedOn, quantity } of state.underWay)
      arrivals[location]!.push({ day: Math.max(1, promisedOn - day), quantity });
    for (const own of arrivals) own.sort((a, b) => a.day - b.day);
    const reviews = locations.flatMap((location, l) =>
      location.openingDay <= day && isReviewDay(location, day) ? [l] : [],
    );
    return { day, product: this.#product, onHand: state.onHand, arrivals, reviews };
  }

  evening(state: StockState, day: number, actions: readonly StockOrder[]): void {
    for (const order of this.#inTurn(actions, day)) this.#place(state, day, order);
    const { locations, unitCost, unitPrice } = this.#product;
    for (let l = 0; l < locations.length; l++) {
      const { terms, openingDay } = locations[l]!;
      if (openingDay > day) continue;
      const wanted = this.demandOn(l, day);
      if (wanted > 0) {
        const served = Math.min(wanted, state.onHand[l]!);
        if (served > 0) take(state, l, served);
        book(state.sums, 'demanded', wanted);
        book(state.sums, 'served', served);
        book(state.sums, 'shortage', (wanted - served) * (terms.shortageEstimate || 0));
        book(state.sums, 'revenue', served * unitPrice);
        book(state.sums, 'costOfSales', served * unitCost);
        if (served < wanted) state.isCycleShort[l] = 1;
      }
      book(state.sums, 'holding', state.onHand[l]! * (terms.holdingEstimate || 0));
      book(state.sums, 'stockValueDays', state.onHand[l]! * unitCost);
    }
  }

  /** Orders that are served by a location before its own; scarce supply goes where it is worth most, else in turn by day. */
  #inTurn(actions: readonly StockOrder[], day: number): StockOrder[] {
    const { length } = this.#product.locations;
    const worth = ({ promised, quantity }: StockOrder): number => (promised ? promised / quantity : 0);
    return actions
      .filter(({ quantity }) => quantity > 0)
      .sort((a, b) => worth(b) - worth(a) || ((a.location + day) % length) - ((b.location + day) % length));
  }

  #place(state: StockState, day: number, { location, quantity: asked, promised = Number.NaN }: StockOrder): void {
    const { supplier, terms } = this.#product.locations[location]!;
    let quantity = asked;
    if (supplier >= 0) {
      quantity = Math.min(asked, Math.floor(state.onHand[supplier]! / terms.packSize + 1e-9) * terms.packSize);
      if (!(quantity > 0)) return;
    }
    const lots = supplier >= 0 ? take(state, supplier, quantity) : [];
    const promisedOn = day + Math.round(terms.leadDays);
    const arrivesOn = this.arrivalOf(location, day);
    const realised = realisedValue(this, this.#product, this.#served[location]!, state, location, day, arrivesOn, {
      quantity,
      end: this.#days,
    });
    state.orders.push({ location, day, asked, quantity, promisedOn, arrivesOn, promised, realised });
    book(state.sums, 'orders', 1);
    book(state.sums, 'orderedUnits', quantity);
    book(state.sums, 'ordering', terms.orderCost);
    if (supplier < 0) book(state.sums, 'purchases', quantity * this.#product.unitCost);
    const fresh = supplier < 0 ? this.#fresh(arrivesOn, quantity) : lots;
    if (arrivesOn <= day) receive(state, location, quantity, fresh);
    else state.underWay.push({ location, promisedOn, arrivesOn, quantity, lots: fresh });
  }

  #fresh(day: number, quantity: number): Lot[] {
    return this.#perishes ? [{ spoilsOn: day + this.#product.shelfLifeDays, quantity }] : [];
  }
}
