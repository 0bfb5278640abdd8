import { describe, expect, it } from 'vitest';
import { backtestText, comparisonText } from '../../../app/cli/backtest-tables.ts';
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

  it('says in words where sums reach what is wanted and how it was made', () => {
    const text = backtestText({ ...record({ total: 30, series: 60 }), gap: 1 });
    expect(text).toMatch(/^92% is not reached at any level\.$/m);
    expect(text).toMatch(
      /^Backtest abc, as of 2026-03-02: 30 days from 2026-01-31, the first 1 day not judged; models over all series trained for each cutoff where/m,
    );
  });

  it('says that models are chosen series by series, not by their error over all', () => {
    expect(backtestText(record({ total: 30, series: 60 }))).toContain(
      'unless another model was clearly better in its own',
    );
  });

  it('is in Chinese for a planner who reads Chinese, and lines up', () => {
    const lines = [line('total', 30), { ...line('series', 60), model: 'seasonal_naive' }];
    const segment = { ...line('series', 60), segment: 'B intermittent' };
    const reach = [{ level: 'total', periods: 30, accuracy: 0.95, n: 4 }];
    const given = { ...record({}), gap: 1, accuracy: [...lines, segment], reach };
    expect(backtestText(given, [], 'zh').split('\n')).toEqual([
      '层级         模型        预测期  1 - WAPE  RMSPE  偏差  80% 区间覆盖率  优于基准',
      '总计         入选模型    全部       80.0%  20.0%  0.0%           80.0%     25.0%',
      '产品 × 地点  季节性朴素  全部       80.0%  20.0%  0.0%           80.0%     25.0%',
      '',
      '层级         分组    样本数  1 - WAPE  偏差  80% 区间覆盖率  优于基准',
      '产品 × 地点  B 间歇      60     80.0%  0.0%           80.0%     25.0%',
      '',
      '累计销量的 1 - WAPE  30 天',
      '总计                 95.0%',
      '累计销量的准确率达到 92% 的有：总计 30 天（95.0%）。',
      '',
      '模型  入选序列数  领先次优  1 - WAPE  优于基准  CPU 秒',
      '除非其他模型在某序列自身的回测中明显更好，该序列发布组合预测；此处准确率为全部序列合计。',
      '',
      '回测 abc，决策日 2026年3月2日：从 2026年1月31日 起各预测 30 天，其中前 1 天不计；全局模型在数据量不大时逐截点重新训练，否则只在第一个截点前训练一次。',
    ]);
  });
});

describe('two backtests side by side', () => {
  const slice = { level: 'series', n: 60, wape: 0.2, otherWape: 0.25, p: Number.NaN };
  const compared = [slice, { ...slice, from: 0, to: 7, p: 0.0001 }];
  const other = { ...record({}), id: 'xyz' };

  it('say what they differ in', () => {
    const differIn = (changed: object): string | undefined =>
      comparisonText(record({}), { ...other, ...changed }, compared, 'en').match(/they differ in (.*)\.$/)?.[1];
    expect(differIn({})).toBe('inputs, as-of date, seed or policy');
    expect(differIn({ config_sha256: 'f' })).toBe('config');
    expect(differIn({ version: '2' })).toBe('version (1 and 2)');
  });

  it('are in Chinese for a planner who reads Chinese', () => {
    expect(comparisonText(record({}), { ...other, version: '2' }, compared, 'zh').split('\n')).toEqual([
      '层级         范围  样本数  本次（abc）    xyz  改善（百分点）  无差异的 p 值',
      '产品 × 地点  全部      60        80.0%  75.0%            5.00',
      '产品 × 地点  1-7       60        80.0%  75.0%            5.00        < 0.001',
      '只比较两次回测都评估过的序列、截点和时段，以较新的实际销量为准；两者的区别在于版本（1 与 2）。',
    ]);
  });
});
