import { blendSpread, type WindowForecast } from '../../models/restock/blend-spread.ts';
import { type DemandCurve, demandUntil } from '../../models/restock/demand-curve.ts';
import type { Spread } from '../../models/restock/spread.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { SeriesWindows } from './series-windows.ts';

const WINDOW = {
  series_idx: 'i32',
  periods: 'i32',
  share: 'f32',
  q50: 'f32',
  q75: 'f32',
  q90: 'f32',
  q95: 'f32',
} as const;
const LEVELS = Float64Array.of(0.5, 0.75, 0.9, 0.95);

/**
 * Quantiles of each series' own window as the forecast job foretold them directly, by series index; the longest there is where
 * the window reaches beyond the horizon. Series without any have none.
 *
 * @param periodsOf periods of the window, per series
 */
async function readWindows(
  warehouse: Warehouse,
  periodsOf: Int32Array,
): Promise<Map<number, WindowForecast & { periods: number }>> {
  const found = new Map<number, WindowForecast & { periods: number }>();
  await warehouse.stream('out_window_trees', WINDOW, ['series_idx', 'periods'], (chunk, rows) => {
    for (let i = 0; i < rows; i++) {
      const series = chunk.series_idx[i]!;
      const periods = chunk.periods[i]!;
      if (periods > periodsOf[series]!) continue;
      const quantiles = Float64Array.of(chunk.q50[i]!, chunk.q75[i]!, chunk.q90[i]!, chunk.q95[i]!);
      found.set(series, { periods, levels: LEVELS, quantiles, share: chunk.share[i]! });
    }
  });
  return found;
}

/** Spreads of the series with the windows that were forecast directly taken into account. */
export async function blendSpreads(
  warehouse: Warehouse,
  spreads: readonly Spread[],
  curves: readonly DemandCurve[],
  { periods, isCount }: Pick<SeriesWindows, 'periods' | 'isCount'>,
): Promise<Spread[]> {
  const windows = await readWindows(warehouse, periods);
  return spreads.map((spread, series) => {
    const window = windows.get(series);
    const curve = curves[series];
    if (!window || !curve) return spread;
    return blendSpread(demandUntil(curve, window.periods * curve.periodDays), spread, window, isCount);
  });
}
