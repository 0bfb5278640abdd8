/**
 * Coefficients of a Poisson regression with an offset, by iteratively reweighted least squares.
 *
 * @param rows one array of regressors per observation
 * @param counts observed counts
 * @param offset known part of the log mean
 * @returns coefficients and their standard errors, scaled by the Pearson dispersion
 */
export function poissonRegression(rows: readonly Float64Array[], counts: ArrayLike<number>, offset: ArrayLike<number>) {
  const width = rows[0]!.length;
  let coefficients = new Float64Array(width);
  let inverse: Float64Array[] = [];
  for (let iteration = 0; iteration < 12; iteration++) {
    const normal = Array.from({ length: width }, () => new Float64Array(width));
    // A regressor that is never there gets a coefficient of 0 instead of a division by 0.
    normal.forEach((row, a) => {
      row[a] = 1e-6;
    });
    const gradient = new Float64Array(width);
    rows.forEach((row, i) => {
      const mean = Math.exp(offset[i]! + dot(row, coefficients));
      for (let a = 0; a < width; a++) {
        if (row[a] === 0) continue;
        gradient[a]! += row[a]! * (counts[i]! - mean);
        for (let b = 0; b < width; b++) normal[a]![b]! += mean * row[a]! * row[b]!;
      }
    });
    inverse = invert(normal);
    const step = inverse.map((line) => dot(line, gradient));
    coefficients = coefficients.map((value, a) => value + Math.max(-2, Math.min(2, step[a]!)));
  }
  let pearson = 0;
  rows.forEach((row, i) => {
    const mean = Math.exp(offset[i]! + dot(row, coefficients));
    pearson += (counts[i]! - mean) ** 2 / mean;
  });
  const dispersion = pearson / (rows.length - width);
  return { coefficients, errors: inverse.map((line, a) => Math.sqrt(dispersion * line[a]!)) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Gauss-Jordan inverse of a positive definite matrix. */
function invert(matrix: readonly Float64Array[]): Float64Array[] {
  const n = matrix.length;
  const work = matrix.map((row, i) =>
    Float64Array.from({ length: 2 * n }, (_, j) => (j < n ? row[j]! : +(j - n === i))),
  );
  for (let i = 0; i < n; i++) {
    const pivot = work[i]![i]!;
    for (let j = 0; j < 2 * n; j++) work[i]![j]! /= pivot;
    for (let k = 0; k < n; k++) {
      const factor = work[k]![i]!;
      if (k === i || factor === 0) continue;
      for (let j = 0; j < 2 * n; j++) work[k]![j]! -= factor * work[i]![j]!;
    }
  }
  return work.map((row) => row.slice(n));
}
