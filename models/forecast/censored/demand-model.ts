import { weekdayOf } from '../../../data/day.ts';
import type { Panel } from '../../panel.ts';

/** Days after which a sale counts half for the level, forwards and backwards. */
const HALF_LIFE_DAYS = 28;
/** Units of its group that a series' own weekday and promotion factors are mixed with. */
const PRIOR_UNITS = 40;
const LARGEST_FACTOR = 20;
const SEASON = 7;

/** What is expected of one series day by day, as level x weekday x promotion x event. */
export interface Expectation {
  /** [periods before the origin]. */
  mean: Float64Array;
}

/** Factors of a group, by ratio of what was sold to what was expected. */
export interface GroupFactors {
  weekday: Float64Array;
  promotion: number;
  event: Float64Array;
}

export const NO_FACTORS = (events: number): GroupFactors => ({
  weekday: new Float64Array(SEASON).fill(1),
  promotion: 1,
  event: new Float64Array(events).fill(1),
});

/** Weekday in daily panels, always 0 in weekly ones. */
export function seasonOf(panel: Panel, t: number): number {
  return panel.frequency === 'daily' ? weekdayOf(panel.startDay + t) : 0;
}

export function isPromoted(panel: Panel, s: number, t: number): boolean {
  return panel.onPromotion.length > 0 && panel.onPromotion[s * (panel.periods + panel.horizon) + t] === 1;
}

/** Product of the factors at work on a day, without the level. */
export function factorAt(panel: Panel, s: number, t: number, factors: GroupFactors): number {
  let factor = factors.weekday[seasonOf(panel, t)]!;
  if (isPromoted(panel, s, t)) factor *= factors.promotion;
  for (let e = 0; e < factors.event.length; e++) if (hasEvent(panel, s, t, e)) factor *= factors.event[e]!;
  return factor;
}

export function hasEvent(panel: Panel, s: number, t: number, event: number): boolean {
  const { calendarOf, hasEvent: on, events } = panel.calendar;
  const row = (calendarOf[panel.locationOf[s]!]! * events.length + event) * (panel.periods + panel.horizon);
  return on[row + t] === 1;
}

/**
 * Level of each day as a ratio of sums, what was demanded over what the factors let expect, weighed by nearness in time on both
 * sides. NaN demand is left out. O(length).
 */
export function smoothLevel(demand: Float64Array, factor: Float64Array, periodDays: number): Float64Array {
  const n = demand.length;
  const keep = 0.5 ** (periodDays / HALF_LIFE_DAYS);
  const sums = new Float64Array(n);
  const weights = new Float64Array(n);
  for (const forwards of [true, false]) {
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < n; i++) {
      const t = forwards ? i : n - 1 - i;
      sum *= keep;
      weight *= keep;
      // The day itself is counted on the way forwards only.
      if (!forwards) {
        sums[t]! += sum;
        weights[t]! += weight;
      }
      if (!Number.isNaN(demand[t]!)) {
        sum += demand[t]!;
        weight += factor[t]!;
      }
      if (forwards) {
        sums[t]! += sum;
        weights[t]! += weight;
      }
    }
  }
  return sums.map((sum, t) => (weights[t]! > 1e-9 ? sum / weights[t]! : 0));
}

/** Sums of sold and expected for each factor of a group. */
export interface FactorSums {
  sold: GroupFactors;
  expected: GroupFactors;
}

export function emptySums(events: number): FactorSums {
  const zero = (): GroupFactors => ({
    weekday: new Float64Array(SEASON),
    promotion: 0,
    event: new Float64Array(events),
  });
  return { sold: zero(), expected: zero() };
}

/** Adds one day of a series to the sums of its group; `expected` includes the present factors. */
export function addDay(sums: FactorSums, panel: Panel, s: number, t: number, demand: number, expected: number): void {
  const weekday = seasonOf(panel, t);
  sums.sold.weekday[weekday]! += demand;
  sums.expected.weekday[weekday]! += expected;
  if (isPromoted(panel, s, t)) {
    sums.sold.promotion += demand;
    sums.expected.promotion += expected;
  }
  for (let e = 0; e < sums.sold.event.length; e++) {
    if (!hasEvent(panel, s, t, e)) continue;
    sums.sold.event[e]! += demand;
    sums.expected.event[e]! += expected;
  }
}

/** The factors after the sums of one more round. */
export function updated(factors: GroupFactors, { sold, expected }: FactorSums): GroupFactors {
  const next = (factor: number, s: number, x: number): number =>
    Math.min(LARGEST_FACTOR, Math.max(1 / LARGEST_FACTOR, (factor * (s + PRIOR_UNITS)) / (x + PRIOR_UNITS)));
  return {
    weekday: factors.weekday.map((factor, w) => next(factor, sold.weekday[w]!, expected.weekday[w]!)),
    promotion: next(factors.promotion, sold.promotion, expected.promotion),
    event: factors.event.map((factor, e) => next(factor, sold.event[e]!, expected.event[e]!)),
  };
}
