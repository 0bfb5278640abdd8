import type { Panel } from '../../panel.ts';
import { panelSample } from '../../panel-sample.ts';
import { actualsAt, backtestOrigins } from '../backtest/backtest.ts';
import type { OriginForecast } from '../forecaster.ts';

/** Series whose past errors tell how hard days are. */
const SERIES = 64;
/** Errors of so many days are looked at, forecasts of so many days made, each with at least so many days of sales before it. */
const LOOK_BACK_DAYS = 2 * 364;
const AHEAD_DAYS = 28;
const LEAST_HISTORY_DAYS = 180;
/** Days of last year on each side of a day that speak for it: errors of single days are luck, and what moves with a feast moves about. */
const HALF_DAYS = 10;
const SPAN_DAYS = 2 * HALF_DAYS + 1;
const YEAR_DAYS = 364;
/** Days of which this year's and last year's errors are known, below which nothing is learned from them. */
const LEAST_PAIRS_DAYS = 91;
/** An error counts for no more than so many usual ones. */
const LARGEST_RATIO = 8;

/**
 * Origins for which effects are fitted once: with a fit for each, which takes 2.7 times as long, the factors were the same to 0.01 (M5) to
 * 0.06 (Rossmann), by logs.
 */
const ORIGINS_PER_FIT = 3;

/** What is forecast to see how hard past days were. */
export interface DifficultyProbe {
  panel: Panel;
  origins: number[];
  horizon: number;
}

/** Runs of the probe's origins, each to be forecast with one fit. */
export const fitsOf = ({ origins }: DifficultyProbe): number[][] =>
  Array.from({ length: Math.ceil(origins.length / ORIGINS_PER_FIT) }, (_, i) =>
    origins.slice(i * ORIGINS_PER_FIT, (i + 1) * ORIGINS_PER_FIT),
  );

const inPeriods = (days: number, { periodDays }: Panel): number => Math.round(days / periodDays);

/** Origins over the last two years, one after the other, of a sample of the series; none where they could tell nothing. */
export function difficultyProbe(panel: Panel): DifficultyProbe {
  const horizon = inPeriods(AHEAD_DAYS, panel);
  const leastHistory = inPeriods(LEAST_HISTORY_DAYS, panel);
  const origins = backtestOrigins({ ...panel, horizon }, LOOK_BACK_DAYS / AHEAD_DAYS, leastHistory);
  const seen = panel.periods - (origins[0] ?? panel.periods);
  const isTelling = seen >= inPeriods(YEAR_DAYS + LEAST_PAIRS_DAYS, panel);
  return { panel: panelSample(panel, SERIES), origins: isTelling ? origins : [], horizon };
}

/**
 * How much larger or smaller errors are expected on each day than on others, as a factor of about 1: the weeks around
 * Christmas are harder to forecast than those of February, whichever of them the backtests happen to hold.
 *
 * A day is taken to be as hard as the three weeks around the same day a year before were, as far as last year's weeks told
 * this year's (by logs, between nothing and all of it). Of its own year nothing but that one share takes part. 1 where last
 * year is not known, and everywhere where too little is.
 *
 * @param forecasts of the probe, by any plain model, each from sales before its origin only
 * @param origins of the backtests and, last, what is ahead
 * @returns [origin][horizon]. O(series x periods)
 */
export function dayDifficulty(
  probe: DifficultyProbe,
  forecasts: readonly OriginForecast[],
  origins: readonly number[],
  horizon: number,
): Float32Array {
  const { periods, periodDays } = probe.panel;
  const year = inPeriods(YEAR_DAYS, probe.panel);
  const hardness = logHardness(probe, forecasts);
  const before = (t: number): number => hardness[t - year] ?? Number.NaN;
  const pairs = Array.from({ length: periods }, (_, t) => t).filter((t) => !Number.isNaN(before(t) + hardness[t]!));
  const out = new Float32Array(origins.length * horizon).fill(1);
  if (pairs.length * periodDays < LEAST_PAIRS_DAYS) return out;
  const told = toldByLastYear(
    pairs.map(before),
    pairs.map((t) => hardness[t]!),
    (pairs.length * periodDays) / SPAN_DAYS,
  );
  const usual = meanOf(pairs.map(before));
  origins.forEach((origin, k) => {
    for (let h = 0; h < horizon; h++) {
      const last = before(origin + h);
      if (!Number.isNaN(last)) out[k * horizon + h] = Math.exp(told * (last - usual));
    }
  });
  return out;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Share of last year's deviation that this year's weeks took over: the slope of least squares, drawn to nothing by as much as chance
 * alone would have told (positive-part James and Stein 1961).
 *
 * @param observations independent ones among the pairs
 */
function toldByLastYear(then: readonly number[], now: readonly number[], observations: number): number {
  const [meanThen, meanNow] = [meanOf(then), meanOf(now)];
  const covariance = meanOf(then.map((value, i) => (value - meanThen) * (now[i]! - meanNow)));
  const variance = meanOf(then.map((value) => (value - meanThen) ** 2));
  const explained = covariance ** 2 / (variance * meanOf(now.map((value) => (value - meanNow) ** 2)));
  if (!(explained > 0) || covariance < 0) return 0;
  const byChance = (1 - explained) / (explained * observations);
  return Math.min(1, covariance / variance) * Math.max(0, 1 - byChance);
}

/** Log of the mean error over the series and days around each period, in units of what is usual for the series; NaN where unknown. */
function logHardness({ panel, origins, horizon }: DifficultyProbe, forecasts: readonly OriginForecast[]): Float64Array {
  const { seriesCount, periods } = panel;
  const actual = actualsAt(panel, origins, horizon);
  const sums = new Float64Array(periods);
  const counts = new Float64Array(periods);
  for (let s = 0; s < seriesCount; s++) {
    let errors = 0;
    let roots = 0;
    const each = (visit: (t: number, error: number, root: number) => void): void =>
      forecasts.forEach(({ mean }, k) => {
        for (let h = 0; h < horizon; h++) {
          const expected = mean[s * horizon + h]!;
          const error = Math.abs(actual[(s * origins.length + k) * horizon + h]! - expected);
          if (expected > 0 && !Number.isNaN(error)) visit(origins[k]! + h, error, Math.sqrt(expected));
        }
      });
    each((_, error, root) => {
      errors += error;
      roots += root;
    });
    if (errors === 0) continue;
    each((t, error, root) => {
      sums[t]! += Math.min(LARGEST_RATIO, (error / root) * (roots / errors));
      counts[t]!++;
    });
  }
  const half = inPeriods(HALF_DAYS, panel);
  return Float64Array.from({ length: periods }, (_, t) => {
    let sum = 0;
    let count = 0;
    for (let u = Math.max(0, t - half); u <= Math.min(periods - 1, t + half); u++) {
      sum += sums[u]!;
      count += counts[u]!;
    }
    return counts[t] !== 0 && sum > 0 ? Math.log(sum / count) : Number.NaN;
  });
}
