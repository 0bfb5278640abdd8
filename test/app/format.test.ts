import { describe, expect, it } from 'vitest';
import { formatDate, formatMoney, formatNumber, formatPct, formatPercent } from '../../app/format.ts';

describe('figures as people write them', () => {
  it('group thousands and keep no more decimals than tell something', () => {
    expect(formatNumber(12345.678, 'en')).toBe('12,346');
    expect(formatNumber(3.25, 'en')).toBe('3.3');
    expect(formatPercent(0.1234, 'zh')).toBe('12.3%');
    expect(formatMoney(1234.5, 'EUR', 'en')).toBe('€1,235');
    expect(formatMoney(12.5, 'EUR', 'en')).toBe('€12.50');
    expect(formatMoney(12, 'CNY', 'zh')).toBe('¥12');
    expect(formatDate('2026-03-01', 'en')).toBe('1 Mar 2026');
    expect(formatDate('2026-03-01', 'zh')).toBe('2026年3月1日');
  });

  it('keep the decimals of a per cent that are zero, so that a column lines up', () => {
    expect([0.825, 0.67].map((share) => formatPercent(share, 'en'))).toEqual(['82.5%', '67.0%']);
    expect(formatPercent(0.67, 'en', 0)).toBe('67%');
  });

  it('have a space before the per cent sign where English is written, none in Chinese', () => {
    expect(formatPct(12.4, 'en', 0)).toBe('12 %');
    expect(formatPct(12.4, 'zh', 0)).toBe('12%');
    expect(formatPct(-2.5, 'zh')).toBe('-2.5%');
  });

  it('have a sign where they are below nothing, and none where they round to it', () => {
    expect(formatPercent(-0.021, 'en')).toBe('-2.1%');
    expect(formatPercent(-0.0002, 'en')).toBe('0.0%');
    expect(formatPercent(-0.0002, 'en', 0)).toBe('0%');
    expect(formatNumber(-0.04, 'en')).toBe('0');
    expect(formatMoney(-0.001, 'EUR', 'en')).toBe('€0');
    expect(formatMoney(-5, 'EUR', 'en')).toBe('-€5');
  });
});
