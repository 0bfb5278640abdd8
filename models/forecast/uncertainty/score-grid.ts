import { normalCdf } from '../../numerics/distributions.ts';
import { rankQuantile } from './conformal.ts';

/** Points of a grid over standard normal scores, from -HIGHEST to HIGHEST: probabilities of 0.0005 to 0.9995. */
export const GRID = 67;
const HIGHEST = 3.3;
const STEP = (2 * HIGHEST) / (GRID - 1);

const PROBABILITIES = Float64Array.from({ length: GRID }, (_, i) => normalCdf(-HIGHEST + i * STEP));

/**
 * Quantiles of a sample at the grid's probabilities, at the finite-sample ranks of conformal prediction.
 *
 * @param sorted ascending; zero everywhere where it is empty
 * @param out receives `GRID` values from `at` on, ascending
 */
export function gridQuantiles(sorted: ArrayLike<number>, out: Float64Array, at: number): void {
  for (let i = 0; i < GRID; i++) out[at + i] = rankQuantile(sorted, PROBABILITIES[i]!);
}

/** Mass of the normal distribution about each point of the grid. */
const MASSES = PROBABILITIES.map((_, i) => {
  const upper = i === GRID - 1 ? 1 : normalCdf(-HIGHEST + (i + 0.5) * STEP);
  return upper - (i === 0 ? 0 : normalCdf(-HIGHEST + (i - 0.5) * STEP));
});

/** Mean of what is drawn from a grid, each value turned into another by `of`. */
export function gridMean(grid: Float64Array, at: number, of: (value: number) => number): number {
  let mean = 0;
  for (let i = 0; i < GRID; i++) mean += MASSES[i]! * of(grid[at + i]!);
  return mean;
}

/** Value of an ascending grid at a normal score, by linear interpolation; flat beyond the ends. */
export function valueAtScore(grid: Float64Array, at: number, score: number): number {
  const position = Math.min(GRID - 1, Math.max(0, (score + HIGHEST) / STEP));
  const low = Math.min(GRID - 2, Math.floor(position));
  return grid[at + low]! + (position - low) * (grid[at + low + 1]! - grid[at + low]!);
}

/**
 * Normal score at which an ascending grid takes a value. Where the grid is flat at that value, the share `within` (0 to 1) of
 * the flat part.
 */
export function scoreAtValue(grid: Float64Array, at: number, value: number, within: number): number {
  let below = 0;
  while (below < GRID && grid[at + below]! < value) below++;
  let above = below;
  while (above < GRID && grid[at + above]! <= value) above++;
  const start = crossing(grid, at, below - 1, value);
  const end = above > below ? Math.min(GRID - 1, above - 1) : start;
  return -HIGHEST + (start + within * Math.max(0, end - start)) * STEP;
}

function crossing(grid: Float64Array, at: number, low: number, value: number): number {
  if (low < 0) return 0;
  if (low >= GRID - 1) return GRID - 1;
  const rise = grid[at + low + 1]! - grid[at + low]!;
  return low + (rise > 0 ? (value - grid[at + low]!) / rise : 0);
}
