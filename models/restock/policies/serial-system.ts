import { normalCdf, normalQuantile } from '../../numerics/distributions.ts';
import type { DiscreteDemand } from './discrete-demand.ts';

/** A stage of a chain in which each is served by the one above it. */
export interface Stage {
  /** What a unit's keeping costs more here than at the stage above, per unit of time. */
  echelonHolding: number;
  /** Demand of the lead time from the stage above, on the lattice. */
  leadDemand: DiscreteDemand;
}

export interface SerialPolicy {
  /** Echelon base-stock level of each stage: stock there and at all stages below, and on the way between, [stage]. */
  levels: Float64Array;
  /** Expected cost per unit of time, without that of goods on the way. */
  cost: number;
}

/**
 * The best base-stock levels of a serial system where customers wait (Clark and Scarf 1960, in the form of Chen and Zheng
 * 1994): from the bottom up, each stage minimises its own echelon's cost and charges the stage above for falling short.
 *
 * @param stages from the one that sells up to the one served from outside
 * @param shortage cost of a unit that a customer waits for, per unit of time
 * @param step units of demand per step of the lattice: 1 for counted demand
 * O(stages x levels x demand).
 */
export function serialBaseStock(stages: readonly Stage[], shortage: number, step = 1): SerialPolicy {
  const longest = stages.map(({ leadDemand }) => leadDemand.length);
  const most = longest.reduce((sum, length) => sum + length, 0);
  const localHolding = stages.reduce((sum, { echelonHolding }) => sum + echelonHolding, 0);
  const levels = new Float64Array(stages.length);
  // costs of stock levels from -most to most
  const lattice = Float64Array.from({ length: 2 * most + 1 }, (_, i) => (i - most) * step);
  let charged = lattice.map((x) => (shortage + localHolding) * Math.max(0, -x));
  let cost = 0;
  stages.forEach(({ echelonHolding, leadDemand }, stage) => {
    const own = lattice.map((x, i) => echelonHolding * x + charged[i]!);
    const slope = (own[1]! - own[0]!) / step;
    const expected = lattice.map((_, i) => {
      let sum = 0;
      for (let d = 0; d < leadDemand.length; d++) {
        const at = i - d;
        sum += leadDemand[d]! * (at >= 0 ? own[at]! : own[0]! + slope * at * step);
      }
      return sum;
    });
    const best = expected.reduce((least, each, i) => (each < expected[least]! ? i : least), 0);
    levels[stage] = lattice[best]!;
    cost = expected[best]!;
    charged = expected.map((each, i) => (i < best ? each : cost));
  });
  return { levels, cost };
}

/** Normal demand on a lattice: the probability within half a step of each point; what lies below 0 counts as 0. */
export function normalOnLattice(mean: number, sd: number, step: number): DiscreteDemand {
  const length = Math.ceil((mean + 6 * sd) / step) + 1;
  const below = (at: number): number => normalCdf(((at + 0.5) * step - mean) / sd);
  return Float64Array.from({ length }, (_, k) => (k === 0 ? below(0) : below(k) - below(k - 1)));
}

/** A stage as the short cut sees it: normal demand of its own lead time. */
export interface NormalStage {
  echelonHolding: number;
  leadMean: number;
  leadSd: number;
}

/**
 * Echelon base-stock levels within a few per cent of the best cost: for each stage the mean of the newsvendor levels that
 * bound the best one, with demand over the lead times of the stage and all below it (Shang and Song 2003, Management
 * Science 49(5)).
 *
 * @param stages from the one that sells up
 * @returns [stage]; (6.491, 12.03, 22.63) for example 6.1 of Snyder and Shen (2019)
 */
export function serialHeuristic(stages: readonly NormalStage[], shortage: number): Float64Array {
  const all = stages.reduce((sum, { echelonHolding }) => sum + echelonHolding, 0);
  let [below, mean, variance] = [0, 0, 0];
  return Float64Array.from(stages, ({ echelonHolding, leadMean, leadSd }) => {
    const above = all - below - echelonHolding;
    below += echelonHolding;
    mean += leadMean;
    variance += leadSd * leadSd;
    const level = (ratio: number): number => mean + normalQuantile(ratio) * Math.sqrt(variance);
    return (
      (level((shortage + above) / (shortage + all)) + level((shortage + above) / (shortage + above + echelonHolding))) /
      2
    );
  });
}
