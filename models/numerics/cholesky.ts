/**
 * Solves A x = b for a symmetric positive definite A, in place of a copy. Pivots that vanish (columns without
 * information) give 0. O(n^3 / 6).
 *
 * @param a row-major n x n; only the lower triangle is read
 * @example solveSymmetric(Float64Array.of(4, 0, 2, 3), Float64Array.of(8, 7), 2) // [1.25, 1.5]
 */
export function solveSymmetric(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const l = Float64Array.from(a);
  for (let j = 0; j < n; j++) {
    let pivot = l[j * n + j]!;
    for (let k = 0; k < j; k++) pivot -= l[j * n + k]! * l[j * n + k]!;
    const root = pivot > 1e-12 ? Math.sqrt(pivot) : 0;
    l[j * n + j] = root;
    fillColumn(l, n, j, root);
  }
  const x = Float64Array.from(b.subarray(0, n));
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= l[i * n + k]! * x[k]!;
    x[i] = l[i * n + i]! > 0 ? x[i]! / l[i * n + i]! : 0;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= l[k * n + i]! * x[k]!;
    x[i] = l[i * n + i]! > 0 ? x[i]! / l[i * n + i]! : 0;
  }
  return x;
}

/** Entries of column `j` below the diagonal, four rows at a time: their sums do not wait for each other. */
function fillColumn(l: Float64Array, n: number, j: number, root: number): void {
  const own = j * n;
  let i = j + 1;
  for (; i + 3 < n; i += 4) {
    const [r0, r1, r2, r3] = [i * n, (i + 1) * n, (i + 2) * n, (i + 3) * n];
    let [s0, s1, s2, s3] = [l[r0 + j]!, l[r1 + j]!, l[r2 + j]!, l[r3 + j]!];
    for (let k = 0; k < j; k++) {
      const factor = l[own + k]!;
      s0 -= l[r0 + k]! * factor;
      s1 -= l[r1 + k]! * factor;
      s2 -= l[r2 + k]! * factor;
      s3 -= l[r3 + k]! * factor;
    }
    l[r0 + j] = root > 0 ? s0 / root : 0;
    l[r1 + j] = root > 0 ? s1 / root : 0;
    l[r2 + j] = root > 0 ? s2 / root : 0;
    l[r3 + j] = root > 0 ? s3 / root : 0;
  }
  for (; i < n; i++) {
    let sum = l[i * n + j]!;
    for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[own + k]!;
    l[i * n + j] = root > 0 ? sum / root : 0;
  }
}
