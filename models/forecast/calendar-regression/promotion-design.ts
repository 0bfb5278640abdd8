import { weekdayOf } from '../../../data/day.ts';
import { kindsApart, type Panel } from '../../panel.ts';
import type { Effect } from './design.ts';
import type { SparseRows } from './sparse-rows.ts';

/** Days after a promotion on which people still have what they stocked up on. */
const AFTER_DAYS = 4;
/** Log price changes are held within this, a fifth to five times. */
const PRICE_LIMIT = 1.6;
/** Smaller ones are taken for rounding. */
const LEAST_CHANGE = 1e-4;
/** Entries a row can have. */
const WIDTH = 5;

/** Effects of promotions and prices, and the rows of one series at a time, [period - start]. */
export interface PromotionDesign extends SparseRows {
  effects: Effect[];
  value: Float64Array;
  /** Lays out the rows of a series, with prices against its median price before the origin; those of the last one stay until then. */
  open(series: number): void;
}

/**
 * Promotion by weekday and kind, depth of discount, the days after a promotion, and price against the usual price.
 *
 * @param start first period of the rows; they reach to `end`, which may lie in the known future
 * @param origin usual prices are those before it
 * @param offset number of the first column
 */
export function promotionDesign(
  panel: Panel,
  start: number,
  origin: number,
  end: number,
  offset: number,
): PromotionDesign {
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
  const usualPrices = new Map<number, number>();
  const usualPriceOf = (series: number): number => {
    const known = usualPrices.get(series);
    if (known !== undefined) return known;
    const from = series * rowLength;
    const sorted = panel.price
      .slice(from + start, from + origin)
      .filter((p) => p > 0)
      .sort();
    const usual = sorted.length > 0 ? sorted[sorted.length >> 1]! : Number.NaN;
    usualPrices.set(series, usual);
    return usual;
  };
  const length = end - start;
  const count = new Uint8Array(length);
  const column = new Int16Array(length * WIDTH);
  const value = new Float64Array(length * WIDTH);
  const put = (i: number, to: number, v: number): void => {
    const at = i * WIDTH + count[i]!++;
    column[at] = to;
    value[at] = v;
  };

  const putPromotions = (from: number): void => {
    let last = Number.NEGATIVE_INFINITY;
    for (let t = Math.max(0, start - AFTER_DAYS); t < start; t++) if (panel.promotionKind[from + t] !== 0) last = t;
    for (let i = 0; i < length; i++) {
      const t = start + i;
      const kind = panel.promotionKind[from + t]!;
      if (kind > 0) {
        put(i, promotion[daily ? weekdayOf(panel.startDay + t) : 0]!, 1);
        if (kinds.length > 0) put(i, kinds[kind - 1]!, 1);
        last = t;
      } else if (after >= 0 && t - last <= AFTER_DAYS) put(i, after, 1);
    }
  };

  const putDiscounts = (from: number): void => {
    for (let i = 0; i < length; i++) {
      const discount = panel.discount[from + start + i]!;
      if (discount > 0) put(i, depth, -Math.log(1 - Math.min(0.9, discount)));
    }
  };

  const putPrices = (from: number, usual: number): void => {
    let asked = Number.NaN;
    let change = Number.NaN;
    for (let i = 0; i < length; i++) {
      const own = panel.price[from + start + i]!;
      if (own !== asked) change = Math.log(own / usual);
      asked = own;
      if (Number.isFinite(change) && Math.abs(change) > LEAST_CHANGE)
        put(i, price, Math.max(-PRICE_LIMIT, Math.min(PRICE_LIMIT, change)));
    }
  };

  let opened = -1;
  return {
    effects,
    width: WIDTH,
    count,
    column,
    value,
    open(series) {
      if (series === opened) return;
      opened = series;
      count.fill(0);
      const from = series * rowLength;
      if (given) putPromotions(from);
      if (depth >= 0) putDiscounts(from);
      if (price >= 0) putPrices(from, usualPriceOf(series));
    },
  };
}
