import { dayOf } from '../data/day.ts';
import { writtenDate } from '../data/written.ts';

/** Languages that people read. */
export type Language = 'en' | 'zh';

/** What rounds to nothing has no sign. */
const signDisplay = 'negative';

const locales: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };

/** `formatMoney(1234.5, 'EUR', 'en')` is '€1,235'; small amounts keep their cents. */
export function formatMoney(amount: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(locales[language], {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: Math.abs(amount) < 100 ? 2 : 0,
    trailingZeroDisplay: 'stripIfInteger',
    signDisplay,
  }).format(amount);
}

/** `formatNumber(12345.678, 'en')` is '12,346'; numbers below 10 keep one decimal. */
export function formatNumber(value: number, language: Language, decimals = Math.abs(value) < 10 ? 1 : 0): string {
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: decimals, signDisplay }).format(value);
}

/** `formatPercent(0.1234, 'en')` is '12.3%'; all keep as many decimals, so that those of a column line up. */
export function formatPercent(fraction: number, language: Language, decimals = 1): string {
  return new Intl.NumberFormat(locales[language], {
    style: 'percent',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay,
  }).format(fraction);
}

/** What is given in per cent: `formatPct(12, 'en')` is '12 %', in Chinese '12%'. */
export function formatPct(pct: number, language: Language, decimals?: number): string {
  return `${formatNumber(pct, language, decimals)}${language === 'zh' ? '' : ' '}%`;
}

/** `formatDate('2026-03-01', 'en')` is '1 Mar 2026'. */
export function formatDate(isoDate: string, language: Language): string {
  return writtenDate(dayOf(isoDate.slice(0, 10)), language);
}
