import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../data/random.ts';
import { addRank, adjustedLevels, drawQuantile } from '../../../../models/forecast/paths/rank-histogram.ts';

describe('ranks among draws', () => {
  const draws = Float64Array.from({ length: 200 }, (_, i) => Math.floor(i / 2));

  it('count the draws below, and share ties out', () => {
    const counts = new Float64Array(201);
    addRank(draws, 10.5, counts);
    expect(counts[22]).toBe(1);
    addRank(draws, 50, counts);
    expect([99, 100, 101, 102, 103].map((i) => counts[i])).toEqual([0, 1 / 3, 1 / 3, 1 / 3, 0]);
    addRank(draws, -1, counts);
    addRank(draws, 1000, counts);
    expect([counts[0], counts[200]]).toEqual([1, 1]);
  });

  it('leave levels alone where they are even or missing, and move them outwards where draws are too narrow', () => {
    const levels = [0.05, 0.1, 0.5, 0.9, 0.95];
    for (const counts of [new Float64Array(201), new Float64Array(201).fill(30)]) {
      adjustedLevels(counts, levels).forEach((p, i) => {
        expect(p).toBeCloseTo(levels[i]!, 6);
      });
    }
    const random = createRandom(4);
    const counts = new Float64Array(201);
    const narrow = Float64Array.from({ length: 200 }, () => 10 + 0.5 * random.normal()).sort();
    for (let i = 0; i < 2000; i++) addRank(narrow, 10.3 + random.normal(), counts);
    const [low, , middle, high] = adjustedLevels(counts, levels);
    expect(high!).toBeGreaterThan(0.97);
    expect(low! + adjustedLevels(counts, levels)[4]!).toBeCloseTo(1, 9);
    expect(middle!).toBeCloseTo(0.5, 9);
  });

  it('give order statistics, rounded outwards', () => {
    expect([0.025, 0.5, 0.975].map((p) => drawQuantile(draws, p))).toEqual([2, 50, 97]);
  });
});
