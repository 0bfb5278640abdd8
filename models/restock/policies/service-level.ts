import { normalQuantile } from '../../numerics/distributions.ts';
import { type DiscreteDemand, meanDemand, quantileOf } from './discrete-demand.ts';
import { lossTable, normalLoss, standardNormalLoss } from './loss.ts';

/** Mean and standard deviation of normal demand. */
export interface NormalDemand {
  mean: number;
  sd: number;
}

/** (R, S): the level to order up to at every review so that no cycle runs out with the probability (type 1 service). */
export function levelForCycleService(window: NormalDemand, probability: number): number {
  return window.mean + normalQuantile(probability) * window.sd;
}

/** The same for counted demand. */
export function unitsForCycleService(window: DiscreteDemand, probability: number): number {
  return quantileOf(window, probability);
}

/**
 * (R, S): the level at which the wanted share of demand is served from the shelf (type 2 service), where demand waits.
 * What goes short in a cycle is what is short at its end less what was short already when it began.
 *
 * @param window demand of lead time plus review period
 * @param lead demand of the lead time alone
 */
export function levelForFillRate(window: NormalDemand, lead: NormalDemand, fillRate: number): number {
  const allowed = (1 - fillRate) * (window.mean - lead.mean);
  const short = (level: number): number =>
    normalLoss(level, window.mean, window.sd) - normalLoss(level, lead.mean, lead.sd);
  let low = lead.mean;
  let high = window.mean + 12 * window.sd;
  for (let i = 0; i < 200 && high - low > 1e-10 * (1 + high); i++) {
    const middle = (low + high) / 2;
    if (short(middle) > allowed) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The same for counted demand: the least whole level with at least that fill rate. */
export function unitsForFillRate(window: DiscreteDemand, lead: DiscreteDemand, fillRate: number): number {
  const allowed = (1 - fillRate) * (meanDemand(window) - meanDemand(lead));
  const all = lossTable(window);
  const before = lossTable(lead);
  for (let level = 0; level < all.length; level++) {
    if (all[level]! - (before[level] ?? 0) <= allowed + 1e-12) return level;
  }
  return all.length;
}

/**
 * (R, Q): the safety factor at which lots of `quantity` serve the wanted share of demand, by the usual approximation that
 * nothing is short when a lot arrives: `sd x loss(z) = (1 - fillRate) x quantity` (Silver, Pyke and Thomas 2017, 6.7.6).
 */
export function safetyFactorForFillRate(quantity: number, leadSd: number, fillRate: number): number {
  const wanted = ((1 - fillRate) * quantity) / leadSd;
  let low = -6;
  let high = 8;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (standardNormalLoss(middle) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
