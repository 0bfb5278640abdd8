import { demandCurve } from '../models/restock/demand-curve.ts';
import { fitSpreads, type WindowErrors } from '../models/restock/fit-spread.ts';
import { planOrder } from '../models/restock/plan.ts';
import type { ServiceKind } from '../models/restock/service-quantity.ts';
import type { Spread } from '../models/restock/spread.ts';
import { volumeSegments } from '../models/restock/volume-segments.ts';
import { type Item, LEARNING_WEEKS } from './service-items.ts';

/** What came of it, over all items and weeks. */
export interface Realised {
  /** Share of review cycles in which nothing was missed. */
  cycles: number;
  /** The same as the policy expected when it ordered. */
  promised: number;
  /** Share of demand that was served. */
  served: number;
  /** Mean stock in days of mean demand. */
  stockDays: number;
}

const REVIEW_DAYS = 7;
/** Weeks between two looks at how far forecasts were off. */
const REFIT_WEEKS = 13;
/** Weight of the newest week in the forecast. */
const SMOOTHING = 0.1;
/** Weeks played before counting: all items start with the same stock. */
const WARM_UP_WEEKS = 6;

/** What the policy believes: [item][week] forecasts of demand per day, and [look][item] spreads. */
export interface Beliefs {
  forecasts: Float64Array[];
  spreads: Spread[][];
}

/** Forecasts and spreads of every week, each from what was known in its morning. */
export function learn(items: readonly Item[], weeks: number): Beliefs {
  const forecasts = items.map(smoothed);
  const looks = Array.from(
    { length: Math.ceil(weeks / REFIT_WEEKS) },
    (_, look) => LEARNING_WEEKS + look * REFIT_WEEKS,
  );
  return { forecasts, spreads: looks.map((week) => learnSpreads(items, forecasts, week)) };
}

/** Plays all items; a week's decisions use what was known that morning. */
export function playItems(
  items: readonly Item[],
  { forecasts, spreads }: Beliefs,
  weeks: number,
  serviceKind: ServiceKind,
  serviceLevel: number,
): Realised {
  const shelves = items.map(({ leadDays }, i) => new Shelf(forecasts[i]![LEARNING_WEEKS]! * (leadDays + REVIEW_DAYS)));
  let [cycles, missedCycles, expectedMisses, demanded, missed, stock, dailyDemand] = [0, 0, 0, 0, 0, 0, 0];
  for (let week = LEARNING_WEEKS; week < LEARNING_WEEKS + weeks; week++) {
    const look = Math.floor((week - LEARNING_WEEKS) / REFIT_WEEKS);
    items.forEach(({ demand, leadDays }, i) => {
      const shelf = shelves[i]!;
      const today = week * 7;
      const rate = forecasts[i]![week]!;
      const plan = planOrder({
        curve: demandCurve(new Float64Array(28).fill(rate), 1),
        spread: spreads[look]![i]!,
        isCount: true,
        onHand: shelf.onHand,
        arrivals: shelf.arrivals.map(({ day, quantity }) => ({ day: day - today, quantity })),
        terms: { ...TERMS, leadDays, serviceLevel, serviceKind },
        onwardDays: 0,
        floorDays: 0,
      });
      shelf.arrivals.push({ day: today + leadDays, quantity: plan.quantity });
      const from = week - LEARNING_WEEKS >= WARM_UP_WEEKS ? today : Infinity;
      shelf.cycles.push({ start: today + leadDays, misses: 0, expected: plan.stockoutAfterArrival });
      for (let day = today; day < today + 7; day++) {
        shelf.open(day);
        const served = Math.min(demand[day]!, shelf.onHand);
        shelf.onHand -= served;
        const short = demand[day]! - served;
        const cycle = shelf.cycles.find(({ start }) => day >= start && day < start + REVIEW_DAYS);
        if (cycle) cycle.misses += short;
        if (day >= from) {
          demanded += demand[day]!;
          missed += short;
          stock += shelf.onHand;
          dailyDemand += rate;
        }
        if (cycle && day === cycle.start + REVIEW_DAYS - 1 && cycle.start >= from) {
          cycles++;
          if (cycle.misses > 0) missedCycles++;
          expectedMisses += cycle.expected;
        }
      }
      while (shelf.cycles[0] && shelf.cycles[0].start + REVIEW_DAYS <= today + 7) shelf.cycles.shift();
    });
  }
  return {
    cycles: 1 - missedCycles / cycles,
    promised: 1 - expectedMisses / cycles,
    served: 1 - missed / demanded,
    stockDays: stock / dailyDemand,
  };
}

const TERMS = {
  leadSdDays: 0,
  reviewDays: REVIEW_DAYS,
  orderCost: 0,
  holdingPerUnitDay: Number.NaN,
  shortagePerUnit: Number.NaN,
  unitCost: Number.NaN,
  shelfLifeDays: Infinity,
  endsInDays: Infinity,
  holdingEstimate: Number.NaN,
  shortageEstimate: Number.NaN,
  packSize: 1,
  minOrderQuantity: 0,
};

/** Stock of one item and what is under way to it. */
class Shelf {
  arrivals: { day: number; quantity: number }[] = [];
  cycles: { start: number; misses: number; expected: number }[] = [];

  onHand: number;

  constructor(mean: number) {
    this.onHand = Math.ceil(mean);
  }

  open(day: number): void {
    for (const arrival of this.arrivals) if (arrival.day === day) this.onHand += arrival.quantity;
    this.arrivals = this.arrivals.filter((arrival) => arrival.day > day);
  }
}

/** Mean per day expected in the morning of each week, from the weeks before. */
function smoothed({ demand }: Item): Float64Array {
  const weeks = Math.floor(demand.length / 7);
  const level = new Float64Array(weeks + 1);
  const weekly = (week: number): number =>
    demand.subarray(week * 7, week * 7 + 7).reduce((sum, each) => sum + each, 0) / 7;
  let mean = 0;
  for (let week = 0; week < 8; week++) mean += weekly(week) / 8;
  for (let week = 0; week < weeks; week++) {
    level[week] = mean;
    if (week >= 8) mean += SMOOTHING * (weekly(week) - mean);
  }
  level[weeks] = mean;
  return level;
}

/** Errors of past forecasts over windows that ended before the week. */
function learnSpreads(items: readonly Item[], forecasts: readonly Float64Array[], week: number): Spread[] {
  const [series, cutoff, forecast, actual]: number[][] = [[], [], [], []];
  items.forEach(({ demand, leadDays }, item) => {
    const days = leadDays + REVIEW_DAYS;
    for (let at = 12; at * 7 + days <= week * 7; at += 4) {
      series!.push(item);
      cutoff!.push(at);
      forecast!.push(forecasts[item]![at]! * days);
      actual!.push(demand.subarray(at * 7, at * 7 + days).reduce((sum, each) => sum + each, 0));
    }
  });
  const errors: WindowErrors = {
    series: Int32Array.from(series!),
    cutoff: Int32Array.from(cutoff!),
    forecast: Float64Array.from(forecast!),
    actual: Float64Array.from(actual!),
  };
  const means = items.map(({ leadDays }, item) => forecasts[item]![week]! * (leadDays + REVIEW_DAYS));
  return fitSpreads(errors, volumeSegments(means), true);
}
