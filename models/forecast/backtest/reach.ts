import type { Backtest } from './backtest.ts';

/** Share of sales forecast right that a forecast is asked for. */
export const WANTED_ACCURACY = 0.92;

/** Accuracy of sums over so many periods at one level. */
export interface Reach {
  level: string;
  periods: number;
  /** 1 - WAPE; NaN where nothing was sold. */
  accuracy: number;
  /** Sums that were judged. */
  n: number;
}

/**
 * 1 - WAPE of a level's forecasts summed over windows of several lengths, laid end to end from the first judged period: what
 * "30-day accuracy" is depends on both.
 *
 * A period counts on both sides only where its actual is known; a window without any is left out, and so is a last one that
 * is too short. O(cells x lengths).
 * @param gap periods of the horizon that are not judged
 * @param lengths in periods
 */
export function reachOf(level: string, backtest: Backtest, gap: number, lengths: readonly number[]): Reach[] {
  const { nodes, cutoffs, horizon, actual, forecast } = backtest;
  return lengths.map((periods) => {
    let [n, errors, sold] = [0, 0, 0];
    for (let row = 0; row < nodes * cutoffs; row++) {
      for (let from = gap; from + periods <= horizon; from += periods) {
        let [known, happened, expected] = [0, 0, 0];
        for (let i = row * horizon + from; i < row * horizon + from + periods; i++) {
          if (Number.isNaN(actual[i]!)) continue;
          known++;
          happened += actual[i]!;
          expected += forecast[i]!;
        }
        if (known === 0) continue;
        n++;
        errors += Math.abs(expected - happened);
        sold += happened;
      }
    }
    return { level, periods, accuracy: sold > 0 ? 1 - errors / sold : Number.NaN, n };
  });
}
