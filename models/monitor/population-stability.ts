/** How far the latest window of an input is from the windows before it. */
export interface Drift {
  /** Population stability index of the latest window against all earlier ones. */
  index: number;
  /** The largest index an earlier window had against the others: what this input does anyway. */
  usual: number;
  rows: number;
}

/**
 * Population stability index: sum over bins of (p - q) ln(p / q), each bin with half a row added so that an empty one stays finite.
 *
 * `stabilityIndex([50, 50], [50, 50])` is 0. O(bins).
 * Source: Siddiqi (2006), Credit Risk Scorecards; 0.1 is usual, 0.2 and more is a shift.
 */
export function stabilityIndex(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const bins = actual.length;
  let [actualSum, expectedSum] = [bins / 2, bins / 2];
  for (let b = 0; b < bins; b++) {
    actualSum += actual[b]!;
    expectedSum += expected[b]!;
  }
  let index = 0;
  for (let b = 0; b < bins; b++) {
    const p = (actual[b]! + 0.5) / actualSum;
    const q = (expected[b]! + 0.5) / expectedSum;
    index += (p - q) * Math.log(p / q);
  }
  return index;
}

/**
 * @param windows rows per bin of each window, the latest first
 * @returns undefined with fewer than 3 earlier windows or 100 rows in the latest
 */
export function inputDrift(windows: readonly (readonly number[])[]): Drift | undefined {
  const [latest, ...earlier] = windows;
  const rows = (latest ?? []).reduce((sum, count) => sum + count, 0);
  if (!latest || earlier.length < 3 || rows < 100) return undefined;
  const total = latest.map((_, b) => earlier.reduce((sum, window) => sum + window[b]!, 0));
  const usual = Math.max(
    ...earlier.map((window) =>
      stabilityIndex(
        window,
        total.map((count, b) => count - window[b]!),
      ),
    ),
  );
  return { index: stabilityIndex(latest, total), usual, rows };
}
