import type { SummedSeries, WindowErrors } from '../../models/restock/fit-spread.ts';
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

/** Share of the forecast of a sum whose days show demand, at least, for it to count. */
const LEAST_KNOWN = 0.5;

/**
 * Sums the champion's backtest over several series each. In a sum of many hardly every period of all shows demand: one that does not
 * counts as it was forecast, and sums of mostly such periods not at all.
 *
 * @param nodes no two with the same series
 */
export async function readSumErrors(
  warehouse: Warehouse,
  nodes: readonly SummedSeries[],
  seriesCount: number,
): Promise<WindowErrors> {
  const nodeOf = new Int32Array(seriesCount).fill(-1);
  nodes.forEach(({ series }, node) => {
    for (const s of series) nodeOf[s] = node;
  });
  const [forecast, known, actual]: number[][] = [[], [], []];
  await warehouse.stream('out_backtest_series', BACKTEST, ['series_idx', 'cutoff_idx', 'h'], (chunk, rows) => {
    for (let i = 0; i < rows; i++) {
      const node = nodeOf[chunk.series_idx[i]!]!;
      if (node < 0 || chunk.h[i]! >= nodes[node]!.periods) continue;
      const at = chunk.cutoff_idx[i]! * nodes.length + node;
      const [mean, happened] = [chunk.forecast[i]!, chunk.actual[i]!];
      const isKnown = !Number.isNaN(happened);
      forecast![at] = (forecast![at] ?? 0) + mean;
      known![at] = (known![at] ?? 0) + (isKnown ? mean : 0);
      actual![at] = (actual![at] ?? 0) + (isKnown ? happened : mean);
    }
  });
  const sums = [...forecast!.keys()].filter((at) => known![at]! > 0 && known![at]! >= LEAST_KNOWN * forecast![at]!);
  return {
    series: Int32Array.from(sums, (at) => at % nodes.length),
    cutoff: Int32Array.from(sums, (at) => Math.floor(at / nodes.length)),
    forecast: Float64Array.from(sums, (at) => forecast![at]!),
    actual: Float64Array.from(sums, (at) => actual![at]!),
  };
}
