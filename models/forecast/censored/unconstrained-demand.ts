import type { Panel } from '../../panel.ts';
import { isClosed } from '../demand.ts';
import { addDay, emptySums, factorAt, type GroupFactors, NO_FACTORS, smoothLevel, updated } from './demand-model.ts';
import { tailMoments } from './tail-moments.ts';

const ROUNDS = 12;
/** Cells of a group that the dispersion of a series' own demand is mixed with. */
const DISPERSION_CELLS = 60;
const LARGEST_DISPERSION = 100;

export interface UnconstrainedDemand {
  /**
   * Demand, [series][periods before the origin]: what was sold where the shelf was not empty, what is to be expected given
   * that at least as much was wanted as was sold where it was. NaN where closed, before the first record or unknown while in stock.
   */
  demand: Float32Array;
  /** Variance over mean of each series. */
  dispersion: Float64Array;
}

/**
 * Estimates the demand that stock-outs hid. Sales of a day on which the shelf was empty at some time are a lower bound; the
 * estimate is the expected demand above that bound, with level x weekday x promotion x event as mean and negative binomial
 * spread. As days that ran out were the good ones, level, factors and spread are fitted to the estimates too, and all is repeated
 * (expectation maximisation: Dempster, Laird and Rubin 1977; for sales: Vulcano, van Ryzin and Ratliff 2012, Operations
 * Research 60).
 *
 * @param origin only sales before it are read
 * @param groupOf group of each series that shares weekday, promotion and event factors, such as its category
 * A series that was never in stock with a sale stays at what it sold. O(rounds x series x origin x (events + mean)).
 */
export function unconstrainedDemand(panel: Panel, origin: number, groupOf: Int32Array): UnconstrainedDemand {
  const { periods, seriesCount } = panel;
  const n = Math.min(origin, periods);
  const events = panel.calendar.events.length;
  const groups = groupOf.reduce((most, group) => Math.max(most, group + 1), 0);
  const demand = new Float32Array(seriesCount * n).fill(Number.NaN);
  const bound = new Float32Array(seriesCount * n).fill(Number.NaN);
  for (let s = 0; s < seriesCount; s++) {
    for (let t = Math.max(0, panel.firstPeriod[s]!); t < n; t++) {
      if (isClosed(panel, s, t)) continue;
      const sold = panel.quantity[s * periods + t]!;
      if (panel.inStock[s * periods + t] === 1) demand[s * n + t] = sold;
      else bound[s * n + t] = Number.isNaN(sold) ? 0 : Math.max(0, sold);
    }
  }
  let factors = Array.from({ length: groups }, () => NO_FACTORS(events));
  let dispersion: Float64Array = new Float64Array(seriesCount).fill(1.5);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = factors.map(() => emptySums(events));
    const fits = { excess: new Float64Array(seriesCount), cells: new Float64Array(seriesCount) };
    for (let s = 0; s < seriesCount; s++) {
      const group = groupOf[s]!;
      const row = { demand: demand.subarray(s * n, (s + 1) * n), bound: bound.subarray(s * n, (s + 1) * n) };
      const mean = expectation(panel, s, row.demand, factors[group]!);
      for (let t = 0; t < n; t++) {
        const isCensored = !Number.isNaN(row.bound[t]!);
        if (!isCensored && Number.isNaN(row.demand[t]!)) continue;
        let square = 0;
        if (isCensored) {
          const tail = tailMoments(mean[t]!, dispersion[s]!, row.bound[t]!);
          row.demand[t] = tail.mean;
          square = tail.square - 2 * mean[t]! * tail.mean + mean[t]! ** 2;
        } else square = (row.demand[t]! - mean[t]!) ** 2;
        if (mean[t]! > 0) {
          fits.excess[s]! += Math.min(LARGEST_DISPERSION, square / mean[t]!);
          fits.cells[s]!++;
        }
        addDay(sums[group]!, panel, s, t, row.demand[t]!, mean[t]!);
      }
    }
    factors = factors.map((own, group) => updated(own, sums[group]!));
    dispersion = shrunkDispersion(fits, groupOf, groups);
  }
  return { demand, dispersion };
}

function expectation(panel: Panel, s: number, demand: Float32Array, factors: GroupFactors): Float64Array {
  const factor = Float64Array.from(demand, (_, t) => factorAt(panel, s, t, factors));
  return smoothLevel(Float64Array.from(demand), factor, panel.periodDays).map((level, t) => level * factor[t]!);
}

function shrunkDispersion(
  { excess, cells }: { excess: Float64Array; cells: Float64Array },
  groupOf: Int32Array,
  groups: number,
): Float64Array {
  const groupExcess = new Float64Array(groups);
  const groupCells = new Float64Array(groups);
  groupOf.forEach((group, s) => {
    groupExcess[group]! += excess[s]!;
    groupCells[group]! += cells[s]!;
  });
  return excess.map((sum, s) => {
    const group = groupOf[s]!;
    const usual = groupCells[group]! > 0 ? groupExcess[group]! / groupCells[group]! : 1.5;
    return Math.max(1, (sum + DISPERSION_CELLS * usual) / (cells[s]! + DISPERSION_CELLS));
  });
}
