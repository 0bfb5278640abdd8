import { createRandom, type Random } from '../../../data/random.ts';
import type { Backtest } from '../backtest/backtest.ts';
import type { Grouping } from '../reconcile/sum-matrix.ts';
import { type Marginals, scoreOf, valuesAt } from '../uncertainty/marginals.ts';
import { type Dependence, fitDependence } from './dependence.ts';

/** What sample paths are drawn from: each series' distribution on each day, and how luck is shared. */
export interface PathModel {
  marginals: Marginals;
  dependence: Dependence;
}

/**
 * Learns from backtests how luck is shared. The errors of all series at one cutoff and day are taken together, so that sums
 * over days and series spread as they did.
 *
 * @param backtest of the published forecasts of the series, NaN actuals where unknown
 * @param marginals fitted on the same backtest
 * @param levels of the hierarchy above the series, such as those of `hierarchyOf`
 * O(cells x (levels + horizon)).
 */
export function fitPathModel(backtest: Backtest, marginals: Marginals, levels: readonly Grouping[]): PathModel {
  const { nodes, cutoffs, horizon, actual, forecast } = backtest;
  const values = new Float64Array(actual.length).fill(Number.NaN);
  for (let i = 0; i < actual.length; i++) {
    if (Number.isNaN(actual[i]!) || !(forecast[i]! > 0)) continue;
    const s = Math.floor(i / (cutoffs * horizon));
    const cutoff = Math.floor(i / horizon) % cutoffs;
    values[i] = scoreOf(marginals, { s, cutoff, h: i % horizon, mean: forecast[i]!, value: actual[i]! }, 0.5);
  }
  undoCoarseness(values, marginals, nodes);
  const scores = { values, series: nodes, cutoffs, horizon };
  const { groupOf, groups } = marginals.options;
  return { marginals, dependence: fitDependence(scores, levels, groupOf, groups) };
}

/** Least share of a score's variance that a count is taken to show. */
const LEAST_SHOWN = 0.1;

/**
 * A small count shows only part of the luck behind it: with the middle of its scores, products of two cells come out smaller
 * by the variance that each shows. Dividing by it makes them those of the luck itself (attenuation; Spearman 1904).
 */
function undoCoarseness(values: Float64Array, { isSmallCount }: Marginals, nodes: number): void {
  const cells = values.length / Math.max(1, nodes);
  for (let s = 0; s < nodes; s++) {
    if (isSmallCount[s] !== 1) continue;
    const own = values.subarray(s * cells, (s + 1) * cells);
    let squares = 0;
    let known = 0;
    for (const value of own) {
      if (Number.isNaN(value)) continue;
      squares += value * value;
      known++;
    }
    const shown = Math.min(1, Math.max(LEAST_SHOWN, known > 0 ? squares / known : 1));
    for (let i = 0; i < own.length; i++) own[i]! /= shown;
  }
}

export interface SampleRequest {
  /** Means of all series, [series][horizon]. */
  mean: Float64Array;
  horizon: number;
  /** Even: the second half are the mirror images of the first, which keeps the mean of all paths at the forecast. */
  paths: number;
  seed: number;
  /** Cutoff that is forecast from, its errors left out; what is ahead if left out. */
  cutoff?: number;
  /** Series to draw, all if left out. A series' paths are the same whichever are drawn with it. */
  from?: number;
  to?: number;
}

/**
 * Draws sample paths: what every series may sell on every day, path by path, so that any sum over days and series has its
 * distribution (a Gaussian copula over calibrated marginals). Path `p` of one series belongs to path `p` of all others.
 *
 * @returns [series - from][path][horizon]; never negative, whole for counts, the same for the same seed
 * O((to - from) x paths x horizon x levels); memory 4 bytes per value.
 */
export function samplePaths({ marginals, dependence }: PathModel, request: SampleRequest): Float32Array {
  const { mean, horizon, paths, seed, cutoff = marginals.cutoffs } = request;
  const from = request.from ?? 0;
  const to = request.to ?? mean.length / Math.max(1, horizon);
  const drawn = paths / 2;
  const random = createRandom(seed).fork('paths');
  const shared = sharedLuck(dependence, horizon, drawn, random, from, to);
  const { groupOf } = marginals.options;
  const cells = drawn * horizon;
  const out = new Float32Array(Math.max(0, to - from) * 2 * cells);
  const score = new Float64Array(cells);
  for (let s = from; s < to; s++) {
    score.fill(0);
    for (const { nodeOf, luck } of shared) {
      const own = luck.get(nodeOf[s]!)!;
      for (let i = 0; i < cells; i++) score[i]! += own[i]!;
    }
    addOwnLuck(score, dependence, groupOf[s]!, horizon, random.fork(`series ${s}`));
    const at = (s - from) * 2 * cells;
    for (let h = 0; h < horizon; h++) {
      const value = valuesAt(marginals, s, h, mean[s * horizon + h]!, cutoff);
      for (let i = h; i < cells; i += horizon) {
        out[at + i] = value(score[i]!);
        out[at + cells + i] = value(-score[i]!);
      }
    }
  }
  return out;
}

function addOwnLuck(score: Float64Array, dependence: Dependence, group: number, horizon: number, random: Random): void {
  const lasting = Math.sqrt(dependence.ownShare[group]!);
  const rest = Math.sqrt(dependence.restShare[group]!);
  const carry = dependence.carry[group]!;
  const fresh = Math.sqrt(1 - carry * carry);
  for (let i = 0; i < score.length; i += horizon) {
    const own = lasting * random.normal();
    let noise = random.normal();
    for (let h = 0; h < horizon; h++) {
      score[i + h]! += own + rest * noise;
      noise = carry * noise + fresh * random.normal();
    }
  }
}

/** Luck of the nodes that the series wanted are in, by level, [path][horizon]; levels that share nothing are left out. */
function sharedLuck(
  { levels, windowShare, dayShare }: Dependence,
  horizon: number,
  paths: number,
  random: Random,
  from: number,
  to: number,
): { nodeOf: Int32Array; luck: Map<number, Float32Array> }[] {
  const result: { nodeOf: Int32Array; luck: Map<number, Float32Array> }[] = [];
  levels.forEach(({ nodeOf }, level) => {
    const window = Math.sqrt(windowShare[level]!);
    const day = Math.sqrt(dayShare[level]!);
    if (window + day === 0) return;
    const luck = new Map<number, Float32Array>();
    for (const node of new Set(nodeOf.subarray(from, to))) {
      const own = random.fork(`level ${level} node ${node}`);
      const values = new Float32Array(paths * horizon);
      for (let i = 0; i < values.length; i += horizon) {
        const lasting = window * own.normal();
        for (let h = 0; h < horizon; h++) values[i + h] = lasting + (day > 0 ? day * own.normal() : 0);
      }
      luck.set(node, values);
    }
    result.push({ nodeOf, luck });
  });
  return result;
}
