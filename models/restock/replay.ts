import { normalQuantile } from '../numerics/distributions.ts';
import { demandQuantile } from './demand-quantiles.ts';
import type { Spread } from './spread.ts';

/** Days of recent sales that the mean-based rule looks at. */
const RECENT_PERIODS = 28;

/** One series over a stretch of history, with what was forecast for it at the stretch's start. */
export interface ReplayCase {
  /** Demand per period; NaN (not known, or closed) counts as none. */
  actual: Float64Array;
  /** Forecast of the same periods, known before the first of them. */
  forecast: Float64Array;
  /** Demand of the periods before, newest last. */
  before: Float64Array;
  leadPeriods: number;
  reviewPeriods: number;
  holdingPerUnitPeriod: number;
  shortagePerUnit: number;
  spread: Spread;
  isCount: boolean;
}

export interface ReplayCost {
  holding: number;
  shortage: number;
  demanded: number;
  served: number;
}

export const REPLAY_POLICIES = ['forecast', 'recent_mean', 'perfect_foresight'] as const;
export type ReplayPolicy = (typeof REPLAY_POLICIES)[number];

/**
 * Plays one series forward: every review the policy orders up to its target, deliveries come a lead time later, demand
 * that finds no stock is lost. Starts with the recent mean of lead time and review on hand, for every policy alike.
 *
 * `forecast` orders up to the quantile of demand at the critical ratio shortage / (shortage + holding of a review);
 * `recent_mean` up to the recent mean plus the normal safety stock for the same ratio; `perfect_foresight` up to just what
 * will be sold. Cost of each period: holding on what is left, shortage on what was lost. O(periods).
 */
export function replayPolicy(given: ReplayCase, policy: ReplayPolicy): ReplayCost {
  const { actual, leadPeriods, reviewPeriods } = given;
  const arrivals = new Float64Array(actual.length + leadPeriods + 1);
  const [recentMean, recentSd] = recentDemand(given.before);
  let onHand = Math.ceil(recentMean * (leadPeriods + reviewPeriods));
  let underWay = 0;
  const cost: ReplayCost = { holding: 0, shortage: 0, demanded: 0, served: 0 };
  for (let t = 0; t < actual.length; t++) {
    onHand += arrivals[t]!;
    underWay -= arrivals[t]!;
    if (t % reviewPeriods === 0) {
      const target = targetOf(given, policy, t, recentMean, recentSd);
      const order = Math.max(0, Math.ceil(target - onHand - underWay));
      if (leadPeriods === 0) onHand += order;
      else {
        arrivals[t + leadPeriods]! += order;
        underWay += order;
      }
    }
    const demand = Number.isNaN(actual[t]!) ? 0 : actual[t]!;
    const served = Math.min(demand, onHand);
    onHand -= served;
    cost.demanded += demand;
    cost.served += served;
    cost.shortage += (demand - served) * given.shortagePerUnit;
    cost.holding += onHand * given.holdingPerUnitPeriod;
  }
  return cost;
}

function targetOf(given: ReplayCase, policy: ReplayPolicy, t: number, recentMean: number, recentSd: number): number {
  const window = given.leadPeriods + given.reviewPeriods;
  if (policy === 'perfect_foresight') return sumOf(given.actual, t, window, 0);
  const held = given.holdingPerUnitPeriod * given.reviewPeriods;
  const ratio = Math.min(0.999, Math.max(0.5, given.shortagePerUnit / (given.shortagePerUnit + held)));
  if (policy === 'recent_mean') {
    return recentMean * window + normalQuantile(ratio) * recentSd * Math.sqrt(window);
  }
  const { dispersion, levelVariance, bias } = given.spread;
  const mean = sumOf(given.forecast, t, window, given.forecast.at(-1) ?? 0) * bias;
  return demandQuantile(mean, dispersion, levelVariance, ratio, given.isCount);
}

/** Sum over a window; periods past the end count as `beyond`. */
function sumOf(values: Float64Array, from: number, periods: number, beyond: number): number {
  let sum = 0;
  for (let t = from; t < from + periods; t++) {
    const value = t < values.length ? values[t]! : beyond;
    if (!Number.isNaN(value)) sum += value;
  }
  return sum;
}

function recentDemand(before: Float64Array): [mean: number, sd: number] {
  const known = before.slice(-RECENT_PERIODS).filter((value) => !Number.isNaN(value));
  if (known.length === 0) return [0, 0];
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(squares / Math.max(1, known.length - 1))];
}
