import type { Panel } from '../panel.ts';
import type { ProductRows } from './product-rows.ts';

/** Of the rows, at least this share has to know the other product's price. */
const LEAST_KNOWN = 0.9;

/**
 * Log price of another product in the location and period of each row. Where it is not known (not on sale there yet),
 * the mean of that location stands in, which says nothing; undefined where it is known for too few rows.
 *
 * @remarks O(series + rows)
 */
export function logPriceOf(panel: Panel, rows: ProductRows, product: number): Float64Array | undefined {
  const width = panel.periods + panel.horizon;
  const seriesAt = new Map<number, number>();
  for (let s = 0; s < panel.seriesCount; s++) {
    if (panel.productOf[s] === product) seriesAt.set(panel.locationOf[s]!, s);
  }
  const values = new Float64Array(rows.count);
  const sum = new Float64Array(panel.locations.ids.length);
  const count = new Float64Array(panel.locations.ids.length);
  for (let i = 0; i < rows.count; i++) {
    const location = panel.locationOf[rows.series[i]!]!;
    const other = seriesAt.get(location);
    const price = other === undefined ? Number.NaN : panel.price[other * width + rows.period[i]!]!;
    values[i] = price > 0 ? Math.log(price) : Number.NaN;
    if (!(price > 0)) continue;
    sum[location]! += values[i]!;
    count[location]! += 1;
  }
  const known = count.reduce((a, b) => a + b, 0);
  if (known === 0 || known < LEAST_KNOWN * rows.count) return undefined;
  const everywhere = sum.reduce((a, b) => a + b, 0) / known;
  return values.map((value, i) => {
    if (Number.isFinite(value)) return value;
    const location = panel.locationOf[rows.series[i]!]!;
    return count[location]! > 0 ? sum[location]! / count[location]! : everywhere;
  });
}
