import { expect, it } from 'vitest';
import { driverChart } from '../../../app/cli/driver-chart.ts';

const zero = { trend: 0, week: 0, year: 0, holiday: 0, promotion: 0, price: 0, macro: 0, rest: 0, override: 0 };
const rows = [
  { ...zero, ds: '2025-11-03', level: 10, trend: -2.5, promotion: 0, mean: 7.5 },
  { ...zero, ds: '2025-11-04', level: 10, trend: -2.5, promotion: 5, mean: 12.5 },
];

it('shows what adds to the right, what takes away to the left, on one scale, and what they add up to', () => {
  expect(driverChart(rows, 'en')).toEqual([
    '    level             +20        ████████████████████████',
    '    trend              -5  ░░░░░░',
    '    promotions         +5        ██████                    most on 4 Nov 2025: +5',
    '    forecast           20  ▅█',
  ]);
});

it('does so in Chinese, whose characters fill two columns', () => {
  const [level, , promotion] = driverChart(rows, 'zh');
  expect(level!.startsWith('    水平')).toBe(true);
  expect(promotion).toContain('促销');
  expect(promotion).toContain('最大：2025年11月4日 +5');
});
