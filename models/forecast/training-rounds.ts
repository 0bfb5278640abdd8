/** When a model over all series learns from what has come since. */
export interface Rounds {
  /** First periods to forecast, ascending. */
  origins: readonly number[];
  /** Those of them before which it learns on; only before the first where left out. */
  learnsOnAt?: readonly number[];
}

/** Share of a round's work that training is. */
const TRAINING_SHARE = 0.8;

/**
 * The origins that each training is for; every training reads only what lies before the first of them.
 *
 * @example trainingRounds({ origins: [7, 8, 9], learnsOnAt: [9] }) // [[7, 8], [9]]
 */
export function trainingRounds({ origins, learnsOnAt = [] }: Rounds): number[][] {
  const rounds: number[][] = [];
  for (const origin of origins) {
    if (rounds.length === 0 || learnsOnAt.includes(origin)) rounds.push([]);
    rounds.at(-1)!.push(origin);
  }
  return rounds;
}

/**
 * The share of all origins that is done while a round trains.
 *
 * @param ready origins forecast before the round
 * @param round origins of the round
 * @param trained share of its training that is done
 */
export const shareDone = ({ origins }: Rounds, ready: number, round: readonly number[], trained: number): number =>
  (ready + TRAINING_SHARE * round.length * trained) / origins.length;
