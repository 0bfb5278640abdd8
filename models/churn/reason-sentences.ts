import type { Signal, SignalValue } from './customer-signals.ts';

/** One sentence in both languages. */
export interface Sentence {
  en: string;
  zh: string;
}

/** What sentences are told in: the window behind "recent", in days, and the currency's code. */
export interface SentenceUnits {
  window: number;
  currency: string;
}

/** `grouped(1234567.8)` is "1,234,568". */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

const percent = (fraction: number): string => `${Math.round(100 * fraction)} %`;
const about = (count: number): string => (count < 10 ? String(Math.round(count * 10) / 10) : String(Math.round(count)));
const days = (count: number): string => `${Math.round(count)} day${Math.round(count) === 1 ? '' : 's'}`;

function lateness(late: number): Sentence {
  const rounded = Math.round(late);
  if (rounded === 0) return { en: 'on the due date', zh: '按期' };
  return rounded > 0
    ? { en: `${days(rounded)} late`, zh: `逾期 ${rounded} 天` }
    : { en: `${days(-rounded)} early`, zh: `提前 ${-rounded} 天` };
}

/** The signal in words, against the customer's own past. */
export function signalSentence(signal: Signal, value: SignalValue, units: SentenceUnits): Sentence {
  const { now, before } = value;
  const { window, currency } = units;
  switch (signal) {
    case 'silence':
      return {
        en: `No order for ${days(now)}; usually one every ${days(Math.max(1, before))}.`,
        zh: `已 ${Math.round(now)} 天没有下单，平时约每 ${Math.max(1, Math.round(before))} 天一单。`,
      };
    case 'orders':
      return {
        en: `${now} order${now === 1 ? '' : 's'} in the last ${window} days; usually ${about(before)}.`,
        zh: `近 ${window} 天 ${now} 单，平时约 ${about(before)} 单。`,
      };
    case 'spend':
      return {
        en: `Spent ${currency} ${grouped(now)} in the last ${window} days; usually ${currency} ${grouped(before)}.`,
        zh: `近 ${window} 天消费 ${currency} ${grouped(now)}，平时约 ${currency} ${grouped(before)}。`,
      };
    case 'range':
      return {
        en: `Buys ${about(now)} products per order; ${about(before)} before.`,
        zh: `每单购买 ${about(now)} 种产品，以前 ${about(before)} 种。`,
      };
    case 'returns':
      return {
        en: `Returned ${percent(now)} of its purchases in the last ${window} days; ${percent(before)} before.`,
        zh: `近 ${window} 天退货占购买的 ${percent(now)}，以前 ${percent(before)}。`,
      };
    case 'payment':
      return {
        en: `Pays ${lateness(now).en}; ${lateness(before).en} before.`,
        zh: `付款${lateness(now).zh}，以前${lateness(before).zh}。`,
      };
    case 'contact':
      return {
        en: `${now} contact${now === 1 ? '' : 's'} in the last ${window} days; usually ${about(before)}.`,
        zh: `近 ${window} 天联系 ${now} 次，平时约 ${about(before)} 次。`,
      };
    case 'score':
      return {
        en: `Satisfaction is ${about(now)}; ${about(before)} before.`,
        zh: `满意度 ${about(now)}，以前 ${about(before)}。`,
      };
  }
}
