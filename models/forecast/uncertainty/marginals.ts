import { createRandom } from '../../../data/random.ts';
import { type Backtest, mayTeach } from '../backtest/backtest.ts';
import { COUNT_MEAN, countDispersion } from './count-dispersion.ts';
import { countAt, countTable, placeOfCount } from './count-table.ts';
import { errorSpread, type Spread, spreadAt } from './error-spread.ts';
import { bucketAt, bucketCount } from './horizon-buckets.ts';
import { GRID, gridMean, gridQuantiles, scoreAtValue, valueAtScore } from './score-grid.ts';

export interface MarginalOptions {
  /** Group of each node, such as its segment. */
  groupOf: Int32Array;
  groups: number;
  /** Periods of the horizon that share one pool of errors. */
  bucketSize: number;
  /** 1 where a node sells whole units. */
  isCount: Uint8Array;
  /** How hard each day is beside others (`dayDifficulty`), [cutoff, and last what is ahead][horizon]; all alike if left out. */
  difficulty?: Float32Array;
  seed: number;
}

/** The distribution of one node in one period about its mean, by normal score: what it is on a day of that luck. */
export interface Marginals {
  options: MarginalOptions;
  cutoffs: number;
  buckets: number;
  /** 1 where the node is negative binomial, [node]. */
  isSmallCount: Uint8Array;
  spread: Spread;
  /** Variance over mean of small counts, [node][cutoff left out, the last one: none]. */
  dispersion: Float64Array;
  /**
   * By cutoff left out (the last one: none), group and bucket: scaled errors of large nodes, and probabilities of small
   * counts, at the scores of the grid.
   */
  errorGrids: Float64Array[];
  countGrids: Float64Array[];
  /** By cutoff left out, group and bucket: what the mean of a small count is multiplied by to be kept by its grid. */
  countScales: Float64Array[];
}

/**
 * Learns the distribution of each node about its forecast from backtests: split conformal prediction with cutoffs as folds
 * and pools by group and horizon bucket (Vovk et al. 2005). Large or fractional nodes: errors over the size that the
 * other cutoffs, and how hard the day is, let expect (`errorSpread`; Papadopoulos et al. 2002). Small counts: a negative binomial whose probabilities
 * are set right by where the actuals fell in it (randomised for ties; Czado, Gneiting and Held 2009, Biometrics 65), so
 * that counts stay counts.
 *
 * The distributions are centred on the forecast: past cutoffs set their width and shape, not a correction of the mean, which
 * would not hold on the next cutoff (docs/decisions/0009). A single cutoff is judged by itself.
 *
 * O(cutoffs x cells log cells).
 */
export function fitMarginals(backtest: Backtest, options: MarginalOptions): Marginals {
  const { nodes, cutoffs, horizon, actual, forecast } = backtest;
  const { groupOf, groups, bucketSize, isCount, difficulty, seed } = options;
  const buckets = bucketCount(horizon, bucketSize);
  const spread = errorSpread(backtest, groupOf, groups, difficulty);
  const { dispersion, isSmallCount } = countDispersion(backtest, groupOf, groups, isCount);
  const random = createRandom(seed).fork('marginals');
  const errors = newPools(groups * buckets, cutoffs);
  const places = newPools(groups * buckets, cutoffs);
  const means: SmallMean[][] = errors.map(() => []);
  for (let s = 0; s < nodes; s++) {
    for (let k = 0; k < cutoffs; k++) {
      for (let h = 0; h < horizon; h++) {
        const i = (s * cutoffs + k) * horizon + h;
        const value = actual[i]!;
        const mean = forecast[i]!;
        if (Number.isNaN(value) || !(mean > 0)) continue;
        const pool = groupOf[s]! * buckets + bucketAt(h, bucketSize, buckets);
        if (isSmallCount[s] === 1) {
          places[pool]![k]!.push(placeOfCount(mean, dispersion[s * (cutoffs + 1) + k]!, value, random.uniform()));
          if (means[pool]!.length < CENTRE_CELLS) means[pool]!.push({ s, mean });
        } else {
          errors[pool]![k]!.push((value - mean) / spreadAt(spread, s, k, h, mean));
        }
      }
    }
  }
  const even = Float64Array.from({ length: GRID }, (_, i) => (i + 0.5) / GRID);
  const countGrids = gridsWithout(places, cutoffs, even);
  return {
    options,
    cutoffs,
    buckets,
    isSmallCount,
    spread,
    dispersion,
    countGrids,
    countScales: countGrids.map((grids, without) =>
      Float64Array.from(means, (cells, pool) =>
        countScale(cells, grids, pool * GRID, (s) => dispersion[s * (cutoffs + 1) + without]!),
      ),
    ),
    errorGrids: gridsWithout(errors, cutoffs, undefined).map((grids) => {
      for (let at = 0; at < grids.length; at += GRID) {
        const mean = gridMean(grids, at, (value) => value);
        for (let i = at; i < at + GRID; i++) grids[i]! -= mean;
      }
      return grids;
    }),
  };
}

/** Cells of a pool that its scale is taken from, and how far it may be from 1: where past forecasts missed it all, so may this. */
const CENTRE_CELLS = 400;
const MOST_SCALE = 1.25;

interface SmallMean {
  s: number;
  mean: number;
}

/** Forecasts over the means of their distributions with the probabilities of a grid. */
function countScale(
  cells: readonly SmallMean[],
  grids: Float64Array,
  at: number,
  dispersionOf: (s: number) => number,
): number {
  let forecast = 0;
  let drawn = 0;
  for (const { s, mean } of cells) {
    const table = countTable(mean, dispersionOf(s));
    forecast += mean;
    drawn += gridMean(grids, at, (probability) => countAt(table, probability));
  }
  return drawn > 0 ? Math.min(MOST_SCALE, Math.max(1 / MOST_SCALE, forecast / drawn)) : 1;
}

/** Values by pool and cutoff. */
function newPools(pools: number, cutoffs: number): number[][][] {
  return Array.from({ length: pools }, () => Array.from({ length: cutoffs }, () => []));
}

/** Grids of every pool with each cutoff left out, the last with none; an empty pool takes `fallback`, else all pools together. */
function gridsWithout(pools: readonly number[][][], cutoffs: number, fallback?: Float64Array): Float64Array[] {
  return Array.from({ length: cutoffs + 1 }, (_, without) => {
    const grids = new Float64Array(pools.length * GRID);
    const kept = pools.map((byCutoff) => joined(byCutoff.filter((_, k) => mayTeach(k, without, cutoffs))));
    let rest = fallback;
    kept.forEach((values, pool) => {
      if (values.length === 0) rest ??= joined(kept);
      gridQuantiles(values.length > 0 ? values : rest!, grids, pool * GRID);
    });
    return grids;
  });
}

/** All values of the parts, ascending. */
function joined(parts: readonly ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}

/**
 * The values that a node takes in one period at given normal scores; ascending in the score, never negative, whole where
 * the node sells whole units, 0 where the mean is 0.
 *
 * @param h periods after the origin
 * @param without cutoff whose errors must not be used, or the number of cutoffs for none
 * @param highest score up to which values are asked for
 * @returns a function from score to value. O(mean) to set up for a small count, O(1) otherwise
 */
export function valuesAt(
  marginals: Marginals,
  s: number,
  h: number,
  mean: number,
  without: number,
  highest = Number.POSITIVE_INFINITY,
): (score: number) => number {
  const { options, cutoffs, spread, dispersion } = marginals;
  if (!(mean > 0)) return () => 0;
  const pool = poolAt(marginals, s, h);
  if (isNegativeBinomial(marginals, s, mean)) {
    const scale = marginals.countScales[without]![pool / GRID]!;
    const grids = marginals.countGrids[without]!;
    const until = valueAtScore(grids, pool, highest);
    const table = countTable(scale * mean, dispersion[s * (cutoffs + 1) + without]!, until);
    return (score) => countAt(table, valueAtScore(grids, pool, score));
  }
  const width = spreadAt(spread, s, without, h, mean);
  const grids = marginals.errorGrids[without]!;
  if (options.isCount[s] === 1) {
    return (score) => Math.max(0, Math.round(mean + width * valueAtScore(grids, pool, score)));
  }
  return (score) => Math.max(0, mean + width * valueAtScore(grids, pool, score));
}

/**
 * Normal score at which a node takes the value that happened at a cutoff, its errors there left out of their own scale; the
 * inverse of `valuesAt`.
 *
 * @param within where among the scores of the same count, 0 to 1
 */
export function scoreOf(
  marginals: Marginals,
  cell: { s: number; cutoff: number; h: number; mean: number; value: number },
  within: number,
): number {
  const { s, cutoff, h, mean, value } = cell;
  const { cutoffs, spread, dispersion } = marginals;
  const pool = poolAt(marginals, s, h);
  if (isNegativeBinomial(marginals, s, mean)) {
    const scale = marginals.countScales[cutoffs]![pool / GRID]!;
    const place = placeOfCount(scale * mean, dispersion[s * (cutoffs + 1) + cutoff]!, value, within);
    return scoreAtValue(marginals.countGrids[cutoffs]!, pool, place, within);
  }
  const scaled = (value - mean) / spreadAt(spread, s, cutoff, h, mean);
  return scoreAtValue(marginals.errorGrids[cutoffs]!, pool, scaled, within);
}

/** A forecast far above what the node sold in backtest is no small count any more. */
const isNegativeBinomial = ({ isSmallCount }: Marginals, s: number, mean: number): boolean =>
  isSmallCount[s] === 1 && mean < 4 * COUNT_MEAN;

const poolAt = ({ options, buckets }: Marginals, s: number, h: number): number =>
  (options.groupOf[s]! * buckets + bucketAt(h, options.bucketSize, buckets)) * GRID;
