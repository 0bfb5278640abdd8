import type { Panel } from '../../panel.ts';
import { isClosed } from '../demand.ts';

/**
 * What the mean is learned by. `quasi_poisson`: variance in proportion to the mean, whatever its size; its optimum is the mean.
 * `negative_binomial`: a likelihood of counts, variance mean + dispersion x mean^2, with the dispersion learned beside the mean
 * (as DeepAR does for counts; Salinas et al. 2020).
 */
export type Likelihood = 'quasi_poisson' | 'negative_binomial';

/** Panels that sell nothing on more of their known periods than this are counted, as for the boosted trees. */
const COUNT_SHARE = 0.1;
/** Days of history whose zeros are counted. */
const RECENT_DAYS = 364;

/** The likelihood that suits a panel, by its sales in the year before a period. O(series x days). */
export function likelihoodFor(panel: Panel, before: number): Likelihood {
  const { quantity, periods, firstPeriod, inStock, periodDays } = panel;
  let [known, zeros] = [0, 0];
  for (let s = 0; s < panel.seriesCount; s++) {
    for (let t = Math.max(firstPeriod[s]!, before - RECENT_DAYS / periodDays); t < before; t++) {
      const sold = quantity[s * periods + t]!;
      if (Number.isNaN(sold) || inStock[s * periods + t] !== 1 || isClosed(panel, s, t)) continue;
      known++;
      if (sold === 0) zeros++;
    }
  }
  return zeros > COUNT_SHARE * known ? 'negative_binomial' : 'quasi_poisson';
}
