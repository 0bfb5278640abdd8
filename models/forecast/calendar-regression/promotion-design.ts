import { weekdayOf } from '../../../data/day.ts';
import { kindsApart, type Panel } from '../../panel.ts';
import type { Effect } from './design.ts';

/** Days after a promotion on which people still have what they stocked up on. */
const AFTER_DAYS = 4;
/** Log price changes are held within this, a fifth to five times. */
const PRICE_LIMIT = 1.6;
/** Entries a row can have. */
const WIDTH = 5;

/** Effects of promotions and prices, and a function that lists those of one series and period. */
export interface PromotionDesign {
  effects: Effect[];
  /** Prepares the price reference of a series: its median price before the origin. */
  open(series: number): void;
  /** Writes the entries of period `t` of the opened series to `column` and `value`; returns how many. */
  row(t: number): number;
  column: Int16Array;
  value: Float64Array;
}

/**
 * Promotion by weekday and kind, depth of discount, the days after a promotion, and price against the usual price.
 *
 * @param start first period used
 * @param offset number of the first column
 */
export function promotionDesign(panel: Panel, start: number, origin: number, offset: number): PromotionDesign {
  const daily = panel.frequency === 'daily';
  const effects: Effect[] = [];
  const add = (name: string, family: Effect['family'], local: boolean): number =>
    offset + effects.push({ name, family, local }) - 1;
  const given = panel.promotionKind.length > 0;
  const promotion = given
    ? Array.from({ length: daily ? 7 : 1 }, (_, d) => add(`promotion ${d + 1}`, 'promotion', true))
    : [];
  const kinds = kindsApart(panel).map((kind) => add(`promotion: ${kind}`, 'promotion', true));
  const after = given && daily ? add('days after a promotion', 'promotion', false) : -1;
  const depth = panel.discount.length > 0 ? add('discount', 'price', true) : -1;
  const price = panel.price.length > 0 ? add('price', 'price', true) : -1;
  const rowLength = panel.periods + panel.horizon;
  let from = 0;
  let usual = Number.NaN;
  const column = new Int16Array(WIDTH);
  const value = new Float64Array(WIDTH);
  return {
    effects,
    column,
    value,
    open(series) {
      from = series * rowLength;
      usual = Number.NaN;
      if (price < 0) return;
      const known = panel.price.slice(from + start, from + origin).filter((p) => p > 0);
      if (known.length > 0) usual = known.sort()[known.length >> 1]!;
    },
    row(t) {
      let count = 0;
      const put = (to: number, v: number): void => {
        column[count] = to;
        value[count++] = v;
      };
      if (given) {
        const kind = panel.promotionKind[from + t]!;
        const on = kind > 0;
        if (on) put(promotion[daily ? weekdayOf(panel.startDay + t) : 0]!, 1);
        if (on && kinds.length > 0) put(kinds[kind - 1]!, 1);
        if (after >= 0 && !on) {
          for (let back = 1; back <= AFTER_DAYS && t - back >= 0; back++) {
            if (panel.promotionKind[from + t - back] === 0) continue;
            put(after, 1);
            break;
          }
        }
      }
      if (depth >= 0 && panel.discount[from + t]! > 0)
        put(depth, -Math.log(1 - Math.min(0.9, panel.discount[from + t]!)));
      if (price >= 0) {
        const change = Math.log(panel.price[from + t]! / usual);
        if (Number.isFinite(change) && Math.abs(change) > 1e-4)
          put(price, Math.max(-PRICE_LIMIT, Math.min(PRICE_LIMIT, change)));
      }
      return count;
    },
  };
}
