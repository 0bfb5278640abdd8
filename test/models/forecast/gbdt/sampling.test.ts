import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { complement, sampleInOrder, shareOf } from '../../../../models/forecast/gbdt/sampling.ts';

const numbers = Uint32Array.from({ length: 1000 }, (_, i) => 3 * i);

describe('samples of numbers', () => {
  it.each([0, 0.001, 0.3, 0.7, 1])('of a share of %d are as many, in order', (share) => {
    const chosen = sampleInOrder(numbers, share, createRandom(5));
    expect(chosen.length).toBe(Math.max(1, Math.round(share * 1000)));
    expect(chosen.length).toBe(shareOf(1000, share));
    expect([...chosen]).toEqual([...chosen].sort((a, b) => a - b));
    expect(new Set(chosen).size).toBe(chosen.length);
    expect(chosen.every((value) => value % 3 === 0 && value < 3000)).toBe(true);
  });

  it('take every number about equally often', () => {
    const times = new Uint32Array(3000);
    for (let draw = 0; draw < 400; draw++) {
      for (const value of sampleInOrder(numbers, 0.5, createRandom(draw))) times[value]!++;
    }
    const taken = [...numbers].map((value) => times[value]! / 400);
    expect(Math.min(...taken)).toBeGreaterThan(0.38);
    expect(Math.max(...taken)).toBeLessThan(0.62);
  });

  it('have all other numbers as their complement', () => {
    expect([...complement(6, Uint32Array.of(1, 4))]).toEqual([0, 2, 3, 5]);
    expect([...complement(3, new Uint32Array(0))]).toEqual([0, 1, 2]);
  });
});
