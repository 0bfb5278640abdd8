import { writtenNumber } from '../../../data/written.ts';
import { units } from '../reason.ts';

/** What a limit is about. */
export type LimitCode =
  | 'ORDER_VALUE'
  | 'VOLUME'
  | 'WEIGHT'
  | 'PALLETS'
  | 'SMOOTHING'
  | 'MIN_ORDER_VALUE'
  | 'WAREHOUSE_STOCK';

/** A limit as people know it. */
export interface NamedLimit {
  code: LimitCode;
  /** Money, cubic metres, kilograms, pallets, or units of the product. */
  amount: number;
  /** The supplier it belongs to; undefined: all of them together. */
  supplier?: string;
}

/** A sentence in both languages. */
export interface Note {
  en: string;
  zh: string;
}

/** Why an order is not what the pair alone would have. */
export function limitNote(limit: NamedLimit, before: number, after: number, currency: string): Note {
  const { en, zh } = named(limit, currency);
  if (after > before) {
    return {
      en: `${units(after - before)} more than wanted, to reach ${en}.`,
      zh: `比所需多订 ${units(after - before)}，以达到${zh}。`,
    };
  }
  if (after === 0) {
    return limit.code === 'MIN_ORDER_VALUE'
      ? { en: `Not ordered now: ${en} is not reached.`, zh: `暂不订货：未达到${zh}。` }
      : {
          en: `Not ordered now (${units(before)} wanted): ${en} goes to what is worth more.`,
          zh: `暂不订货（原需 ${units(before)}）：${zh}用于价值更高的货品。`,
        };
  }
  return {
    en: `Cut from ${units(before)} by ${en}.`,
    zh: `受${zh}限制，由 ${units(before)} 减少。`,
  };
}

function named({ code, amount, supplier }: NamedLimit, currency: string): Note {
  const of = supplier === undefined ? '' : ` of ${supplier}`;
  const ofZh = supplier === undefined ? '' : `${supplier} 的`;
  const money = `${currency} ${writtenNumber(amount)}`;
  switch (code) {
    case 'ORDER_VALUE':
      return { en: `the order limit${of} of ${money}`, zh: `${ofZh}订货限额 ${money}` };
    case 'VOLUME':
      return {
        en: `the room${of} of ${writtenNumber(amount, 1)} m³`,
        zh: `${ofZh}容积 ${writtenNumber(amount, 1)} m³`,
      };
    case 'WEIGHT':
      return { en: `the load${of} of ${writtenNumber(amount)} kg`, zh: `${ofZh}载重 ${writtenNumber(amount)} kg` };
    case 'PALLETS':
      return { en: `the ${writtenNumber(amount, 1)} pallets${of}`, zh: `${ofZh}托盘数 ${writtenNumber(amount, 1)}` };
    case 'SMOOTHING':
      return { en: `the smoothed order${of} of ${money}`, zh: `${ofZh}平滑后订货额 ${money}` };
    case 'MIN_ORDER_VALUE':
      return { en: `the minimum order${of} of ${money}`, zh: `${ofZh}最低订货额 ${money}` };
    case 'WAREHOUSE_STOCK':
      return { en: `the ${units(amount)} in its warehouse`, zh: `所属仓库的 ${units(amount)} 件库存` };
  }
}
