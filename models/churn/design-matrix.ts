/** Rows of numbers, row-major: the value of row `i` in column `j` is at `i * width + j`. */
export interface DesignMatrix {
  rows: number;
  width: number;
  values: Float64Array;
}

/** Centre and spread of each column, so that one ridge penalty is fair to all. */
export interface Standardisation {
  mean: Float64Array;
  /** Standard deviation; 1 where a column is constant. */
  spread: Float64Array;
}

/** The rows named, in that order, as a matrix of their own. */
export function rowsOf(matrix: DesignMatrix, rows: ArrayLike<number>): DesignMatrix {
  const values = new Float64Array(rows.length * matrix.width);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * matrix.width;
    values.set(matrix.values.subarray(from, from + matrix.width), i * matrix.width);
  }
  return { rows: rows.length, width: matrix.width, values };
}

export function standardisationOf(matrix: DesignMatrix): Standardisation {
  const { rows, width, values } = matrix;
  const mean = new Float64Array(width);
  const spread = new Float64Array(width);
  for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) mean[j]! += values[i * width + j]! / rows;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) spread[j]! += (values[i * width + j]! - mean[j]!) ** 2 / rows;
  }
  for (let j = 0; j < width; j++) spread[j] = spread[j]! > 1e-18 ? Math.sqrt(spread[j]!) : 1;
  return { mean, spread };
}

/** Solves A x = b for a symmetric positive definite A (row-major, overwritten) by Cholesky. O(n^3). */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  for (let j = 0; j < n; j++) {
    let diagonal = a[j * n + j]!;
    for (let k = 0; k < j; k++) diagonal -= a[j * n + k]! ** 2;
    const root = Math.sqrt(Math.max(diagonal, 1e-12));
    a[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      a[i * n + j] = sum / root;
    }
  }
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= a[i * n + k]! * x[k]!;
    x[i]! /= a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= a[k * n + i]! * x[k]!;
    x[i]! /= a[i * n + i]!;
  }
  return x;
}
