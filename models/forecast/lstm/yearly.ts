import type { Panel } from '../../panel.ts';

/** Same weekday one year back, in periods. */
const YEAR = { daily: 364, weekly: 52 } as const;
/** Periods on each side of a day that are averaged. */
const HALF_WIDTH = { daily: 3, weekly: 1 } as const;
/** Memory of the level a move starts from, in periods; the same as that of the decomposition's middle level. */
export const MEMORY = { daily: 28, weekly: 5 } as const;
const BOUND = 1.5;

/** How one series, or a sum of series, moved in earlier years from the level at the same origin. */
export interface YearlyMoves {
  /** Log of sales near the same period `years` ago over the level at the same origin then; 0 where not known. */
  move(target: number, years: number, halfWidth?: number): number;
  /** Mean of `move` over all years known, drawn towards 0 by half a year. */
  average(target: number): number;
}

/**
 * @param values sales without weekday and effects, [row][periods]; NaN where not known
 * @param row which of the rows
 * @param origin only values before this period are read
 */
export function yearlyMoves(
  panel: Panel,
  values: Float32Array | Float64Array,
  row: number,
  origin: number,
): YearlyMoves {
  const { frequency, periods } = panel;
  const offset = row * periods;
  const memory = MEMORY[frequency];
  const years = Math.max(0, Math.floor((origin - memory) / YEAR[frequency]));
  const levels = Array.from({ length: years + 1 }, (_, k) =>
    levelAt(values, offset, origin - k * YEAR[frequency], memory),
  );

  const move = (target: number, back: number, halfWidth: number = HALF_WIDTH[frequency]): number => {
    const level = levels[back] ?? Number.NaN;
    const middle = target - back * YEAR[frequency];
    // The target's neighbours may reach past the origin when the horizon is close to a year.
    const then = meanOf(values, offset, middle - halfWidth, Math.min(middle + halfWidth, origin - 1));
    return level > 0 && then >= 0 ? bound(Math.log((then + 0.1 * level) / (1.1 * level))) : 0;
  };
  const average = (target: number): number => {
    let sum = 0;
    for (let k = 1; k <= years; k++) sum += move(target, k);
    return sum / (years + 0.5);
  };
  return { move, average };
}

const bound = (x: number): number => Math.min(BOUND, Math.max(-BOUND, x));

/** Exponentially weighted mean of the values of a row, which starts at `offset`, before period `end`; NaN where there are none. */
export function levelAt(values: Float32Array | Float64Array, offset: number, end: number, memory: number): number {
  let sum = 0;
  let weights = 0;
  let weight = 1;
  for (let t = end - 1; t >= Math.max(0, end - 4 * memory); t--, weight *= 1 - 1 / memory) {
    const value = values[offset + t]!;
    if (Number.isNaN(value)) continue;
    sum += weight * value;
    weights += weight;
  }
  return sum / weights;
}

function meanOf(values: Float32Array | Float64Array, offset: number, first: number, last: number): number {
  let sum = 0;
  let count = 0;
  for (let t = Math.max(0, first); t <= last; t++) {
    const value = values[offset + t]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
