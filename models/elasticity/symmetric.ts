/** A factored symmetric matrix whose linearly dependent columns have been left out. */
export interface Factored {
  size: number;
  /** Lower triangle, row-major [size][size]; rows of dropped columns are zero. */
  lower: Float64Array;
  /** 1 for the columns that are kept; a column that is a combination of earlier ones is dropped. */
  kept: Uint8Array;
}

/** A pivot this much smaller than its scale counts as zero: about the root of double precision. */
const DEPENDENT_BELOW = 1e-8;

/**
 * Cholesky factor of a positive semidefinite matrix. Columns that depend on earlier ones are dropped, as R's `lm`
 * does, so the order of columns decides which of two equal ones stays.
 *
 * @param matrix [size][size], row-major; the lower triangle is read
 * @param scale sum of squares of each column before anything was taken out of it; without it, the diagonal
 * @remarks O(size^3 / 3)
 */
export function factor(matrix: Float64Array, size: number, scale?: Float64Array): Factored {
  const lower = new Float64Array(size * size);
  const kept = new Uint8Array(size);
  for (let j = 0; j < size; j++) {
    const row = j * size;
    for (let k = 0; k < j; k++) {
      if (kept[k] === 0) continue;
      const other = k * size;
      let sum = matrix[row + k]!;
      for (let m = 0; m < k; m++) sum -= lower[row + m]! * lower[other + m]!;
      lower[row + k] = sum / lower[other + k]!;
    }
    let pivot = matrix[row + j]!;
    const whole = scale ? scale[j]! : pivot;
    for (let m = 0; m < j; m++) pivot -= lower[row + m]! * lower[row + m]!;
    if (pivot > DEPENDENT_BELOW * whole && pivot > Number.MIN_VALUE) {
      kept[j] = 1;
      lower[row + j] = Math.sqrt(pivot);
    } else {
      lower.fill(0, row, row + j + 1);
    }
  }
  return { size, lower, kept };
}

/** Solves the factored system for one right-hand side; dropped columns get 0. O(size^2). */
export function solve({ size, lower, kept }: Factored, right: ArrayLike<number>): Float64Array {
  const x = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    if (kept[j] === 0) continue;
    let sum = right[j]!;
    for (let m = 0; m < j; m++) sum -= lower[j * size + m]! * x[m]!;
    x[j] = sum / lower[j * size + j]!;
  }
  for (let j = size - 1; j >= 0; j--) {
    if (kept[j] === 0) continue;
    let sum = x[j]!;
    for (let m = j + 1; m < size; m++) if (kept[m] === 1) sum -= lower[m * size + j]! * x[m]!;
    x[j] = sum / lower[j * size + j]!;
  }
  return x;
}
