import { demandQuantile } from './demand-quantiles.ts';
import { fitSpreads, type WindowErrors } from './fit-spread.ts';

/** How often demand stayed within the level that the target asks for. */
export interface Coverage {
  windows: number;
  covered: number;
  /** Mean of the targets of these windows. */
  target: number;
}

/**
 * Checks the order-up-to levels on the newest backtest cutoff, with the spread fitted on the older ones only.
 *
 * @param targetOf wanted probability of no stock-out, per series
 */
export function backtestCoverage(
  errors: WindowErrors,
  segmentOf: ArrayLike<number>,
  targetOf: ArrayLike<number>,
  isCount: boolean,
): Coverage {
  const newest = errors.cutoff.reduce((most, cutoff) => Math.max(most, cutoff), -1);
  const older = select(errors, (cutoff) => cutoff < newest);
  const judged = select(errors, (cutoff) => cutoff === newest);
  if (older.series.length === 0) return { windows: 0, covered: 0, target: 0 };
  const spreads = fitSpreads(older, segmentOf, isCount);
  let covered = 0;
  let target = 0;
  judged.series.forEach((series, i) => {
    const { dispersion, levelVariance, bias } = spreads[series]!;
    const level = demandQuantile(judged.forecast[i]! * bias, dispersion, levelVariance, targetOf[series]!, isCount);
    if (judged.actual[i]! <= level) covered++;
    target += targetOf[series]!;
  });
  const windows = judged.series.length;
  return { windows, covered, target: windows > 0 ? target / windows : 0 };
}

function select(errors: WindowErrors, isWanted: (cutoff: number) => boolean): WindowErrors {
  const keep = (_: number, i: number): boolean => isWanted(errors.cutoff[i]!);
  return {
    series: errors.series.filter(keep),
    cutoff: errors.cutoff.filter(keep),
    forecast: errors.forecast.filter(keep),
    actual: errors.actual.filter(keep),
  };
}
