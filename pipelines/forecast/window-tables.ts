import type { Warehouse } from '../warehouse/warehouse.ts';
import { copyQuantiles, QUANTILES, quantileColumns } from './quantile-columns.ts';

/** Means by period and quantiles of the sums over the first 1, 2, ... periods. */
interface Windows {
  /** [node][horizon]. */
  mean: Float64Array;
  /** [node][horizon][quantile]. */
  windows: Float32Array;
}

/** A level above the series. */
interface LevelWindows {
  level: string;
  labels: readonly string[];
  published: { mean: Float64Array };
  windows: Float32Array;
}

/**
 * `out_window_series` and `out_window_node`: what may be sold in all over the first `periods` periods, of each series and of
 * each node above.
 */
export async function writeWindows(
  warehouse: Warehouse,
  series: Windows,
  levels: readonly LevelWindows[],
  horizon: number,
): Promise<void> {
  const bottom = windowColumns([series], horizon);
  await warehouse.write(
    'out_window_series',
    { series_idx: 'i32', periods: 'i32', mean: 'f64', ...QUANTILES },
    { series_idx: Int32Array.from(bottom.mean, (_, i) => Math.floor(i / horizon)), ...bottom },
  );
  const upper = windowColumns(
    levels.map(({ published, windows }) => ({ mean: published.mean, windows })),
    horizon,
  );
  const repeated = (of: (level: LevelWindows, label: string) => string): string[] =>
    levels.flatMap((level) => level.labels.flatMap((label) => new Array<string>(horizon).fill(of(level, label))));
  await warehouse.write(
    'out_window_node',
    { level: 'text', series: 'text', periods: 'i32', mean: 'f64', ...QUANTILES },
    { level: repeated(({ level }) => level), series: repeated((_, label) => label), ...upper },
  );
}

function windowColumns(parts: readonly Windows[], horizon: number) {
  const rows = parts.reduce((sum, { mean }) => sum + mean.length, 0);
  const columns = { periods: new Int32Array(rows), mean: new Float64Array(rows), ...quantileColumns(rows) };
  let row = 0;
  for (const { mean, windows } of parts) {
    for (let i = 0; i < mean.length; i++, row++) {
      columns.periods[row] = (i % horizon) + 1;
      columns.mean[row] = mean[i]! + (i % horizon > 0 ? columns.mean[row - 1]! : 0);
      copyQuantiles(columns, row, windows, i);
    }
  }
  return columns;
}
