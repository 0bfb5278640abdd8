import { demandQuantiles } from './demand-quantiles.ts';
import type { Spread } from './spread.ts';

/** Levels of demand, equally likely, and courses of chance for each: 512 scenarios, so a tail of 0.2 % is still seen. */
export const LEVELS = 16;
export const COURSES = 32;
export const SCENARIOS = LEVELS * COURSES;
/** Stretches of time that a window can be cut into. */
export const MAX_BLOCKS = 6;

/** What may happen in a window that is cut into blocks of days; scenario `k` has the level `levels[k >> 5]`. */
export interface DemandScenarios {
  /** Demand per block, [block][scenario]. */
  demand: Float64Array[];
  /** Factor on the mean, [level]. */
  levels: Float64Array;
}

/** Probabilities that fill the cube evenly, [block][level][course]: an additive recurrence (Roberts 2018, R sequence). */
const PROBABILITIES: Float64Array[][] = (() => {
  let root = 1.1;
  for (let i = 0; i < 60; i++) root = (1 + root) ** (1 / (MAX_BLOCKS + 1));
  return Array.from({ length: MAX_BLOCKS }, (_, block) => {
    const stride = root ** -(block + 1);
    return Array.from({ length: LEVELS }, (_, level) =>
      Float64Array.from({ length: COURSES }, (_, course) => {
        const point = (0.5 + (level * COURSES + course + 1) * stride) % 1;
        return Math.min(1 - 0.5 / SCENARIOS, Math.max(0.5 / SCENARIOS, point));
      }),
    );
  });
})();

/** Equally likely levels with mean 1 and the variance given: medians of the slices of a gamma distribution. */
export function demandLevels(variance: number): Float64Array {
  const levels = new Float64Array(LEVELS).fill(1);
  if (!(variance > 1e-9)) return levels;
  const middles = Float64Array.from({ length: LEVELS }, (_, i) => (i + 0.5) / LEVELS);
  demandQuantiles(1, variance, middles, false, levels);
  const mean = levels.reduce((sum, level) => sum + level, 0) / LEVELS;
  return mean > 0 ? levels.map((level) => level / mean) : levels.fill(1);
}

/**
 * Draws the scenarios of a window. The same for the same arguments: there is no randomness, and all series see the same
 * probabilities, so that a larger mean never gives a smaller order.
 *
 * @param blockMeans mean demand of each block, at most `MAX_BLOCKS`, before the bias is applied
 * O(blocks x levels x (mean + courses)), the mean capped as in `demandQuantiles`.
 */
export function demandScenarios(blockMeans: readonly number[], spread: Spread, isCount: boolean): DemandScenarios {
  const levels = demandLevels(spread.levelVariance);
  const demand = blockMeans.map((mean, block) => {
    const values = new Float64Array(SCENARIOS);
    for (let level = 0; level < LEVELS; level++) {
      const part = values.subarray(level * COURSES, (level + 1) * COURSES);
      demandQuantiles(
        mean * spread.bias * levels[level]!,
        spread.dispersion,
        PROBABILITIES[block]![level]!,
        isCount,
        part,
      );
    }
    return values;
  });
  return { demand, levels };
}
