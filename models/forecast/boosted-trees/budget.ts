import type { Panel } from '../../panel.ts';
import { hasManySeries } from '../sampling.ts';
import type { Anchor } from './anchors.ts';

/** One of the models that are averaged. */
export interface Member {
  /** What sales are divided by. */
  anchor: Anchor;
  /** `poisson` on the ratio; `squared` on its log. */
  loss: 'poisson' | 'squared';
  /** Power of the anchor, in units, that an example weighs. */
  weightPower: number;
}

/** How much to learn from, and how. */
export interface BoostedTreesBudget {
  /** Rows learned from, at most. */
  rows: number;
  /** Rows drawn from one series and origin. */
  targetsPerOrigin: number;
  trees: number;
  leaves: number;
  learningRate: number;
  minLeafRows: number;
  lambda: number;
  columnShare: number;
  rowShare: number;
  bins: number;
}

/**
 * Sizes by number of series, chosen on 14 M5 origins before d_1745 (every 28 days from d_1353; mean WRMSSE of the model with
 * anchor `level` alone, which two seeds tell to about 0.003):
 *
 * - Rows draw on the same days, and days are few: 30,000 rows had 0.471, 60,000 had 0.464, 140,000 had 0.463. With many series rows tell
 *   more: 1,433 items of one store (d_1577, d_1661, d_1717; weighted RMSSE) had 0.824 with 80,000 rows and 0.820 with 140,000, and 0.821 with
 *   140,000 and 100 trees at twice the rate, which were the settings before.
 * - A share of the columns of 0.15 had 0.476, 0.4 had 0.464, 0.8 had 0.460.
 * - 100 trees at a rate of 0.1 had 0.464, 200 at 0.05 had 0.460; with 0.8 of the columns as well 0.459.
 * - Old rows are worth as much as new ones, for there are few Christmases: an example that lost half its weight in 2 years had 0.468,
 *   none 0.463; drawing origins with a half-life of 2 or 5 years made no difference, of 3.5 years with more of the season neither.
 * - At least 60, 400 or 1,500 rows in a leaf: 0.471, 0.468, 0.472. 8 leaves: 0.476.
 */
export function defaultBudget(panel: Panel): BoostedTreesBudget {
  return {
    rows: Math.min(hasManySeries(panel) ? 140_000 : 80_000, panel.seriesCount * 2_000),
    targetsPerOrigin: Math.min(7, panel.horizon),
    trees: 200,
    leaves: 24,
    learningRate: 0.05,
    minLeafRows: 60,
    lambda: 1,
    columnShare: 0.8,
    rowShare: 0.7,
    bins: 63,
  };
}

/** Half the time for an error of 0.465 in place of 0.463 (seven of the M5 origins, all members, three seeds). */
export const QUICK_BUDGET = { trees: 100, learningRate: 0.1 } satisfies Partial<BoostedTreesBudget>;

/** Series that sell nothing on more of their periods than this are counted, not measured. */
const COUNT_SHARE = 0.1;

/**
 * The models to average: logs of ratios suit steady sales, a log link suits counts with zeros. Where there are promotions, shops
 * differ in what these do on which weekday, which a model over all shops can hardly learn: there all but one start from effects.
 *
 * On the 14 M5 origins (no promotions) `level`, `year` and `level_effects` had 0.459, 0.464 and 0.471, their mean 0.455; with
 * `year_effects` (0.470) in place of the last 0.455, eleven models of all kinds 0.453. On eight Rossmann cutoffs of 2014 RMSPE and
 * 1 - WAPE were 0.193 and 0.913 (`level`), 0.193 and 0.913 (`year`), 0.180 and 0.915 (`level_effects`), 0.179 and 0.915 (`year_effects`), of
 * the mean of the last three 0.181 and 0.917, of the first three 0.186 and 0.916; one day of one store is most of each RMSPE.
 */
export function membersFor(zeroShare: number, hasPromotions: boolean): Member[] {
  const counts = zeroShare > COUNT_SHARE;
  const member = (anchor: Anchor): Member =>
    counts ? { anchor, loss: 'poisson', weightPower: 1 } : { anchor, loss: 'squared', weightPower: 0.5 };
  if (counts) return [member('level'), member('level_effects')];
  if (hasPromotions) return [member('year'), member('level_effects'), member('year_effects')];
  return [member('level'), member('year'), member('level_effects')];
}
