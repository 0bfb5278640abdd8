import { writtenNumber } from '../../../data/written.ts';
import type { Note } from '../limits/limit-note.ts';
import { units } from '../reason.ts';

/** Money as sentences have it; small amounts keep their cents. */
export function written(amount: number, currency: string): string {
  return `${currency} ${writtenNumber(amount, Math.abs(amount) < 100 ? 2 : 0)}`;
}

/** A share as people write it. */
export const percentOf = (share: number): string => `${(100 * share).toFixed(share > 0.99 && share < 1 ? 1 : 0)} %`;

/** The same in Chinese, which has no space before the sign. */
export const percentZh = (share: number): string => percentOf(share).replace(' %', '%');

/** One line of arithmetic: what, and how much. */
export function line(en: string, zh: string, value: string): Note {
  return { en: `${en}: ${value}`, zh: `${zh}：${value}` };
}

export const percentLine = (en: string, zh: string, share: number): Note => ({
  en: `${en}: ${percentOf(share)}`,
  zh: `${zh}：${percentZh(share)}`,
});

export const quantityLine = (en: string, zh: string, quantity: number): Note => line(en, zh, units(quantity));

/** Units times money, or that a price is not known. */
export function moneyLine(en: string, zh: string, quantity: number, each: number, currency: string): Note {
  if (Number.isNaN(quantity * each)) return { en: `${en}: a price or cost is not known`, zh: `${zh}：价格或成本未知` };
  return line(en, zh, `${units(quantity)} x ${written(each, currency)} = ${written(quantity * each, currency)}`);
}
