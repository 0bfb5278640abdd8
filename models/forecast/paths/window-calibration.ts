import { rankQuantile } from '../conformal.ts';
import { type Paths, windowSums } from './window-quantiles.ts';

/** Evenly spread places that are mixed in, so that a few windows change little: what counts are the paths themselves. */
const PRIOR_PLACES = 40;

/** Where what happened fell among the paths: places from 0 to 1, by group, ascending. */
export interface WindowCalibration {
  places: Float64Array[];
}

/** Sums over windows that happened, with the paths they were forecast by. */
export interface JudgedWindows {
  /** Of one cutoff, drawn from a model that did not use it. */
  paths: Paths;
  /** What happened, [node][horizon]; a window with a NaN in it is left out. */
  actual: Float32Array;
  groupOf: Int32Array;
}

/**
 * Collects where actual window sums fell among the sums of their paths, all windows of the given length pooled by group:
 * conformal prediction with the place as score (Chernozhukov, Wuthrich and Zhu 2021, PNAS 118).
 *
 * @param judged one entry per cutoff
 * @param lengths of the windows, in periods; each is laid end to end over the horizon
 * O(values x lengths).
 */
export function calibrateWindows(
  judged: readonly JudgedWindows[],
  groups: number,
  lengths: readonly number[],
): WindowCalibration {
  const pools: number[][] = Array.from({ length: groups }, () =>
    Array.from({ length: PRIOR_PLACES }, (_, i) => (i + 0.5) / PRIOR_PLACES),
  );
  for (const { paths, actual, groupOf } of judged) {
    const count = paths.paths;
    for (const length of lengths) {
      for (let from = 0; from + length <= paths.horizon; from += length) {
        const sums = windowSums(paths, from, from + length);
        groupOf.forEach((group, node) => {
          let sum = 0;
          for (let h = from; h < from + length; h++) sum += actual[node * paths.horizon + h]!;
          const own = sums.subarray(node * count, (node + 1) * count);
          if (Number.isNaN(sum) || own[count - 1] === 0) return;
          pools[group]!.push(placeAmong(own, sum));
        });
      }
    }
  }
  return { places: pools.map((places) => Float64Array.from(places).sort()) };
}

/**
 * Place of a value among ascending sums, in (0, 1): the share below it, the middle of those equal to it. The middle, not a
 * random one, keeps the figure the same from run to run.
 */
function placeAmong(sorted: Float64Array, value: number): number {
  let below = 0;
  while (below < sorted.length && sorted[below]! < value) below++;
  let above = below;
  while (above < sorted.length && sorted[above]! <= value) above++;
  return ((below + above) / 2 + 0.5) / (sorted.length + 1);
}

/** The probability to read off the paths so that the quantile holds as often as `p` says. Ascending in `p`. */
export function adjustLevel({ places }: WindowCalibration, group: number, p: number): number {
  return Math.min(1, Math.max(0, rankQuantile(places[group]!, p)));
}
