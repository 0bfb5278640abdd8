import { QUANTILE_LEVELS } from '../../models/forecast/uncertainty/conformal.ts';

/** The published quantiles, as column kinds. */
export const QUANTILES = {
  q05: 'f32',
  q10: 'f32',
  q25: 'f32',
  q50: 'f32',
  q75: 'f32',
  q90: 'f32',
  q95: 'f32',
} as const;
export type QuantileColumns = Record<keyof typeof QUANTILES, Float32Array>;

/** The outermost pair of `QUANTILE_LEVELS` serves the 95 % interval of the accuracy report only. */
const FIRST_QUANTILE = 1;

/** Empty columns for so many rows. */
export function quantileColumns(rows: number): QuantileColumns {
  const names = Object.keys(QUANTILES) as (keyof typeof QUANTILES)[];
  return Object.fromEntries(names.map((name) => [name, new Float32Array(rows)])) as QuantileColumns;
}

/** Copies the quantiles of one cell of `from` [cell][level] into a row. */
export function copyQuantiles(columns: QuantileColumns, row: number, from: Float32Array, cell: number): void {
  const at = cell * QUANTILE_LEVELS.length + FIRST_QUANTILE;
  columns.q05[row] = from[at]!;
  columns.q10[row] = from[at + 1]!;
  columns.q25[row] = from[at + 2]!;
  columns.q50[row] = from[at + 3]!;
  columns.q75[row] = from[at + 4]!;
  columns.q90[row] = from[at + 5]!;
  columns.q95[row] = from[at + 6]!;
}
