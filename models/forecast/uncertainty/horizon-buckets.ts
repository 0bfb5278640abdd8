/** Buckets of about `size` periods that a horizon has, at least one; a rest of less than half of one is part of the last. */
export const bucketCount = (horizon: number, size: number): number => Math.max(1, Math.round(horizon / size));

/**
 * The bucket of period `h` ahead, from 0.
 *
 * @example bucketAt(29, 7, bucketCount(30, 7)) // 3: days 22 to 30
 */
export const bucketAt = (h: number, size: number, buckets: number): number =>
  Math.min(buckets - 1, Math.floor(h / size));
