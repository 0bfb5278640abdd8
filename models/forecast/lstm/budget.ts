import type { Panel } from '../../panel.ts';
import { hasManySeries } from '../sampling.ts';

/** How much to learn from and how large the network is. */
export interface LstmBudget {
  /** Windows learned from. */
  windows: number;
  epochs: number;
  /**
   * Epochs without a lower loss over the newest weeks before training stops; these weeks are then not learned from. Off where left
   * out. Three M5 origins before d_1745: 0.532 without, 0.545 with a patience of 1, 0.526 with one of 2 and 8 epochs, which
   * takes up to twice as long.
   */
  patience?: number;
  batchSize: number;
  rate: number;
  /** Share of the last state and the learned vectors that is dropped in each step of training. */
  dropout?: number;
  units: number;
  hidden: number;
  /** Networks trained from different first weights, whose forecasts are averaged. */
  members: number;
  lookback: number;
  /**
   * Windows per product, location or category from which its kind has learned vectors; fewer examples teach nothing about each. Six M5
   * origins (every 56 days from d_1437, two members, the same windows) with 700 windows per store and more: 0.4929 without vectors,
   * 0.4909 with them, lower at four; weight decay of 0.02 or 2 made no difference, 30 % of unknown entities instead of 10 % had
   * 0.4913. With 7 windows per store, Rossmann got worse: 1 - WAPE 0.8782 and 0.8778, RMSPE 0.428 and 0.449 (two cutoffs of 2014, one
   * member). Nothing between was measured.
   */
  windowsPerVector: number;
  /** What changes where a network goes on learning from the weights of one that learned from earlier sales. */
  goingOn: { windows: number; epochs: number; rate: number };
}

/**
 * Sizes by frequency and number of series, chosen by backtest on M5 before d_1745, Rossmann before 2015, VN2 and OJ before their last windows,
 * and store_item before its last 90 days.
 *
 * - Steps of 128 windows instead of 256 lowered the error of M5 by 4 % and that of M5 items by 0.3 %, a third member that of Rossmann.
 * - On six M5 origins (every 56 days from d_1437) 7,000 windows had 0.4898 and the hybrid 0.4623, 16,000 had 0.4847 and 0.4595; with 64 instead of
 *   32 hidden units or half the rate as well 0.4840 and 0.4868. Dropout of 0.2 made no difference (0.4901, 0.4611), so there is none. Since
 *   networks read the registry, none of these and no other size tried made a difference there (docs/decisions/0015). How few series go on was chosen on 14 M5
 *   origins (docs/decisions/0018).
 * - With many series more is learned from twice the windows, and from going on at the full rate (docs/decisions/0019).
 */
export function defaultBudget(panel: Panel): LstmBudget {
  const isDaily = panel.frequency === 'daily';
  const hasMany = hasManySeries(panel);
  const mostWindows = (isDaily ? 16384 : 8192) * (hasMany ? 2 : 1);
  const windows = Math.max(2048, Math.min(mostWindows, panel.seriesCount * (isDaily ? 230 : 100)));
  const rate = 3e-3;
  return {
    windows,
    epochs: 4,
    batchSize: 128,
    rate,
    units: 32,
    hidden: 32,
    members: 3,
    lookback: isDaily ? 28 : 26,
    windowsPerVector: 500,
    goingOn: { windows: windows / 2, epochs: 1, rate: hasMany ? rate : 1e-3 },
  };
}
