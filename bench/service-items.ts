/** Kinds of demand that the service bench plays. */
export const ITEM_KINDS = ['smooth', 'intermittent'] as const;
export type DemandKind = (typeof ITEM_KINDS)[number];

/** Weeks before the first that is played: what the policy learns from. */
export const LEARNING_WEEKS = 52;

/** An item: its demand day by day, learning weeks first, and its lead time. */
export interface Item {
  demand: Float64Array;
  leadDays: number;
}

/** A reproducible stream of numbers in (0, 1) (mulberry32). */
export function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32 || 1e-9;
  };
}

const normal = (next: () => number): number => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());

/** Poisson with mean `mean`, by counting exponential gaps. */
function poisson(next: () => number, mean: number): number {
  let count = 0;
  let left = mean + Math.log(next());
  while (left >= 0) {
    count++;
    left += Math.log(next());
  }
  return count;
}

/**
 * Demand of one item. The level walks by 4 % a week about where it began, so that nobody knows it for sure. Smooth: 3 to 30
 * a day, Poisson. Intermittent: on 5 to 30 % of days somebody comes, and takes 1 + a geometric number with mean 0 to 3.
 */
export function demandOfItem(kind: DemandKind, item: number, weeks: number): Item {
  const next = stream(item * 7919 + (kind === 'smooth' ? 1 : 2));
  const leadDays = 3 + Math.floor(12 * next());
  const days = 7 * (LEARNING_WEEKS + weeks) + 28;
  const demand = new Float64Array(days);
  const base = kind === 'smooth' ? 3 * 10 ** next() : 0.05 * 6 ** next();
  const more = 3 * next();
  // as if the walk had gone on forever
  let drift = (0.04 / Math.sqrt(1 - 0.97 ** 2)) * normal(next);
  for (let day = 0; day < days; day++) {
    if (day % 7 === 0) drift = 0.97 * drift + 0.04 * normal(next);
    const level = base * Math.exp(drift);
    if (kind === 'smooth') demand[day] = poisson(next, level);
    else if (next() < level) demand[day] = 1 + Math.floor(Math.log(next()) / Math.log(more / (1 + more)));
  }
  return { demand, leadDays };
}
