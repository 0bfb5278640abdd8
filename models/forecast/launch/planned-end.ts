import type { Panel } from '../../panel.ts';
import type { ModelForecast } from '../combine/selection.ts';

/**
 * Share of period `t` in which the product of a series is on sale, as planned: 0 after its last day, 1 before, between them in the
 * week of it.
 */
export function shareOnSale({ products, productOf }: Panel, series: number, t: number): number {
  const end = products.endsAt?.[productOf[series]!] ?? Number.POSITIVE_INFINITY;
  return Math.max(0, Math.min(1, end - t));
}

/**
 * Takes what would be sold after a product's last day on sale out of every model's means ahead, in place. Cutoffs stay as they
 * are: whether the end was known then is not told.
 *
 * O(models x series x horizon).
 */
export function endAsPlanned(panel: Panel, horizon: number, models: readonly ModelForecast[]): void {
  if (!panel.products.endsAt?.some(Number.isFinite)) return;
  for (const { mean, without } of models) {
    for (const values of [mean, ...Object.values(without ?? {})]) endAhead(panel, horizon, values);
  }
}

/** @param values [series][origin][horizon]; the last origin is what is ahead */
function endAhead(panel: Panel, horizon: number, values: Float32Array): void {
  const { seriesCount, periods } = panel;
  const perSeries = values.length / Math.max(1, seriesCount);
  for (let s = 0; s < seriesCount; s++) {
    const from = (s + 1) * perSeries - horizon;
    for (let h = 0; h < horizon; h++) {
      const share = shareOnSale(panel, s, periods + h);
      if (share < 1) values[from + h]! *= share;
    }
  }
}
