import { describe, expect, it } from 'vitest';
import { shareDone, trainingRounds } from '../../../models/forecast/training-rounds.ts';

describe('rounds of training', () => {
  it('begin with the first origin and wherever the model is to learn on', () => {
    expect(trainingRounds({ origins: [7, 8, 9] })).toEqual([[7, 8, 9]]);
    expect(trainingRounds({ origins: [7, 8, 9], learnsOnAt: [9] })).toEqual([[7, 8], [9]]);
    expect(trainingRounds({ origins: [7, 8, 9], learnsOnAt: [7, 8, 9] })).toEqual([[7], [8], [9]]);
    expect(trainingRounds({ origins: [] })).toEqual([]);
  });

  it('tell how much of all origins is done while one of them trains', () => {
    const rounds = { origins: [7, 8, 9, 10] };
    expect(shareDone(rounds, 0, [7], 0)).toBe(0);
    expect(shareDone(rounds, 2, [9], 0)).toBe(0.5);
    expect(shareDone(rounds, 2, [9, 10], 1)).toBeCloseTo(0.9, 12);
  });
});
