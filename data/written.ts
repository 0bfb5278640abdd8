import { type EpochDay, partsOf } from './day.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A date as people write it: `writtenDate(16916, 'en')` is '25 Apr 2016', in Chinese '2016年4月25日'. The same on every machine,
 * which `Intl` is not, so that it may stand in published tables.
 */
export function writtenDate(day: EpochDay, language: 'en' | 'zh'): string {
  const { year, month, dayOfMonth } = partsOf(day);
  return language === 'zh' ? `${year}年${month}月${dayOfMonth}日` : `${dayOfMonth} ${MONTHS[month - 1]} ${year}`;
}

/** A number with its thousands apart: `writtenNumber(4315.2)` is '4,315', and `writtenNumber(3.25, 1)` '3.3'. */
export function writtenNumber(value: number, decimals = 0): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.');
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? '-' : '';
  return `${sign}${whole!.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction ? `.${fraction}` : ''}`;
}
