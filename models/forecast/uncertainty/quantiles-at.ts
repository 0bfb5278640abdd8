import { normalQuantile } from '../../numerics/distributions.ts';
import { QUANTILE_LEVELS } from './conformal.ts';
import { type Marginals, valuesAt } from './marginals.ts';

const SCORES = QUANTILE_LEVELS.map((p) => normalQuantile(p));
const HIGHEST = SCORES.at(-1)!;

/**
 * Quantiles around one mean: ascending, never negative, whole where the node sells whole units, all zero where the mean is
 * zero because of a closed period.
 *
 * @param h periods after the origin
 * @param without cutoff whose errors must not be used, or the number of cutoffs for none
 * @param out receives a value per level of `QUANTILE_LEVELS`, starting at `at`
 */
export function quantilesAt(
  marginals: Marginals,
  node: number,
  h: number,
  mean: number,
  without: number,
  out: Float32Array,
  at: number,
): void {
  const value = valuesAt(marginals, node, h, mean, without, HIGHEST);
  for (let i = 0; i < SCORES.length; i++) out[at + i] = value(SCORES[i]!);
}
