import { describe, expect, it } from 'vitest';
import { bucketAt, bucketCount } from '../../../../models/forecast/uncertainty/horizon-buckets.ts';

const bucketsOf = (horizon: number, size: number): number[] =>
  Array.from({ length: horizon }, (_, h) => bucketAt(h, size, bucketCount(horizon, size)));

describe('buckets of the horizon', () => {
  it('are of whole weeks, the two days after four of them in the last', () => {
    expect(bucketsOf(30, 7)).toEqual([0, 1, 2, 3].flatMap((week) => new Array(week === 3 ? 9 : 7).fill(week)));
    expect(bucketCount(42, 7)).toBe(6);
  });

  it('take half a bucket and more as one of its own', () => {
    expect(bucketsOf(5, 2)).toEqual([0, 0, 1, 1, 2]);
    expect(bucketsOf(11, 7)).toEqual([...new Array(7).fill(0), ...new Array(4).fill(1)]);
  });

  it('are one where the horizon is short', () => {
    expect(bucketsOf(3, 7)).toEqual([0, 0, 0]);
  });
});
