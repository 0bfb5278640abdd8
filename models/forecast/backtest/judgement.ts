import type { Panel } from '../../panel.ts';
import { demandBefore, shortSeason } from '../demand.ts';
import type { HierarchyLevel } from '../hierarchy.ts';
import type { ForecastPlan } from '../plan.ts';
import { QUANTILE_LEVELS } from '../uncertainty/conformal.ts';
import { fitMarginals, type Marginals } from '../uncertainty/marginals.ts';
import { backtestQuantiles, type JudgedBacktest, type Scales, scalesOf } from './accuracy-slices.ts';
import { type Backtest, sumBacktest, sumKnown } from './backtest.ts';
import { SEGMENTS } from './segments.ts';

/** Periods of the horizon that share one pool of errors: a week of days, or two weeks. */
export function bucketSizeOf({ frequency }: Pick<Panel, 'frequency'>): number {
  return frequency === 'daily' ? 7 : 2;
}

/** A backtest of one model at one level with the distributions learnt from it. */
export interface Judgement extends JudgedBacktest {
  marginals: Marginals;
}

/** Scales of the series' errors. */
export function seriesScales(panel: Panel, { cutoffs }: ForecastPlan): Scales {
  return scalesOf(panel.seriesCount, cutoffs, shortSeason(panel), (s) => ({
    values: demandBefore(panel, panel.periods, s),
    first: panel.firstPeriod[s]!,
  }));
}

/** Scales of the errors of a level's sums. O(series x periods). */
export function nodeScales(panel: Panel, { cutoffs }: ForecastPlan, { labels, nodeOf }: HierarchyLevel): Scales {
  const { periods } = panel;
  const sums = sumKnown(panel.quantity, nodeOf, labels.length, periods);
  return scalesOf(labels.length, cutoffs, shortSeason(panel), (node) => ({
    values: sums.subarray(node * periods, (node + 1) * periods),
    first: 0,
  }));
}

/** 1 for each series that has only ever sold whole units. O(series x periods). */
export function wholeUnits({ seriesCount, periods, quantity }: Panel): Uint8Array {
  const isWhole = new Uint8Array(seriesCount).fill(1);
  for (let s = 0; s < seriesCount; s++) {
    for (let t = 0; t < periods; t++) {
      const value = quantity[s * periods + t]!;
      if (Number.isNaN(value) || Number.isInteger(value)) continue;
      isWhole[s] = 0;
      break;
    }
  }
  return isWhole;
}

/** What every model's series are judged with. */
export interface SeriesTraits {
  scales: Scales;
  /** From `wholeUnits`. */
  isCount: Uint8Array;
  /** From `dayDifficulty`. */
  difficulty?: Float32Array;
  seed: number;
}

/** Quantiles of a model's series by segment. */
export function judgeSeries(
  panel: Panel,
  plan: ForecastPlan,
  backtest: Backtest,
  { scales, isCount, difficulty, seed }: SeriesTraits,
): Judgement {
  const groups = { groupOf: plan.segmentOf, groups: SEGMENTS.length, bucketSize: bucketSizeOf(panel) };
  const marginals = fitMarginals(backtest, { ...groups, isCount, difficulty, seed });
  return { backtest, scales, marginals, quantiles: backtestQuantiles(backtest, marginals) };
}

/** Quantiles of the sums of a level of a model whose paths are not drawn, from the sums' own errors, pooled over the level. */
export function judgeLevel(panel: Panel, bottom: Backtest, level: HierarchyLevel, scales: Scales): JudgedBacktest {
  const nodes = level.labels.length;
  const backtest = sumBacktest(bottom, level.nodeOf, nodes);
  const marginals = fitMarginals(backtest, {
    groupOf: new Int32Array(nodes),
    groups: 1,
    bucketSize: bucketSizeOf(panel),
    isCount: new Uint8Array(nodes),
    seed: 0,
  });
  return { backtest, scales, quantiles: backtestQuantiles(backtest, marginals) };
}

/**
 * The sums of a level with the quantiles of sample paths.
 *
 * @param days by cutoff, [node][horizon][quantile]
 */
export function judgePathSums(
  bottom: Backtest,
  level: HierarchyLevel,
  scales: Scales,
  days: readonly Float32Array[],
): JudgedBacktest {
  const backtest = sumBacktest(bottom, level.nodeOf, level.labels.length);
  const { nodes, cutoffs, horizon } = backtest;
  const size = horizon * QUANTILE_LEVELS.length;
  const quantiles = new Float32Array(nodes * cutoffs * size);
  for (let node = 0; node < nodes; node++) {
    days.forEach((values, k) => {
      quantiles.set(values.subarray(node * size, (node + 1) * size), (node * cutoffs + k) * size);
    });
  }
  return { backtest, scales, quantiles };
}
