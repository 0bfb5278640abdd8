import { type DiscreteDemand, meanDemand } from './discrete-demand.ts';
import { lossTable } from './loss.ts';
import { newsvendorNormal, type OverUnder } from './newsvendor.ts';

/** (s, S): where the position is at or below `reorderPoint` at a review, order up to `orderUpTo`. */
export interface ReorderPair {
  reorderPoint: number;
  orderUpTo: number;
}

/**
 * Cost of a period that starts with the position `level`, lead time later: [level - least], over all levels that matter.
 * Below 0 every unit is owed; beyond the table nothing is.
 */
function periodCosts(window: DiscreteDemand, { holding, shortage }: OverUnder): (level: number) => number {
  const loss = lossTable(window);
  const mean = meanDemand(window);
  return (level) => {
    const missed = level < 0 ? mean - level : level < loss.length ? loss[level]! : 0;
    return holding * (level - mean + missed) + shortage * missed;
  };
}

/**
 * The best (s, S) at periodic review with a cost per order, demand that waits, and costs per period.
 *
 * `exactReorderPair(poissonDemand(6), poissonDemand(6), { holding: 1, shortage: 4 }, 5)` is (4, 10) at 8.034 per period
 * (Snyder and Shen 2019, example 4.7).
 *
 * @param period demand of one review period
 * @param window demand of lead time plus review period
 * @param costs per unit and review period
 * O((S - s) x levels tried). Zheng and Federgruen (1991), Operations Research 39(4), with the erratum of 1992.
 */
export function exactReorderPair(
  period: DiscreteDemand,
  window: DiscreteDemand,
  costs: OverUnder,
  orderCost: number,
): ReorderPair & { cost: number } {
  const costAt = periodCosts(window, costs);
  const renewal = renewals(period);
  const cost = (s: number, S: number): number => {
    let sum = orderCost;
    for (let j = 0; j < S - s; j++) sum += renewal.density(j) * costAt(S - j);
    return sum / renewal.until(S - s);
  };
  let low = 0;
  while (costAt(low + 1) < costAt(low)) low++;
  let best = low;
  let reorderPoint = low - 1;
  while (cost(reorderPoint, best) > costAt(reorderPoint)) reorderPoint--;
  let least = cost(reorderPoint, best);
  for (let S = best + 1; costAt(S) <= least; S++) {
    if (cost(reorderPoint, S) >= least) continue;
    best = S;
    while (cost(reorderPoint + 1, best) <= costAt(reorderPoint + 1)) reorderPoint++;
    least = cost(reorderPoint, best);
  }
  return { reorderPoint, orderUpTo: best, cost: least };
}

/** Long-run cost per period of an (s, S) pair; the same arguments as `exactReorderPair`. */
export function reorderPairCost(
  { reorderPoint, orderUpTo }: ReorderPair,
  period: DiscreteDemand,
  window: DiscreteDemand,
  costs: OverUnder,
  orderCost: number,
): number {
  const costAt = periodCosts(window, costs);
  const { density, until } = renewals(period);
  let sum = orderCost;
  for (let j = 0; j < orderUpTo - reorderPoint; j++) sum += density(j) * costAt(orderUpTo - j);
  return sum / until(orderUpTo - reorderPoint);
}

/** How often a cycle's demand so far is just `j`, and how many periods it takes to reach `j`; grown as asked for. */
function renewals(period: DiscreteDemand) {
  if (!(period[0]! < 1)) throw new RangeError('a demand that is not always 0 is wanted');
  const density = [1 / (1 - period[0]!)];
  const until = [0, density[0]!];
  const grow = (length: number): void => {
    for (let j = density.length; j < length; j++) {
      let sum = 0;
      for (let k = 1; k <= Math.min(j, period.length - 1); k++) sum += period[k]! * density[j - k]!;
      density.push(sum / (1 - period[0]!));
      until.push(until[j]! + density[j]!);
    }
  };
  return {
    density(j: number): number {
      grow(j + 1);
      return density[j]!;
    },
    until(j: number): number {
      grow(j);
      return until[j]!;
    },
  };
}

/** Demand of one review period, and how many whole periods pass from order to delivery. */
export interface PeriodDemand {
  mean: number;
  sd: number;
  leadPeriods: number;
}

/**
 * (s, S) without a table of demand, from mean and standard deviation alone: within a few per cent of the best cost where
 * the mean is 2 or more and an order covers more than about a period and a half.
 *
 * `powerApproximation({ holding: 0.18, shortage: 0.7 }, 2.5, { mean: 50, sd: 8, leadPeriods: 0 })` is (40.19, 74.29)
 * (Snyder and Shen 2019, example 4.8).
 * Ehrhardt and Mosier (1984), Management Science 30(5).
 */
export function powerApproximation(
  { holding, shortage }: OverUnder,
  orderCost: number,
  { mean, sd, leadPeriods }: PeriodDemand,
): ReorderPair {
  const windowSd = sd * Math.sqrt(leadPeriods + 1);
  const lot = 1.3 * mean ** 0.494 * (orderCost / holding) ** 0.506 * (1 + (windowSd / mean) ** 2) ** 0.116;
  const z = Math.sqrt((lot * holding) / (windowSd * shortage));
  const reorderPoint = 0.973 * mean * (leadPeriods + 1) + windowSd * (0.183 / z + 1.063 - 2.192 * z);
  return { reorderPoint, orderUpTo: reorderPoint + lot };
}

/**
 * The same with the rule for small lots, which is part of the source: where the lot is under a period and a half of demand,
 * neither level is above the newsvendor's.
 */
export function powerApproximationOfAnyLot(costs: OverUnder, orderCost: number, period: PeriodDemand): ReorderPair {
  const pair = powerApproximation(costs, orderCost, period);
  const { mean, sd, leadPeriods } = period;
  if (pair.orderUpTo - pair.reorderPoint > 1.5 * mean) return pair;
  const { level } = newsvendorNormal(costs, mean * (leadPeriods + 1), sd * Math.sqrt(leadPeriods + 1));
  return { reorderPoint: Math.min(pair.reorderPoint, level), orderUpTo: Math.min(pair.orderUpTo, level) };
}
