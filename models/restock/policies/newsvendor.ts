import { normalQuantile } from '../../numerics/distributions.ts';
import { type DiscreteDemand, meanDemand, quantileOf } from './discrete-demand.ts';
import { lossTable, normalLoss } from './loss.ts';

/** What a unit costs that is left over, and one that was asked for in vain. */
export interface OverUnder {
  holding: number;
  shortage: number;
}

export interface Newsvendor {
  /** Stock that costs least on average. */
  level: number;
  /** Its expected cost per period. */
  cost: number;
}

/**
 * Stock for normal demand of one period; for a base-stock system give mean and standard deviation of lead time plus one
 * review period.
 *
 * `newsvendorNormal({ holding: 0.18, shortage: 0.7 }, 50, 8)` is 56.60 at a cost of 1.998 (Snyder and Shen 2019, example 4.3).
 */
export function newsvendorNormal({ holding, shortage }: OverUnder, mean: number, sd: number): Newsvendor {
  const level = mean + sd * normalQuantile(shortage / (shortage + holding));
  const missed = normalLoss(level, mean, sd);
  return { level, cost: holding * (level - mean + missed) + shortage * missed };
}

/**
 * Stock for a demand that is counted (Poisson, negative binomial, as seen): the least level at which the probability of
 * enough reaches the critical ratio. O(units).
 *
 * `newsvendorDiscrete({ holding: 200, shortage: 270 }, poissonDemand(18))` is 19 at a cost of 786.1 (Snyder and Shen 2019,
 * problem 4.8).
 */
export function newsvendorDiscrete({ holding, shortage }: OverUnder, demand: DiscreteDemand): Newsvendor {
  const level = quantileOf(demand, shortage / (shortage + holding));
  const missed = lossTable(demand)[level]!;
  return { level, cost: holding * (level - meanDemand(demand) + missed) + shortage * missed };
}
