import { type DemandCurve, demandUntil } from './demand-curve.ts';
import { demandQuantiles } from './demand-quantiles.ts';
import type { OrderRule } from './order-quantity.ts';
import type { Spread } from './spread.ts';

/** What the coming reviews are planned from. */
export interface Outlook {
  curve: DemandCurve;
  spread: Spread;
  isCount: boolean;
  leadDays: number;
  reviewDays: number;
  /** Cost of placing an order. */
  orderCost: number;
  /** Cost of a unit missed, and of keeping one for one review period. */
  shortage: number;
  holding: number;
  rule: OrderRule;
  /** Days until nothing can be sold any more, and what a unit costs that is then left; Infinity without an end. */
  endsInDays: number;
  unitCost: number;
  /** Days from delivery to the last on which a unit can be sold; Infinity where goods keep. */
  shelfLifeDays: number;
  /** Reviews that one order is likely to cover. */
  lotPeriods: number;
}

/** Levels of the position that are told apart, equally likely demands of a period, and reviews looked at. */
const LEVELS = 128;
const DEMANDS = 48;
const MIN_REVIEWS = 6;
const MAX_REVIEWS = 40;
/** Lots that the look ahead covers: what comes after them changes little today. */
const LOTS_AHEAD = 3;
const MIDDLES = Float64Array.from({ length: DEMANDS }, (_, i) => (i + 0.5) / DEMANDS);

/**
 * Expected cost of everything after the coming review period, by the position then (on hand and under way), if every later
 * order is the best: dynamic programming over the forecast, backwards from the end of the product or three lots ahead. Orders
 * interact in it: a lot now saves orders later, a season is stocked before it comes, and what is left at the end is lost.
 *
 * Demand of different reviews is taken as independent; a position is never below 0 (what is missed is lost).
 * @returns the cost at a position, linear between levels; rising without end above the highest
 * O(reviews x levels x demands). Scarf (1960); the discretisation is mean preserving.
 */
export function costToGo(outlook: Outlook): (position: number) => number {
  const { curve, leadDays, reviewDays, orderCost, shortage, holding, endsInDays, unitCost } = outlook;
  const lastReview = (endsInDays - leadDays) / reviewDays;
  const reviews = Math.ceil(Math.min(Math.max(MIN_REVIEWS, LOTS_AHEAD * outlook.lotPeriods), MAX_REVIEWS, lastReview));
  const highest = highestLevel(outlook);
  const step = highest / (LEVELS - 1);
  const least = Math.max(1, Math.ceil(Math.max(outlook.rule.minOrderQuantity, outlook.rule.packSize) / step - 1e-9));
  let later = new Float64Array(LEVELS);
  if (reviews >= lastReview) later = later.map((_, i) => (unitCost || 0) * i * step);
  const quantiles = cachedQuantiles(outlook);
  const ofReview = new Map<Float64Array, Float64Array>();
  for (let review = reviews - 1; review >= 1; review--) {
    const today = demandUntil(curve, review * reviewDays);
    const until = (days: number): Float64Array => quantiles(demandUntil(curve, review * reviewDays + days) - today);
    const window = until(leadDays + reviewDays);
    let stay = ofReview.get(window);
    if (!stay) {
      stay = reviewCost(until(leadDays), window, step, shortage, holding);
      ofReview.set(window, stay);
    }
    stay = stay.slice();
    addExpected(stay, later, until(reviewDays), step);
    // least cost from each level upwards
    const upwards = stay.slice();
    for (let i = LEVELS - 2; i >= 0; i--) upwards[i] = Math.min(upwards[i]!, upwards[i + 1]!);
    later = stay.map((cost, i) => (i + least < LEVELS ? Math.min(cost, orderCost + upwards[i + least]!) : cost));
  }
  return (position) => {
    const place = Math.max(0, position) / step;
    const below = Math.min(LEVELS - 2, Math.floor(place));
    return later[below]! + (place - below) * (later[below + 1]! - later[below]!);
  };
}

/** Holding and missed units of the period that an order's delivery begins, by the position it was raised to, [level]. */
function reviewCost(lead: Float64Array, window: Float64Array, step: number, shortage: number, holding: number) {
  return Float64Array.from({ length: LEVELS }, (_, i) => {
    const position = i * step;
    let sum = 0;
    for (let d = 0; d < DEMANDS; d++) {
      const left = position - window[d]!;
      sum += left >= 0 ? holding * left : -shortage * left;
      // what was short before the delivery is not missed once more
      if (lead[d]! > position) sum -= shortage * (lead[d]! - position);
    }
    return sum / DEMANDS;
  });
}

/** Adds the mean of `later` after the period's demand: each demand lies between the same two levels for all positions. */
function addExpected(cost: Float64Array, later: Float64Array, period: Float64Array, step: number): void {
  for (const demand of period) {
    const down = Math.floor(demand / step);
    const share = (demand / step - down) / DEMANDS;
    const rest = 1 / DEMANDS - share;
    for (let i = 0; i < LEVELS; i++) {
      const at = i - down;
      cost[i]! += rest * later[Math.max(0, at)]! + share * later[Math.max(0, at - 1)]!;
    }
  }
}

/** Mean cost to go after a review period that starts with the position. O(demands). */
export function expectedToGo(outlook: Outlook, toGo: (position: number) => number): (position: number) => number {
  const period = cachedQuantiles(outlook)(demandUntil(outlook.curve, outlook.reviewDays));
  return (position) => period.reduce((sum, demand) => sum + toGo(position - demand), 0) / DEMANDS;
}

/** No order goes above what the lead time and two lots ask for, nor above what sells before it expires or ends. */
export function highestLevel({
  curve,
  spread,
  leadDays,
  reviewDays,
  lotPeriods,
  rule,
  shelfLifeDays,
  endsInDays,
}: Outlook): number {
  const days = leadDays + Math.min(shelfLifeDays, reviewDays * (2 * lotPeriods + 1));
  const peak = peakDemand(curve, Math.min(days, endsInDays)) * spread.bias;
  const sd = Math.sqrt(spread.dispersion * peak + spread.levelVariance * peak * peak);
  return Math.max(4, peak + 4 * sd) + Math.max(rule.minOrderQuantity, rule.packSize);
}

/** Most demand of so many days in a row, as far as the forecast goes. */
function peakDemand(curve: DemandCurve, days: number): number {
  const horizon = (curve.cumulative.length - 1) * curve.periodDays;
  let most = demandUntil(curve, days);
  for (let from = curve.periodDays; from < horizon; from += curve.periodDays) {
    most = Math.max(most, demandUntil(curve, from + days) - demandUntil(curve, from));
  }
  return most;
}

/** Equally likely demands for a mean; the same mean, as in a flat forecast, is worked out once. */
function cachedQuantiles({ spread, isCount }: Outlook): (mean: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (mean) => {
    const key = Math.round(mean * 1e6) / 1e6;
    let demands = known.get(key);
    if (!demands) {
      demands = new Float64Array(DEMANDS);
      const biased = key * spread.bias;
      demandQuantiles(biased, spread.dispersion + spread.levelVariance * biased, MIDDLES, isCount, demands);
      const mean = demands.reduce((sum, each) => sum + each, 0) / DEMANDS;
      // the middles of the slices leave out some of the tail
      if (mean > 0) for (let d = 0; d < DEMANDS; d++) demands[d]! *= biased / mean;
      known.set(key, demands);
    }
    return demands;
  };
}
