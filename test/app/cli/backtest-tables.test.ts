import { describe, expect, it } from 'vitest';
import { backtestText } from '../../../app/cli/backtest-tables.ts';
import type { AccuracyLine } from '../../../pipelines/backtest/findings.ts';
import type { BacktestRecord } from '../../../pipelines/backtest/store.ts';

const line = (level: string, n: number): AccuracyLine => ({
  level,
  segment: 'all',
  model: 'champion',
  cutoff: null,
  horizon: 'all',
  n,
  wape: 0.2,
  rmspe: 0.2,
  rmsse: 0.7,
  mase: 0.7,
  bias: 0,
  pinball: 1,
  coverage_80: 0.8,
  coverage_95: 0.95,
  skill: 0.25,
});
const record = (cells: Record<string, number>): BacktestRecord => ({
  format: 1,
  id: 'abc',
  as_of: '2026-03-02',
  seed: 1,
  version: '1',
  config_sha256: '',
  frequency: 'daily',
  horizon: 30,
  gap: 0,
  refit: 'auto',
  cutoffs: ['2026-01-31'],
  series: 4,
  accuracy: Object.entries(cells).map(([level, n]) => line(level, n)),
  reach: Object.keys(cells).map((level) => ({ level, periods: 7, accuracy: 0.9, n: 4 })),
  models: [],
});
/** Levels that a backtest of so many cells prints, in the table of accuracy and in that of sums. */
const levels = (cells: Record<string, number>): string[] =>
  [...backtestText(record(cells)).matchAll(/^(total|region|category|location|product|series) /gm)].map(
    ([, name]) => name!,
  );

describe('what a person reads of a backtest', () => {
  it('leaves out a level of a single node, which is the total once more', () => {
    const shown = ['total', 'location', 'series'];
    expect(levels({ total: 30, region: 30, category: 30, location: 60, product: 30, series: 60 })).toEqual([
      ...shown,
      ...shown,
    ]);
  });

  it('has the series also of a company with one of them', () => {
    expect(new Set(levels({ total: 30, region: 30, product: 30, series: 30 }))).toEqual(new Set(['total', 'series']));
  });
});
