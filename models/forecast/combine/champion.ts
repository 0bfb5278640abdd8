import type { Backtest } from '../backtest/backtest.ts';

/** Cutoffs that the segment's average counts for, against the series' own (four cutoffs are noisy). */
const SEGMENT_CUTOFFS = 24;
/** A ratio to the baseline is held within these, so that one series cannot decide for its segment. */
const RATIO_LOW = 0.25;
const RATIO_HIGH = 4;

/** Sums of squared and absolute errors per node and cutoff, [node][cutoff]. */
export interface Losses {
  squares: Float64Array;
  absolutes: Float64Array;
  cells: Float64Array;
}

/** Errors of one model, to choose by. */
export function lossesOf({ nodes, cutoffs, horizon, actual, forecast }: Backtest): Losses {
  const length = nodes * cutoffs;
  const losses = {
    squares: new Float64Array(length),
    absolutes: new Float64Array(length),
    cells: new Float64Array(length),
  };
  for (let i = 0; i < length; i++) {
    for (let h = 0; h < horizon; h++) {
      const value = actual[i * horizon + h]!;
      if (Number.isNaN(value)) continue;
      const error = forecast[i * horizon + h]! - value;
      losses.squares[i]! += error * error;
      losses.absolutes[i]! += Math.abs(error);
      losses.cells[i]!++;
    }
  }
  return losses;
}

/**
 * Log of a model's loss over the baseline's, per node: the mean of the log ratios of root mean squared and of mean
 * absolute error, pooled over the cutoffs that are used. 0 where nothing is known or the baseline is exact: a series that sold
 * nothing all the time tells little about models.
 */
function logRatios(model: Losses, baseline: Losses, cutoffs: number, without: number): Float64Array {
  const nodes = model.cells.length / cutoffs;
  const ratios = new Float64Array(nodes);
  for (let s = 0; s < nodes; s++) {
    const sums = [0, 0, 0, 0];
    for (let k = 0; k < cutoffs; k++) {
      if (k === without) continue;
      const i = s * cutoffs + k;
      sums[0]! += model.squares[i]!;
      sums[1]! += baseline.squares[i]!;
      sums[2]! += model.absolutes[i]!;
      sums[3]! += baseline.absolutes[i]!;
    }
    const log = (ratio: number): number => Math.log(Math.min(RATIO_HIGH, Math.max(RATIO_LOW, ratio)));
    if (sums[1]! > 0 && sums[3]! > 0) ratios[s] = (log(Math.sqrt(sums[0]! / sums[1]!)) + log(sums[2]! / sums[3]!)) / 2;
  }
  return ratios;
}

/**
 * Each node's relative loss, shrunk towards the mean of its segment: [model][node], logs, 0 for the baseline.
 *
 * @param without cutoff that is left out, to be judged by a choice it did not take part in; -1 for none
 */
export function shrunkLosses(
  models: readonly Losses[],
  baseline: number,
  segmentOf: Int32Array,
  cutoffs: number,
  without = -1,
): Float64Array[] {
  const used = cutoffs - (without >= 0 ? 1 : 0);
  return models.map((model) => {
    const own = logRatios(model, models[baseline]!, cutoffs, without);
    const sums = new Map<number, [number, number]>();
    own.forEach((ratio, s) => {
      const sum = sums.get(segmentOf[s]!) ?? [0, 0];
      sums.set(segmentOf[s]!, [sum[0] + ratio, sum[1] + 1]);
    });
    return own.map((ratio, s) => {
      const [sum, count] = sums.get(segmentOf[s]!)!;
      return (used * ratio + SEGMENT_CUTOFFS * (sum / count)) / (used + SEGMENT_CUTOFFS);
    });
  });
}
