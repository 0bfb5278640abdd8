import type { Windows } from '../lstm/window-shape.ts';

/** Periods on each side whose errors are pooled with those of a period ahead. */
const HALF_WIDTH = 3;

/**
 * Weights of a correction by period ahead: with those, `linear + weight x (corrected - linear)` has the least squared error over
 * the windows. Windows the correction was not learned from make the weights honest. O(windows x horizon).
 *
 * @param linear and `corrected` over the scale, [window][horizon]
 * @returns 0 to 1 for each period ahead; 1 where no window says anything
 */
export function horizonWeights(
  { count, target, weight }: Pick<Windows, 'count' | 'target' | 'weight'>,
  linear: Float32Array,
  corrected: Float32Array,
  horizon: number,
): Float64Array {
  const explained = new Float64Array(horizon);
  const moved = new Float64Array(horizon);
  for (let i = 0; i < count * horizon; i++) {
    const move = corrected[i]! - linear[i]!;
    explained[i % horizon]! += weight[i]! * move * (target[i]! - linear[i]!);
    moved[i % horizon]! += weight[i]! * move * move;
  }
  return Float64Array.from({ length: horizon }, (_, h) => {
    const near = (values: Float64Array): number =>
      values.subarray(Math.max(0, h - HALF_WIDTH), h + HALF_WIDTH + 1).reduce((sum, value) => sum + value, 0);
    const all = near(moved);
    return all > 0 ? Math.min(1, Math.max(0, near(explained) / all)) : 1;
  });
}
