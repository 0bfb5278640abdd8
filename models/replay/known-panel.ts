import type { Panel } from '../panel.ts';

/** What was planned and from when on each of it was known, over the panel's axes, [series][periods + horizon]. */
export interface Plans {
  /** Discount as a fraction, NaN where no promotion was planned. Empty where none are given. */
  discount: Float32Array;
  /** First period in whose morning the promotion was known. */
  discountKnown: Int16Array;
  /** Regular price, NaN where no list says. Empty where none are given. */
  listPrice: Float32Array;
  listKnown: Int16Array;
  /** Sales that were known later than the morning after: cell of [series][periods], ascending, and the period from which on. */
  lateCell: Int32Array;
  lateKnown: Int16Array;
}

/**
 * The panel as it was known in the morning of period `origin`: sales that came late are unknown, and from the origin on prices and
 * promotions are those planned by then. A price that was not announced yet is the last regular one. The arrays of sales are
 * shared where nothing came late. O(series x periods) to copy.
 */
export function knownPanel(panel: Panel, plans: Plans, origin: number): Panel {
  const { seriesCount, periods, horizon } = panel;
  const width = periods + horizon;
  let { quantity } = panel;
  if (plans.lateKnown.some((known, i) => known > origin && plans.lateCell[i]! % periods < origin)) {
    quantity = quantity.slice();
    plans.lateKnown.forEach((known, i) => {
      if (known > origin) quantity[plans.lateCell[i]!] = Number.NaN;
    });
  }
  const hasPromotions = panel.promotionKind.length > 0;
  const hasPrices = panel.price.length > 0;
  const price = panel.price.slice();
  const discount = panel.discount.slice();
  const promotionKind = panel.promotionKind.slice();
  for (let s = 0; s < seriesCount; s++) {
    let regular = hasPrices ? regularBefore(panel, s * width, origin) : Number.NaN;
    for (let at = s * width + origin; at < (s + 1) * width; at++) {
      const planned = plans.discount[at] ?? Number.NaN;
      const isPlanned = !Number.isNaN(planned) && plans.discountKnown[at]! <= origin;
      if (hasPromotions) {
        promotionKind[at] = isPlanned ? panel.promotionKind[at]! : 0;
        discount[at] = isPlanned ? planned : 0;
      }
      const listed = plans.listPrice[at] ?? Number.NaN;
      if (!Number.isNaN(listed) && plans.listKnown[at]! <= origin) regular = listed;
      if (hasPrices) price[at] = regular * (1 - (isPlanned ? planned : 0));
    }
  }
  return { ...panel, quantity, price, discount, promotionKind };
}

/** The newest price before the origin, less what a promotion took off it. */
function regularBefore({ price, discount }: Panel, row: number, origin: number): number {
  for (let at = row + origin - 1; at >= row; at--) {
    if (!Number.isNaN(price[at]!)) return price[at]! / Math.max(0.1, 1 - (discount[at] ?? 0));
  }
  return Number.NaN;
}
