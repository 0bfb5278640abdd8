import type { Panel } from '../panel.ts';
import { backtestQuantiles, type JudgedBacktest, type Scales, scalesOf } from './accuracy-slices.ts';
import { type Backtest, sumBacktest } from './backtest.ts';
import { type Calibration, calibrate } from './conformal.ts';
import { demandBefore, shortSeason } from './demand.ts';
import type { HierarchyLevel } from './hierarchy.ts';
import type { ForecastPlan } from './plan.ts';
import { SEGMENTS } from './segments.ts';

/** Periods of the horizon that share one pool of errors: a week of days, or two weeks. */
export function bucketSizeOf(panel: Panel): number {
  return panel.frequency === 'daily' ? 7 : 2;
}

/** A calibrated backtest of one model at one level. */
export interface Judgement extends JudgedBacktest {
  calibration: Calibration;
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
  const sums = new Float64Array(labels.length * periods).fill(Number.NaN);
  nodeOf.forEach((node, s) => {
    for (let t = 0; t < periods; t++) {
      const value = panel.quantity[s * periods + t]!;
      if (Number.isNaN(value)) continue;
      const i = node * periods + t;
      sums[i] = (Number.isNaN(sums[i]!) ? 0 : sums[i]!) + value;
    }
  });
  return scalesOf(labels.length, cutoffs, shortSeason(panel), (node) => ({
    values: sums.subarray(node * periods, (node + 1) * periods),
    first: 0,
  }));
}

/** Quantiles of a model's series by segment. */
export function judgeSeries(panel: Panel, plan: ForecastPlan, backtest: Backtest, scales: Scales): Judgement {
  const calibration = calibrate(backtest, plan.segmentOf, SEGMENTS.length, bucketSizeOf(panel));
  return { backtest, scales, calibration, quantiles: backtestQuantiles(backtest, calibration) };
}

/** Quantiles of the sums of a level, from the backtest errors of the summed forecasts, pooled over the level. */
export function judgeLevel(panel: Panel, bottom: Backtest, level: HierarchyLevel, scales: Scales): Judgement {
  const backtest = sumBacktest(bottom, level.nodeOf, level.labels.length);
  const calibration = calibrate(backtest, new Int32Array(level.labels.length), 1, bucketSizeOf(panel));
  return { backtest, scales, calibration, quantiles: backtestQuantiles(backtest, calibration) };
}
