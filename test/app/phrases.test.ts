import { describe, expect, it } from 'vitest';
import { countName, listed, modelName, nameOf, told } from '../../app/phrases.ts';
import { REPLAY_MODELS } from '../../models/replay/forecast-origin.ts';

describe('the name of a category, region or owner', () => {
  it('is kept where there is one', () => {
    expect(nameOf('category', 'Hot drinks', 'en')).toBe('Hot drinks');
    expect(nameOf('region', 'none', 'zh')).toBe('none');
  });

  it('is said in words where none is given', () => {
    expect(nameOf('category', '(none)', 'en')).toBe('no category');
    expect(nameOf('region', '(none)', 'zh')).toBe('未分区域');
    expect(nameOf('owner', '(none)', 'en')).toBe('no owner');
  });
});

describe('the count of a step', () => {
  it('is in words, however its name is written', () => {
    expect(countName('judgedOnHeldOutWeeks')).toBe('judged on held out weeks');
    expect(countName('rows_quarantined')).toBe('rows quarantined');
    expect(countName('series')).toBe('series');
  });

  it('is in Chinese for a planner who reads Chinese, those of models and reasons among them', () => {
    expect(countName('judgedOnHeldOutWeeks', 'zh')).toBe('用留出周检验');
    expect(countName('rows_quarantined', 'zh')).toBe('已隔离行');
    expect(countName('champion_calendar_regression', 'zh')).toBe('入选 日历回归');
    expect(countName('fallback_no_history', 'zh')).toBe('备用预测 从无销售');
    expect(countName('somethingNew', 'zh')).toBe('something new');
  });
});

it('a model is called by its name in words', () => {
  expect(modelName('seasonal_naive', 'en')).toBe('seasonal naive');
  expect(modelName('seasonal_naive', 'zh')).toBe('季节性朴素');
  expect(modelName('my_own', 'zh')).toBe('my own');
  for (const name of REPLAY_MODELS) expect(modelName(name, 'zh')).not.toBe(modelName(name, 'en'));
});

it('parts and sentences are put together as each language does', () => {
  expect(listed(['series 2', 'horizon 30'], 'en')).toBe('series 2, horizon 30');
  expect(listed(['序列 2', '预测期 30'], 'zh')).toBe('序列 2，预测期 30');
  expect(told(['Done.', '', 'Next: run'], 'en')).toBe('Done. Next: run');
  expect(told(['完成。', '', '下一步：run'], 'zh')).toBe('完成。下一步：run');
});
