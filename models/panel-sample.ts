import type { Panel } from './panel.ts';

/** The panel of at most `most` of the series, evenly spread over all. O(most x (periods + horizon)). */
export function panelSample(panel: Panel, most: number): Panel {
  const { seriesCount, periods, horizon } = panel;
  if (seriesCount <= most) return panel;
  const chosen = Int32Array.from({ length: most }, (_, i) => Math.floor((i * seriesCount) / most));
  const rows = <T extends Float32Array | Uint8Array>(values: T, width: number): T => {
    const isGiven = values.length > 0;
    const out = values.slice(0, isGiven ? most * width : 0) as T;
    if (isGiven) for (const [i, s] of chosen.entries()) out.set(values.subarray(s * width, (s + 1) * width), i * width);
    return out;
  };
  const width = periods + horizon;
  return {
    ...panel,
    seriesCount: most,
    productOf: chosen.map((s) => panel.productOf[s]!),
    locationOf: chosen.map((s) => panel.locationOf[s]!),
    firstPeriod: chosen.map((s) => panel.firstPeriod[s]!),
    quantity: rows(panel.quantity, periods),
    inStock: rows(panel.inStock, periods),
    price: rows(panel.price, width),
    discount: rows(panel.discount, width),
    promotionKind: rows(panel.promotionKind, width),
  };
}
