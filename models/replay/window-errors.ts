import type { Panel } from '../panel.ts';
import type { SummedSeries, WindowErrors } from '../restock/fit-spread.ts';
import type { OriginForecasts } from './origin-forecasts.ts';

/**
 * Forecast and actual sums over each node's own window, of origins whose windows were over by `until`, the newest first. A window
 * of one series counts where every period of it shows demand. In a sum of several hardly any would: there a period out of stock
 * counts as what was sold or what was forecast, whichever is more.
 *
 * @param spacing periods between origins that are looked at, at least
 * @param most origins that are looked at
 */
export function windowErrors(
  panel: Panel,
  { origins, horizon, means }: OriginForecasts,
  nodes: readonly SummedSeries[],
  until: number,
  most: number,
  spacing = 1,
): WindowErrors {
  const [node, cutoff, forecast, actual]: number[][] = [[], [], [], []];
  nodes.forEach(({ series, periods: wanted }, n) => {
    const periods = Math.min(horizon, wanted);
    let left = most;
    let last = Number.POSITIVE_INFINITY;
    for (let k = origins.length - 1; k >= 0 && left > 0; k--) {
      const origin = origins[k]!;
      if (origin + periods > until || last - origin < spacing) continue;
      left--;
      last = origin;
      let [expected, happened] = [0, 0];
      for (const s of series) {
        if (panel.firstPeriod[s]! >= origin) {
          if (series.length === 1) happened = Number.NaN;
          continue;
        }
        for (let h = 0; h < periods; h++) {
          const cell = s * panel.periods + origin + h;
          const mean = means[k]![s * horizon + h]!;
          const sold = panel.quantity[cell]!;
          expected += mean;
          if (panel.inStock[cell] === 1 && !Number.isNaN(sold)) happened += sold;
          else happened += series.length === 1 ? Number.NaN : Math.max(sold || 0, mean);
        }
      }
      if (Number.isNaN(happened)) continue;
      node!.push(n);
      cutoff!.push(k);
      forecast!.push(expected);
      actual!.push(happened);
    }
  });
  return {
    series: Int32Array.from(node!),
    cutoff: Int32Array.from(cutoff!),
    forecast: Float64Array.from(forecast!),
    actual: Float64Array.from(actual!),
  };
}
