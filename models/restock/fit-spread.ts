import { studentQuantile } from '../numerics/distributions.ts';
import { demandQuantile } from './demand-quantiles.ts';
import { type Spread, UNKNOWN_SPREAD } from './spread.ts';

/** Sums over a window in backtest: what was forecast and what happened, one entry per series and cutoff. */
export interface WindowErrors {
  series: Int32Array;
  cutoff: Int32Array;
  forecast: Float64Array;
  actual: Float64Array;
}

/** Series that are summed, and over how many periods. */
export interface SummedSeries {
  series: readonly number[];
  periods: number;
}

const DISPERSIONS = [1, 1.25, 1.5, 2, 3, 4.5, 7, 12, 25];
const LEVEL_VARIANCES = [0, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.22, 0.35, 0.6];
/** Quantiles whose loss the spread is chosen by: the upper half, where orders are decided. */
const PROBABILITIES = [0.5, 0.75, 0.9, 0.97];
/** Entries used per segment, evenly spread. */
const MAX_ENTRIES = 3000;
/** The fewest windows that a spread is fitted on. */
export const MIN_ENTRIES = 60;
/** Backtest windows that the segment counts for against the series' own. */
const SEGMENT_WINDOWS = 8;
/** A squared standardised error above this tells no more than that it is large. */
const LARGE_SQUARE = 9;

/**
 * Ratio of what happened to what was forecast over all series, as far as it lies beyond its 95 % confidence limit. The
 * cutoffs are the sample: all series of one cutoff share its season and fortune, so a few cutoffs prove little, and a bias
 * that comes and goes cannot be corrected. 1 with fewer than three cutoffs.
 */
export function fitBias(errors: WindowErrors): number {
  const sums = new Map<number, [number, number]>();
  for (let i = 0; i < errors.series.length; i++) {
    const [actual, forecast] = sums.get(errors.cutoff[i]!) ?? [0, 0];
    const weight = 1 / (1 + errors.forecast[i]!);
    sums.set(errors.cutoff[i]!, [actual + weight * errors.actual[i]!, forecast + weight * errors.forecast[i]!]);
  }
  const logs = [...sums.values()].filter(([a, f]) => a > 0 && f > 0).map(([a, f]) => Math.log(a / f));
  if (logs.length < 3) return 1;
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1) / logs.length;
  const limit = studentQuantile(0.975, logs.length - 1) * Math.sqrt(variance);
  return Math.exp(Math.sign(mean) * Math.max(0, Math.abs(mean) - limit));
}

/** Mean loss of the quantiles of a spread, each entry weighed by the root of its mean so that no series decides alone. */
export function quantileLoss(
  errors: WindowErrors,
  entries: readonly number[],
  { dispersion, levelVariance, bias }: Spread,
  isCount: boolean,
): number {
  let loss = 0;
  for (const i of entries) {
    const mean = errors.forecast[i]! * bias;
    let own = 0;
    for (const p of PROBABILITIES) {
      const left = errors.actual[i]! - demandQuantile(mean, dispersion, levelVariance, p, isCount);
      own += left > 0 ? p * left : (p - 1) * left;
    }
    loss += own / Math.sqrt(1 + mean);
  }
  return loss / Math.max(1, entries.length);
}

/**
 * The spread of least quantile loss, by search over a grid, one parameter after the other until neither moves.
 * `UNKNOWN_SPREAD` where there are too few entries. O(entries x grid).
 */
export function fitSpread(errors: WindowErrors, all: readonly number[], bias: number, isCount: boolean): Spread {
  const stride = Math.max(1, Math.ceil(all.length / MAX_ENTRIES));
  const entries = all.filter((i, at) => at % stride === 0 && errors.forecast[i]! > 0);
  if (entries.length < MIN_ENTRIES) return { ...UNKNOWN_SPREAD, bias };
  let best: Spread = { dispersion: 1.5, levelVariance: 0.07, bias };
  let least = quantileLoss(errors, entries, best, isCount);
  for (let moved = true; moved; ) {
    moved = false;
    for (const candidate of [
      ...DISPERSIONS.map((dispersion) => ({ ...best, dispersion })),
      ...LEVEL_VARIANCES.map((levelVariance) => ({ ...best, levelVariance })),
    ]) {
      const loss = quantileLoss(errors, entries, candidate, isCount);
      if (loss >= least) continue;
      least = loss;
      best = candidate;
      moved = true;
    }
  }
  return best;
}

/**
 * Spread of every series: that of its segment, widened or narrowed by its own errors, shrunk as if the segment had seen
 * `SEGMENT_WINDOWS` windows of it. Segments with too few entries use the fit over all.
 *
 * @param segmentOf segment of each series
 */
export function fitSpreads(errors: WindowErrors, segmentOf: ArrayLike<number>, isCount: boolean): Spread[] {
  const bySegment = new Map<number, number[]>();
  const everything: number[] = [];
  for (let i = 0; i < errors.series.length; i++) {
    const segment = segmentOf[errors.series[i]!]!;
    const entries = bySegment.get(segment) ?? [];
    entries.push(i);
    bySegment.set(segment, entries);
    everything.push(i);
  }
  const bias = fitBias(errors);
  const overall = fitSpread(errors, everything, bias, isCount);
  const spreads = new Map<number, Spread>();
  for (const [segment, entries] of bySegment) {
    const known = entries.filter((i) => errors.forecast[i]! > 0).length;
    spreads.set(segment, known < MIN_ENTRIES ? overall : fitSpread(errors, entries, bias, isCount));
  }
  const squares = new Float64Array(segmentOf.length);
  const windows = new Float64Array(segmentOf.length);
  for (const i of everything) {
    const series = errors.series[i]!;
    const { dispersion, levelVariance, bias } = spreads.get(segmentOf[series]!)!;
    const mean = errors.forecast[i]! * bias;
    if (!(mean > 0)) continue;
    const square = (errors.actual[i]! - mean) ** 2 / (dispersion * mean + levelVariance * mean * mean);
    squares[series]! += Math.min(LARGE_SQUARE, square);
    windows[series]!++;
  }
  return Array.from({ length: segmentOf.length }, (_, series) => {
    const { dispersion, levelVariance, bias } = spreads.get(segmentOf[series]!) ?? overall;
    const ratio = (squares[series]! + SEGMENT_WINDOWS) / (windows[series]! + SEGMENT_WINDOWS);
    return { dispersion: Math.max(isCount ? 1 : 0.01, dispersion * ratio), levelVariance: levelVariance * ratio, bias };
  });
}
