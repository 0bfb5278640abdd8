import { createRandom } from '../../data/random.ts';
import { normalQuantile } from '../numerics/distributions.ts';

/**
 * Days that an order takes, at least 1 where the terms say so: gamma with the mean and standard deviation of the terms, by the
 * cube root of Wilson and Hilferty (1931). The same seed, pair and day give the same days, so that all policies meet the same
 * luck and a replay that goes on from a checkpoint meets it again.
 */
export function drawLeadTime(
  { leadDays, leadSdDays }: { leadDays: number; leadSdDays: number },
  seed: number,
  pair: number,
  day: number,
): number {
  const least = Math.min(1, leadDays);
  if (!(leadSdDays > 0) || leadDays === 0) return Math.max(least, Math.round(leadDays));
  const ninth = (leadSdDays / leadDays) ** 2 / 9;
  const uniform = createRandom(`${seed}/lead time/${pair}/${day}`).uniform();
  const root = 1 - ninth + normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, uniform))) * Math.sqrt(ninth);
  return Math.max(least, Math.round(leadDays * Math.max(0, root) ** 3));
}
