import { describe, expect, it } from 'vitest';
import { padded, textTable, width } from '../../../app/cli/output.ts';

describe('the columns that a text fills', () => {
  it('are two for Chinese characters, full-width signs and emoji, one for all others', () => {
    expect(width('Tee ¥5–7 ×')).toBe(10);
    expect(width('绿茶，（大）')).toBe(12);
    expect(width('￥5')).toBe(3);
    expect(width('𠮷野家')).toBe(6);
    expect(width('🍵 tea')).toBe(6);
  });

  it('are what a text is filled up to with spaces', () => {
    expect(padded('绿茶', 6)).toBe('绿茶  ');
    expect(padded('绿茶', 2)).toBe('绿茶');
  });
});

it('a table lines up where Chinese stands beside other text', () => {
  expect(
    textTable(
      ['产品', '件数'],
      [
        ['乌龙茶', '5'],
        ['Tea', '1,200'],
      ],
      [1],
    ),
  ).toBe(['产品     件数', '乌龙茶      5', 'Tea     1,200'].join('\n'));
});
