import { median, robustSpread } from './robust-regression.ts';

/** Widths of the band: robust standard deviations, and at least this share of demand. */
const SPREADS = 3;
const MIN_RISE = 0.02;
/** Stretches that must lie before the newest. */
const MIN_BEFORE = 4;

export interface LostShare {
  value: number;
  expected: number;
  /** The share beyond which it is out of its band. */
  limit: number;
}

/**
 * Whether the share of demand that empty shelves cost left the band of the stretches before.
 *
 * @param lost units per stretch, newest first; stretches are of equal length
 * @param sold units sold in them
 * @returns nothing where it is inside, with fewer than 4 stretches before, or without demand
 */
export function lostShareOutOfBand(lost: readonly number[], sold: readonly number[]): LostShare | undefined {
  const shares = lost.map((units, i) => units / (units + sold[i]!)).filter(Number.isFinite);
  if (shares.length < lost.length || shares.length <= MIN_BEFORE) return undefined;
  const [value, ...before] = shares;
  const expected = median(before);
  const limit = expected + Math.max(SPREADS * robustSpread(before.map((share) => share - expected)), MIN_RISE);
  return value! > limit ? { value: value!, expected, limit } : undefined;
}
