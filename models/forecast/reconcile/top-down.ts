import { type LevelMeans, sumLevels } from './reconcile.ts';
import type { Grouping } from './sum-matrix.ts';

/**
 * Shares out the forecasts of the top of a path of levels, step by step in proportion to the base forecasts of the next one
 * (forecast proportions: Athanasopoulos, Ahmed and Hyndman 2009, International Journal of Forecasting 25). Started at a middle
 * level it is middle-out; with one level the series take part in its forecast directly.
 *
 * Where all parts of a node are forecast as zero they stay zero, and the node with them.
 *
 * @param path indices into `levels`, from the top down, each level nested in the one before
 * @throws RangeError for a path whose levels are not nested
 * O(series x horizon x path).
 */
export function topDown(
  base: LevelMeans,
  horizon: number,
  levels: readonly Grouping[],
  path: readonly number[],
): LevelMeans {
  const steps = path.map((level) => ({ nodeOf: levels[level]!.nodeOf, means: base.upper[level]! }));
  const series = base.bottom.length / Math.max(1, horizon);
  steps.push({ nodeOf: Int32Array.from({ length: series }, (_, s) => s), means: base.bottom });
  let means = Float64Array.from(steps[0]!.means, (value) => Math.max(0, value));
  for (let i = 1; i < steps.length; i++) {
    const { nodeOf, means: wanted } = steps[i]!;
    const parentOf = parents(steps[i - 1]!.nodeOf, nodeOf, wanted.length / horizon);
    const total = new Float64Array(means.length);
    parentOf.forEach((parent, child) => {
      for (let h = 0; h < horizon; h++) total[parent * horizon + h]! += Math.max(0, wanted[child * horizon + h]!);
    });
    const shared = new Float64Array(wanted.length);
    parentOf.forEach((parent, child) => {
      for (let h = 0; h < horizon; h++) {
        const whole = total[parent * horizon + h]!;
        const part = Math.max(0, wanted[child * horizon + h]!);
        shared[child * horizon + h] = whole > 0 ? (means[parent * horizon + h]! * part) / whole : 0;
      }
    });
    means = shared;
  }
  return { bottom: means, upper: sumLevels(means, horizon, levels) };
}

function parents(above: Int32Array, below: Int32Array, children: number): Int32Array {
  const parentOf = new Int32Array(children).fill(-1);
  below.forEach((child, s) => {
    if (parentOf[child] !== -1 && parentOf[child] !== above[s]) {
      throw new RangeError(
        `node ${child} of a level lies in two nodes of the level above it; give a path of nested levels`,
      );
    }
    parentOf[child] = above[s]!;
  });
  return parentOf;
}
