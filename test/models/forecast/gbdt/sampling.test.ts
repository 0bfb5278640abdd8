import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { complement, sampleInOrder, splitInOrder } from '../../../../models/forecast/gbdt/sampling.ts';

const rows = Uint32Array.from({ length: 1000 }, (_, i) => 3 * i);

describe('samples of rows', () => {
  it.each([0, 0.001, 0.3, 0.7, 1])('of a share of %d are split into chosen and rest, each in order', (share) => {
    const { chosen, rest } = splitInOrder(rows, share, createRandom(5));
    expect(chosen.length).toBe(Math.max(1, Math.round(share * 1000)));
    expect([...chosen]).toEqual([...chosen].sort((a, b) => a - b));
    expect([...rest]).toEqual([...rest].sort((a, b) => a - b));
    expect(Uint32Array.from([...chosen, ...rest]).sort()).toEqual(rows);
    expect(sampleInOrder(rows, share, createRandom(5))).toEqual(chosen);
  });

  it('take every row about equally often', () => {
    const times = new Uint32Array(3000);
    for (let draw = 0; draw < 400; draw++) {
      for (const row of splitInOrder(rows, 0.5, createRandom(draw)).chosen) times[row]!++;
    }
    const taken = [...rows].map((row) => times[row]! / 400);
    expect(Math.min(...taken)).toBeGreaterThan(0.38);
    expect(Math.max(...taken)).toBeLessThan(0.62);
  });

  it('have all other numbers as their complement', () => {
    expect([...complement(6, Uint32Array.of(1, 4))]).toEqual([0, 2, 3, 5]);
    expect([...complement(3, new Uint32Array(0))]).toEqual([0, 1, 2]);
  });
});
