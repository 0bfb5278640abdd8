import { createRandom } from '../../../data/random.ts';
import type { Backtest } from '../backtest.ts';
import { errorSpread, type Spread, spreadAt } from '../error-spread.ts';
import { countAt, countTable } from './count-table.ts';
import { GRID, gridQuantiles, scoreAtValue, valueAtScore } from './score-grid.ts';

/** Counts with a mean below this are negative binomial; above it whole numbers no longer shape the distribution. */
const COUNT_MEAN = 12;
/** Cells of its group that the dispersion of a series' own counts is mixed with. */
const DISPERSION_CELLS = 60;
const LARGEST_DISPERSION = 200;

export interface MarginalOptions {
  /** Group of each series, such as its segment. */
  groupOf: Int32Array;
  groups: number;
  /** Periods of the horizon that share one pool of errors. */
  bucketSize: number;
  /** 1 where a series sells whole units. */
  isCount: Uint8Array;
  seed: number;
}

/** The distribution of one series in one period about its mean, by normal score: what it is on a day of that luck. */
export interface Marginals {
  options: MarginalOptions;
  buckets: number;
  /** 1 where the series is negative binomial. */
  isSmallCount: Uint8Array;
  spread: Spread;
  /** Variance over mean of small counts, [series]. */
  dispersion: Float64Array;
  /** By group and bucket: scaled errors of large series, and probabilities of small counts, at the scores of the grid. */
  errorGrids: Float64Array;
  countGrids: Float64Array;
}

/**
 * Learns the distribution of each series about its forecast from backtests: split conformal prediction with pools by group and
 * horizon bucket. Large or fractional series: errors over the size that the other cutoffs let expect (`errorSpread`). Small counts: a negative
 * binomial whose probabilities are set right by where the actuals fell in it (randomised for ties; Czado, Gneiting and Held
 * 2009, Biometrics 65), so that counts stay counts.
 *
 * O(cells log cells).
 */
export function fitMarginals(backtest: Backtest, options: MarginalOptions): Marginals {
  const { nodes, cutoffs, horizon, actual, forecast } = backtest;
  const { groupOf, groups, bucketSize, isCount, seed } = options;
  const buckets = Math.max(1, Math.ceil(horizon / bucketSize));
  const spread = errorSpread(backtest, groupOf, groups);
  const { dispersion, isSmallCount } = countDispersion(backtest, groupOf, groups, isCount);
  const random = createRandom(seed).fork('marginals');
  const errorPools: number[][] = Array.from({ length: groups * buckets }, () => []);
  const countPools: number[][] = Array.from({ length: groups * buckets }, () => []);
  for (let s = 0; s < nodes; s++) {
    for (let i = 0; i < cutoffs * horizon; i++) {
      const cell = s * cutoffs * horizon + i;
      const value = actual[cell]!;
      const mean = forecast[cell]!;
      if (Number.isNaN(value) || !(mean > 0)) continue;
      const pool = groupOf[s]! * buckets + Math.floor((i % horizon) / bucketSize);
      if (isSmallCount[s] === 1) {
        countPools[pool]!.push(placeInTable(countTable(mean, dispersion[s]!), value, random.uniform()));
      } else {
        errorPools[pool]!.push((value - mean) / spreadAt(spread, s, Math.floor(i / horizon), mean));
      }
    }
  }
  return {
    options,
    buckets,
    isSmallCount,
    spread,
    dispersion,
    errorGrids: poolGrids(errorPools, errorPools.flat()),
    countGrids: poolGrids(
      countPools,
      Array.from({ length: GRID }, (_, i) => (i + 0.5) / GRID),
    ),
  };
}

function poolGrids(pools: readonly number[][], fallback: readonly number[]): Float64Array {
  const grids = new Float64Array(pools.length * GRID);
  pools.forEach((values, pool) => {
    gridQuantiles(Float64Array.from(values.length > 0 ? values : fallback).sort(), grids, pool * GRID);
  });
  return grids;
}

/** Where a count falls among the probabilities of a table: evenly over its own probability. */
function placeInTable(table: Float64Array, value: number, within: number): number {
  const k = Math.max(0, Math.round(value));
  const above = table[Math.min(k, table.length - 1)]!;
  const below = k === 0 ? 0 : table[Math.min(k - 1, table.length - 1)]!;
  return below + within * (above - below);
}

function countDispersion(
  { nodes, cutoffs, horizon, actual, forecast }: Backtest,
  groupOf: Int32Array,
  groups: number,
  isCount: Uint8Array,
): { dispersion: Float64Array; isSmallCount: Uint8Array } {
  const squares = new Float64Array(nodes);
  const means = new Float64Array(nodes);
  const cells = new Float64Array(nodes);
  const groupRatio = new Float64Array(groups);
  const groupCells = new Float64Array(groups);
  const isSmallCount = new Uint8Array(nodes);
  for (let s = 0; s < nodes; s++) {
    for (let i = s * cutoffs * horizon; i < (s + 1) * cutoffs * horizon; i++) {
      if (Number.isNaN(actual[i]!)) continue;
      squares[s]! += (actual[i]! - forecast[i]!) ** 2;
      means[s]! += Math.max(0, forecast[i]!);
      cells[s]!++;
    }
    isSmallCount[s] = isCount[s] === 1 && means[s]! < COUNT_MEAN * Math.max(1, cells[s]!) ? 1 : 0;
    if (isSmallCount[s] === 0 || !(means[s]! > 0)) continue;
    groupRatio[groupOf[s]!]! += cells[s]! * Math.min(LARGEST_DISPERSION, squares[s]! / means[s]!);
    groupCells[groupOf[s]!]! += cells[s]!;
  }
  const dispersion = squares.map((square, s) => {
    const group = groupOf[s]!;
    const usual = groupCells[group]! > 0 ? groupRatio[group]! / groupCells[group]! : 1.5;
    const own = means[s]! > 0 ? square / means[s]! : usual;
    const mixed = (cells[s]! * own + DISPERSION_CELLS * usual) / (cells[s]! + DISPERSION_CELLS);
    return Math.min(LARGEST_DISPERSION, Math.max(1, mixed));
  });
  return { dispersion, isSmallCount };
}

/**
 * The values that a series takes in one period at given normal scores; ascending in the score, never negative, whole where
 * the series sells whole units, 0 where the mean is 0.
 *
 * @returns a function from score to value. O(mean) to set up for a small count, O(1) otherwise
 */
export function valuesAt(marginals: Marginals, s: number, h: number, mean: number): (score: number) => number {
  const { options, buckets, isSmallCount, spread, dispersion, errorGrids, countGrids } = marginals;
  if (!(mean > 0)) return () => 0;
  const pool = (options.groupOf[s]! * buckets + Math.min(buckets - 1, Math.floor(h / options.bucketSize))) * GRID;
  if (isSmallCount[s] === 1 && mean < 4 * COUNT_MEAN) {
    const table = countTable(mean, dispersion[s]!);
    return (score) => countAt(table, valueAtScore(countGrids, pool, score));
  }
  const width = spreadAt(spread, s, spread.cutoffs, mean);
  const round = options.isCount[s] === 1 ? Math.round : (value: number): number => value;
  return (score) => Math.max(0, round(mean + width * valueAtScore(errorGrids, pool, score)));
}

/**
 * Normal score at which a series takes the value that happened at a cutoff, its errors there left out of their own scale; the
 * inverse of `valuesAt`.
 *
 * @param cutoff index of the cutoff
 * @param within where among the scores of the same count, 0 to 1
 */
export function scoreOf(
  marginals: Marginals,
  s: number,
  cutoff: number,
  h: number,
  mean: number,
  value: number,
  within: number,
): number {
  const { options, buckets, isSmallCount, spread, dispersion, errorGrids, countGrids } = marginals;
  const pool = (options.groupOf[s]! * buckets + Math.min(buckets - 1, Math.floor(h / options.bucketSize))) * GRID;
  if (isSmallCount[s] === 1 && mean < 4 * COUNT_MEAN) {
    const place = placeInTable(countTable(mean, dispersion[s]!), value, within);
    return scoreAtValue(countGrids, pool, place, within);
  }
  const scaled = (value - mean) / spreadAt(spread, s, cutoff, mean);
  return scoreAtValue(errorGrids, pool, scaled, within);
}
