import type { Reach } from '../../models/forecast/backtest/reach.ts';
import type { BacktestCells } from '../../models/forecast/compare/compare-backtests.ts';
import type { Refit } from '../../models/forecast/plan.ts';
import type { ModelPrice } from '../forecast/model-prices.ts';

/** Measures of one slice, as `mart_forecast_accuracy` has them. `all` or null means not narrowed down. */
export interface AccuracyLine {
  level: string;
  segment: string;
  model: string;
  /** First day forecast. */
  cutoff: string | null;
  /** Periods ahead, counted from 1. */
  horizon: string;
  n: number;
  wape: number | null;
  rmspe: number | null;
  rmsse: number | null;
  mase: number | null;
  bias: number | null;
  pinball: number | null;
  coverage_80: number | null;
  coverage_95: number | null;
  skill: number | null;
}

/** What a backtest found. */
export interface BacktestFindings {
  frequency: 'daily' | 'weekly';
  horizon: number;
  gap: number;
  refit: Refit;
  /** First days forecast. */
  cutoffs: string[];
  series: number;
  accuracy: AccuracyLine[];
  reach: Reach[];
  models: ModelPrice[];
}

/** All that is kept of a backtest: its findings, and the cells that another one can be compared by. */
export interface BacktestDescription {
  findings: BacktestFindings;
  cells: BacktestCells;
}
