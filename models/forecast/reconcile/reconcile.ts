import type { Backtest } from '../backtest/backtest.ts';
import { conjugateGradients } from './conjugate-gradients.ts';
import { type ShrunkCovariance, shrinkCovariance, timesCovariance } from './shrinkage.ts';
import { type Grouping, type SumMatrix, seriesInNodes, spreadDown, sumMatrix, sumUp } from './sum-matrix.ts';

/** Means at every level of a hierarchy, [node][horizon]: of the series, and of each level above. */
export interface LevelMeans {
  bottom: Float64Array;
  upper: Float64Array[];
}

/** Backtests at the same levels. */
export interface LevelBacktests {
  bottom: Backtest;
  upper: Backtest[];
}

/**
 * The covariance of base forecast errors by which forecasts are reconciled, as backtests show it: MinT-shrinkage.
 *
 * @param without cutoff whose errors are not used, to judge by; -1 for none
 */
export function errorCovariance(
  series: number,
  levels: readonly Grouping[],
  backtests: LevelBacktests,
  without = -1,
): ShrunkCovariance {
  return shrinkCovariance(errorRows(backtests, sumMatrix(series, levels), without), backtests.bottom.horizon);
}

/** The covariance without backtests: each forecast is trusted by the number of series in it (structural scaling). */
export function structuralCovariance(series: number, levels: readonly Grouping[]): ShrunkCovariance {
  return { variance: seriesInNodes(sumMatrix(series, levels)), intensity: 1, factors: [] };
}

/** Errors by sample, nodes as in `SumMatrix`. */
function errorRows({ bottom, upper }: LevelBacktests, sums: SumMatrix, without: number): Float64Array[] {
  const rows: Float64Array[] = [];
  const { cutoffs, horizon } = bottom;
  for (let k = 0; k < cutoffs; k++) {
    if (k === without) continue;
    for (let h = 0; h < horizon; h++) {
      const row = new Float64Array(sums.series + sums.upper);
      const put = ({ nodes, actual, forecast }: Backtest, from: number): void => {
        for (let node = 0; node < nodes; node++) {
          const i = (node * cutoffs + k) * horizon + h;
          row[from + node] = forecast[i]! - actual[i]!;
        }
      };
      put(bottom, 0);
      upper.forEach((backtest, level) => {
        put(backtest, sums.series + sums.start[level]!);
      });
      rows.push(row);
    }
  }
  return rows;
}

/**
 * Makes forecasts of all levels add up, moving each as little as its errors allow: minimum trace reconciliation
 * (Wickramasuriya, Athanasopoulos and Hyndman 2019, JASA 114) in the form `y - W C' (C W C')^-1 C y`, where `C y` is what the
 * levels disagree by. No matrix is written out; the system is solved by conjugate gradients.
 *
 * No mean is negative: a series below zero is set to zero and the sums are taken again (Di Fonzo and Girolimetto 2023). A series
 * whose base mean is zero (closed, ended) stays there. Sums are of the result, so they hold to rounding.
 *
 * @param base means of the series and of every level
 * @param levels in the order of `base.upper`
 * @param covariance from `errorCovariance`
 * O(horizon x steps x series x (levels + samples)).
 */
export function reconcile(
  base: LevelMeans,
  horizon: number,
  levels: readonly Grouping[],
  covariance: ShrunkCovariance,
): LevelMeans {
  const series = levels[0]?.nodeOf.length ?? base.bottom.length / Math.max(1, horizon);
  const sums = sumMatrix(series, levels);
  const constraints = constraintProducts(sums, covariance);
  const bottom = new Float64Array(base.bottom.length);
  const own = new Float64Array(series);
  const summed = new Float64Array(sums.upper);
  for (let h = 0; h < horizon; h++) {
    for (let s = 0; s < series; s++) own[s] = base.bottom[s * horizon + h]!;
    sumUp(sums, own, summed);
    const gap = new Float64Array(sums.upper);
    base.upper.forEach((means, level) => {
      const from = sums.start[level]!;
      for (let node = 0; node < means.length / horizon; node++) {
        gap[from + node] = means[node * horizon + h]! - summed[from + node]!;
      }
    });
    const pull = conjugateGradients(constraints.times, gap, constraints.diagonal);
    const change = constraints.seriesChange(pull);
    for (let s = 0; s < series; s++) {
      const mean = own[s]! > 0 ? own[s]! + change[s]! : 0;
      bottom[s * horizon + h] = mean > 0 && Number.isFinite(mean) ? mean : 0;
    }
  }
  return { bottom, upper: sumLevels(bottom, horizon, levels) };
}

/** Products with `C W C'` and `W C'`, for `C = [I, -A]` over upper nodes and series. */
function constraintProducts(sums: SumMatrix, covariance: ShrunkCovariance) {
  const { series, upper } = sums;
  const { variance, intensity, factors } = covariance;
  const full = new Float64Array(series + upper);
  const weighed = new Float64Array(series + upper);
  const below = new Float64Array(upper);
  const apply = (x: Float64Array): void => {
    full.fill(0);
    spreadDown(sums, x, full);
    for (let s = 0; s < series; s++) full[s] = -full[s]!;
    full.set(x, series);
    timesCovariance(covariance, full, weighed);
  };
  const times = (x: Float64Array, out: Float64Array): void => {
    apply(x);
    sumUp(sums, weighed, below);
    for (let i = 0; i < upper; i++) out[i] = weighed[series + i]! - below[i]!;
  };
  const diagonal = new Float64Array(upper);
  sumUp(sums, variance, diagonal);
  for (let i = 0; i < upper; i++) diagonal[i] = intensity * (diagonal[i]! + variance[series + i]!);
  for (const row of factors) {
    sumUp(sums, row, below);
    for (let i = 0; i < upper; i++) diagonal[i]! += (1 - intensity) * (row[series + i]! - below[i]!) ** 2;
  }
  return {
    times,
    diagonal,
    /** What the series are moved by: `-W C' x`. */
    seriesChange: (x: Float64Array): Float64Array => {
      apply(x);
      return weighed.subarray(0, series).map((value) => -value);
    },
  };
}

/** Sums of the series at every level: bottom-up. O(series x levels x horizon). */
export function sumLevels(bottom: Float64Array, horizon: number, levels: readonly Grouping[]): Float64Array[] {
  return levels.map(({ labels, nodeOf }) => {
    const sums = new Float64Array(labels.length * horizon);
    nodeOf.forEach((node, s) => {
      for (let h = 0; h < horizon; h++) sums[node * horizon + h]! += bottom[s * horizon + h]!;
    });
    return sums;
  });
}
