import { describe, expect, it } from 'vitest';
import { trainingRounds } from '../../../models/forecast/training-rounds.ts';

describe('rounds of training', () => {
  it('begin with the first origin and wherever the model is to learn on', () => {
    expect(trainingRounds({ origins: [7, 8, 9] })).toEqual([[7, 8, 9]]);
    expect(trainingRounds({ origins: [7, 8, 9], learnsOnAt: [9] })).toEqual([[7, 8], [9]]);
    expect(trainingRounds({ origins: [7, 8, 9], learnsOnAt: [7, 8, 9] })).toEqual([[7], [8], [9]]);
    expect(trainingRounds({ origins: [] })).toEqual([]);
  });
});
