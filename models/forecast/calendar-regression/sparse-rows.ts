/** Rows of few entries each: `count` of row `i` lie from `i * width` on. */
export interface SparseRows {
  width: number;
  count: Uint8Array;
  column: Int16Array;
  value: Float32Array | Float64Array;
}

/** `sum` with the product of a row and `b`, [column], added entry by entry. O(entries). */
export function addRow(sum: number, { width, count, column, value }: SparseRows, row: number, b: Float64Array): number {
  const from = row * width;
  const to = from + count[row]!;
  for (let i = from; i < to; i++) sum += b[column[i]!]! * value[i]!;
  return sum;
}
