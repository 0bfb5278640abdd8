import type { WindowErrors } from '../../models/restock/fit-spread.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

const BACKTEST = { series_idx: 'i32', cutoff_idx: 'i32', h: 'i32', actual: 'f64', forecast: 'f64' } as const;

/**
 * Sums the champion's backtest over each series' own window. A window counts where every period of it shows demand.
 *
 * @param periodsOf periods of the window, per series; windows longer than the horizon are summed as far as it goes
 */
export async function readWindowErrors(warehouse: Warehouse, periodsOf: ArrayLike<number>): Promise<WindowErrors> {
  const [series, cutoff, forecast, actual]: number[][] = [[], [], [], []];
  let [current, cut, sum, happened, isWhole] = [-1, -1, 0, 0, false];
  const close = (): void => {
    if (current < 0 || !isWhole) return;
    series!.push(current);
    cutoff!.push(cut);
    forecast!.push(sum);
    actual!.push(happened);
  };
  await warehouse.stream('out_backtest_series', BACKTEST, ['series_idx', 'cutoff_idx', 'h'], (chunk, rows) => {
    for (let i = 0; i < rows; i++) {
      if (chunk.series_idx[i] !== current || chunk.cutoff_idx[i] !== cut) {
        close();
        [current, cut, sum, happened, isWhole] = [chunk.series_idx[i]!, chunk.cutoff_idx[i]!, 0, 0, true];
      }
      if (chunk.h[i]! >= periodsOf[current]!) continue;
      if (Number.isNaN(chunk.actual[i]!)) isWhole = false;
      sum += chunk.forecast[i]!;
      happened += chunk.actual[i]!;
    }
  });
  close();
  return {
    series: Int32Array.from(series!),
    cutoff: Int32Array.from(cutoff!),
    forecast: Float64Array.from(forecast!),
    actual: Float64Array.from(actual!),
  };
}
