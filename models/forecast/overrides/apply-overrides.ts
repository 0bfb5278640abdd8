import type { Panel } from '../../panel.ts';
import { isClosed } from '../demand.ts';
import type { Override } from './override.ts';

export interface Overridden {
  /** Final means, [series][horizon]. */
  mean: Float64Array;
  /** Index of the override that holds in a cell, -1 for none, [series][horizon]. */
  by: Int32Array;
}

/**
 * Lays overrides on a statistical forecast. A change in per cent multiplies it. A quantity is spread over its days and places as the
 * statistical forecast is, or evenly over open days where that is zero; of a span that reaches beyond the horizon or began before it
 * the share of its periods that are forecast counts. Each is worked out on the statistical forecast, not on one another.
 *
 * @param statistical [series][horizon], as forecast from `origin`
 * @param overrides in the order in which they are laid on; a later one replaces an earlier one cell by cell
 * O(series x horizon + overrides x series of a product x horizon).
 */
export function applyOverrides(
  panel: Panel,
  origin: number,
  statistical: Float64Array,
  overrides: readonly Override[],
): Overridden {
  const horizon = panel.seriesCount > 0 ? statistical.length / panel.seriesCount : 0;
  const mean = statistical.slice();
  const by = new Int32Array(statistical.length).fill(-1);
  const ofProduct = new Map<number, number[]>();
  panel.productOf.forEach((product, s) => {
    ofProduct.set(product, [...(ofProduct.get(product) ?? []), s]);
  });
  overrides.forEach((override, i) => {
    if (override.knownFrom > origin) return;
    const first = Math.max(0, override.from - origin);
    const last = Math.min(horizon - 1, override.to - origin);
    if (last < first) return;
    const series = (ofProduct.get(override.product) ?? []).filter(
      (s) => override.location === undefined || panel.locationOf[s] === override.location,
    );
    const cells = series.flatMap((s) =>
      Array.from({ length: last - first + 1 }, (_, k) => ({ s, h: first + k, cell: s * horizon + first + k })),
    );
    const finalOf =
      override.pct === undefined
        ? spread(panel, origin, statistical, override, cells)
        : percent(statistical, override.pct);
    for (const { s, h, cell } of cells) {
      mean[cell] = isClosed(panel, s, origin + h) ? 0 : finalOf(cell);
      by[cell] = i;
    }
  });
  return { mean, by };
}

const percent =
  (statistical: Float64Array, pct: number) =>
  (cell: number): number =>
    statistical[cell]! * (1 + pct / 100);

function spread(
  panel: Panel,
  origin: number,
  statistical: Float64Array,
  { from, to, quantity = 0 }: Override,
  cells: readonly { s: number; h: number; cell: number }[],
): (cell: number) => number {
  const periods = new Set(cells.map(({ h }) => h)).size;
  const wanted = (quantity * periods) / (to - from + 1);
  const open = cells.filter(({ s, h }) => !isClosed(panel, s, origin + h));
  const sum = open.reduce((total, { cell }) => total + statistical[cell]!, 0);
  if (sum > 0) return (cell) => (statistical[cell]! * wanted) / sum;
  return () => (open.length > 0 ? wanted / open.length : 0);
}
