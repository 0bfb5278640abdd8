import { TALLY_COUNT } from './tally.ts';

/** An order under way. */
export interface Delivery {
  location: number;
  /** Day that was promised when it was ordered. */
  promisedOn: number;
  arrivesOn: number;
  quantity: number;
  /** Units by the day on which they spoil; empty where the product keeps. */
  lots: Lot[];
}

/** Units that spoil on a day. */
export interface Lot {
  spoilsOn: number;
  quantity: number;
}

/** An order with what it was to be worth and what it turned out to be worth. */
export interface PlacedOrder {
  location: number;
  day: number;
  /** Units asked for, and units that could be given. */
  asked: number;
  quantity: number;
  promisedOn: number;
  arrivesOn: number;
  /** Money that the policy expected of it; NaN where it did not say. */
  promised: number;
  /** Money it was worth, seen afterwards; NaN where its time reaches beyond the replay. */
  realised: number;
}

/** Where a product's stock stands under one policy. Everything in it can be structured-cloned. */
export interface StockState {
  onHand: Float64Array;
  /** The oldest first, per location; empty where the product keeps. */
  lots: Lot[][];
  underWay: Delivery[];
  /** 1 where the shelf stood empty since the last delivery. */
  isCycleShort: Uint8Array;
  sums: Float64Array;
  orders: PlacedOrder[];
}

export function emptyState(locations: number): StockState {
  return {
    onHand: new Float64Array(locations),
    lots: Array.from({ length: locations }, () => []),
    underWay: [],
    isCycleShort: new Uint8Array(locations),
    sums: new Float64Array(TALLY_COUNT),
    orders: [],
  };
}

/** Puts units on a shelf. */
export function receive(state: StockState, location: number, quantity: number, lots: readonly Lot[]): void {
  state.onHand[location]! += quantity;
  if (lots.length === 0) return;
  state.lots[location] = [...state.lots[location]!, ...lots].sort((a, b) => a.spoilsOn - b.spoilsOn);
}

/** Takes units off a shelf, those that spoil first; gives them back by the day they spoil. */
export function take(state: StockState, location: number, quantity: number): Lot[] {
  state.onHand[location]! -= quantity;
  const taken: Lot[] = [];
  const lots = state.lots[location]!;
  for (let left = quantity; left > 0 && lots.length > 0; ) {
    const first = lots[0]!;
    const part = Math.min(left, first.quantity);
    taken.push({ spoilsOn: first.spoilsOn, quantity: part });
    first.quantity -= part;
    left -= part;
    if (!(first.quantity > 1e-9)) lots.shift();
  }
  return taken;
}

/** Throws away what spoils by the morning of a day; gives the units. */
export function spoil(state: StockState, location: number, day: number): number {
  const lots = state.lots[location]!;
  let wasted = 0;
  while (lots.length > 0 && lots[0]!.spoilsOn <= day) wasted += lots.shift()!.quantity;
  state.onHand[location]! = Math.max(0, state.onHand[location]! - wasted);
  return wasted;
}
