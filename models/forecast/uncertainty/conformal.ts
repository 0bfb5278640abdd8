/** Probabilities that are computed; the outermost pair serves the 95 % interval of the accuracy report. */
export const QUANTILE_LEVELS = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975] as const;

/** Quantile `p` of sorted values at position (n + 1) p, the finite-sample rank of conformal prediction. */
export function rankQuantile(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length;
  if (n === 0) return 0;
  const position = Math.min(n - 1, Math.max(0, (n + 1) * p - 1));
  const low = Math.floor(position);
  const high = Math.min(n - 1, low + 1);
  return sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
}
