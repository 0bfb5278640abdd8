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
    for (let i = j + 1; i < n; i++) {
      let sum = l[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      l[i * n + j] = root > 0 ? sum / root : 0;
    }
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
