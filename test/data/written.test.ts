import { describe, expect, it } from 'vitest';
import { dayOf } from '../../data/day.ts';
import { writtenDate, writtenNumber } from '../../data/written.ts';

describe('what people read', () => {
  it('has dates as they are written in each language', () => {
    expect(writtenDate(dayOf('2025-09-05'), 'en')).toBe('5 Sep 2025');
    expect(writtenDate(dayOf('2024-02-29'), 'zh')).toBe('2024年2月29日');
  });

  it.each([
    [4315.2, 0, '4,315'],
    [-1_234_567.891, 2, '-1,234,567.89'],
    [999, 0, '999'],
    [3.25, 1, '3.3'],
    [-0.2, 0, '0'],
    [0, 1, '0.0'],
  ])('%d with %d decimals is %s', (value, decimals, text) => {
    expect(writtenNumber(value, decimals)).toBe(text);
  });
});
