/** Ranks, spread evenly, that are mixed in, so that a few windows change little: what counts are the paths themselves. */
const PRIOR_RANKS = 40;

/**
 * Adds the rank of a value among draws: how many lie below it, from 0 to the number of draws. A tie is spread evenly over its
 * ranks (Hamill 2001, Monthly Weather Review 129).
 *
 * @param draws in any order
 * @param counts [draws + 1]
 * O(draws).
 */
export function addRank(draws: Float64Array, value: number, counts: Float64Array): void {
  let below = 0;
  let equal = 0;
  for (const draw of draws) {
    if (draw < value) below++;
    else if (draw === value) equal++;
  }
  for (let rank = below; rank <= below + equal; rank++) counts[rank]! += 1 / (equal + 1);
}

/**
 * The probabilities to read off the draws so that their quantiles hold as often as `levels` say: conformal prediction with
 * the rank as score (Chernozhukov, Wuthrich and Zhu 2021, PNAS 118). The histogram is taken with its mirror image, so that
 * intervals become wider or narrower but do not move off the forecast.
 *
 * @param counts from `addRank`; empty ones leave the levels as they are
 * @param levels ascending, in (0, 1)
 * @returns ascending, in (0, 1). O(draws + levels)
 */
export function adjustedLevels(counts: Float64Array, levels: readonly number[]): Float64Array {
  const bins = counts.length;
  const weight = counts.map((count, i) => count + counts[bins - 1 - i]! + PRIOR_RANKS / bins);
  const total = weight.reduce((sum, count) => sum + count, 0);
  let bin = 0;
  let before = 0;
  return Float64Array.from(levels, (p) => {
    while (bin < bins - 1 && before + weight[bin]! < p * total) before += weight[bin++]!;
    return Math.min(1, (bin + (p * total - before) / weight[bin]!) / bins);
  });
}

/**
 * The order statistic at rank `(n + 1) p`, rounded away from the median so that intervals are not too narrow for the number
 * of draws, and so that whole numbers stay whole.
 */
export function drawQuantile(sorted: Float64Array, p: number): number {
  const n = sorted.length;
  const rank = p < 0.5 ? Math.floor((n + 1) * p + 1e-9) : Math.ceil((n + 1) * p - 1e-9);
  return sorted[Math.min(n, Math.max(1, rank)) - 1]!;
}
