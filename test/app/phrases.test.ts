import { describe, expect, it } from 'vitest';
import { countName, nameOf } from '../../app/phrases.ts';

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
});
