import type { Panel } from '../../panel.ts';

/** How much to learn from and how large the network is. */
export interface LstmBudget {
  /** Windows learned from. */
  windows: number;
  epochs: number;
  /**
   * Epochs without a lower loss over the newest weeks before training stops; these weeks are then not learned from. Left out, all
   * epochs are trained on all windows, which forecasts better (see bench).
   */
  patience?: number;
  batchSize: number;
  rate: number;
  units: number;
  hidden: number;
  /** Networks trained from different first weights, whose forecasts are averaged. */
  members: number;
  lookback: number;
}

/** Sizes by frequency and number of series, chosen by backtest on M5 and Rossmann (see bench). */
export function defaultBudget(panel: Panel): LstmBudget {
  const isDaily = panel.frequency === 'daily';
  const windows = Math.max(2048, Math.min(isDaily ? 16384 : 8192, panel.seriesCount * 100));
  return {
    windows,
    epochs: 4,
    batchSize: 128,
    rate: 3e-3,
    units: 32,
    hidden: 32,
    members: 3,
    lookback: isDaily ? 28 : 26,
  };
}
