import type { Panel } from '../panel.ts';

/** Rows of one product that can speak of its demand: on sale, open, in stock, with a known price. */
export interface ProductRows {
  count: number;
  quantity: Float64Array;
  /** Location of each row as 0 to locations - 1, and its series in the panel. */
  location: Int32Array;
  series: Int32Array;
  period: Int32Array;
  price: Float64Array;
  /** Kind of promotion that runs, 1 + index into the panel's kinds; 0 without one. */
  promotion: Uint8Array;
}

/** A price four times or a quarter of the location's median is taken for a typing error. */
const ABSURD_RATIO = 4;

/** Collects the rows of a product. O(series + periods x locations of the product). */
export function productRows(panel: Panel, product: number): ProductRows {
  const { periods, horizon, promotionKind } = panel;
  const found: number[] = [];
  for (let s = 0; s < panel.seriesCount; s++) if (panel.productOf[s] === product) found.push(s);
  const most = found.length * periods;
  const rows: ProductRows = {
    count: 0,
    quantity: new Float64Array(most),
    location: new Int32Array(most),
    series: new Int32Array(most),
    period: new Int32Array(most),
    price: new Float64Array(most),
    promotion: new Uint8Array(most),
  };
  if (panel.price.length === 0) return rows;
  for (const s of found) {
    const usual = medianPrice(panel, s);
    const closed = panel.calendar.calendarOf[panel.locationOf[s]!]! * (periods + horizon);
    for (let t = Math.max(0, panel.firstPeriod[s]!); t < periods; t++) {
      const quantity = panel.quantity[s * periods + t]!;
      const price = panel.price[s * (periods + horizon) + t]!;
      if (!(quantity >= 0) || !(price > 0)) continue;
      if (panel.inStock[s * periods + t] === 0 || panel.calendar.isClosed[closed + t] === 1) continue;
      if (price > usual * ABSURD_RATIO || price < usual / ABSURD_RATIO) continue;
      const i = rows.count++;
      rows.quantity[i] = quantity;
      rows.location[i] = s;
      rows.series[i] = s;
      rows.period[i] = t;
      rows.price[i] = price;
      rows.promotion[i] = promotionKind.length > 0 ? promotionKind[s * (periods + horizon) + t]! : 0;
    }
  }
  return pickRows(rows, (i) => i < rows.count);
}

function medianPrice(panel: Panel, series: number): number {
  const at = series * (panel.periods + panel.horizon);
  const known = panel.price.slice(at, at + panel.periods).filter((price) => price > 0);
  return known.sort()[known.length >> 1] ?? Number.NaN;
}

/** The rows that `keep` says, with locations numbered anew from 0. */
export function pickRows(rows: ProductRows, keep: (row: number) => boolean): ProductRows {
  const kept: number[] = [];
  for (let i = 0; i < rows.count; i++) if (keep(i)) kept.push(i);
  const number = new Map<number, number>();
  return {
    count: kept.length,
    quantity: Float64Array.from(kept, (i) => rows.quantity[i]!),
    location: Int32Array.from(kept, (i) => {
      const series = rows.series[i]!;
      if (!number.has(series)) number.set(series, number.size);
      return number.get(series)!;
    }),
    series: Int32Array.from(kept, (i) => rows.series[i]!),
    period: Int32Array.from(kept, (i) => rows.period[i]!),
    price: Float64Array.from(kept, (i) => rows.price[i]!),
    promotion: Uint8Array.from(kept, (i) => rows.promotion[i]!),
  };
}
