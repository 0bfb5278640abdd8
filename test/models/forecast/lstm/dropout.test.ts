import { describe, expect, it } from 'vitest';
import { keepFactor } from '../../../../models/forecast/lstm/dropout.ts';

const PLACES = 200;
const ROWS = 100;

function factors(rate: number, seed: number): number[] {
  return Array.from({ length: PLACES * ROWS }, (_, i) =>
    keepFactor({ rate, seed }, i % PLACES, Math.floor(i / PLACES)),
  );
}

describe('dropout', () => {
  it.each([0.1, 0.5])('drops a share of %s and keeps the mean', (rate) => {
    const all = factors(rate, 7);
    const dropped = all.filter((factor) => factor === 0).length / all.length;
    expect(Math.abs(dropped - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / all.length));
    expect(all.reduce((sum, factor) => sum + factor, 0) / all.length).toBeCloseTo(1, 1);
  });

  it('drops other numbers in other steps, examples and rows', () => {
    const [one, other] = [factors(0.5, 7), factors(0.5, 8)];
    const share = (of: (i: number) => boolean): number => one.filter((_, i) => of(i)).length / one.length;
    expect(share((i) => one[i] === other[i])).toBeCloseTo(0.5, 1);
    expect(share((i) => one[i] === one[(i + 1) % one.length])).toBeCloseTo(0.5, 1);
    expect(share((i) => one[i] === one[(i + PLACES) % one.length])).toBeCloseTo(0.5, 1);
  });

  it('drops nothing at a rate of 0', () => {
    expect(new Set(factors(0, 7))).toEqual(new Set([1]));
  });
});
