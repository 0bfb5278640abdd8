/**
 * Solves A x = b for a symmetric, positive (semi)definite A that is only given as a product, with a diagonal
 * preconditioner (Hestenes and Stiefel 1952; Saad 2003, Iterative Methods for Sparse Linear Systems, section 9.2).
 *
 * @param times writes A times its first argument to the second
 * @param diagonal diagonal of A; unknowns where it is 0 stay 0
 * @param tolerance residual over the right-hand side at which it stops
 * @returns x. O(steps) products
 */
export function conjugateGradients(
  times: (x: Float64Array, out: Float64Array) => void,
  b: Float64Array,
  diagonal: Float64Array,
  tolerance = 1e-11,
  maxSteps = 2000,
): Float64Array {
  const n = b.length;
  const x = new Float64Array(n);
  const inverse = diagonal.map((value) => (value > 0 ? 1 / value : 0));
  const residual = Float64Array.from(b, (value, i) => (inverse[i]! > 0 ? value : 0));
  const preconditioned = residual.map((value, i) => value * inverse[i]!);
  const direction = Float64Array.from(preconditioned);
  const product = new Float64Array(n);
  const dot = (p: Float64Array, q: Float64Array): number => p.reduce((sum, value, i) => sum + value * q[i]!, 0);
  let size = dot(residual, preconditioned);
  const enough = size * tolerance * tolerance;
  for (let step = 0; step < maxSteps && size > enough; step++) {
    times(direction, product);
    const curvature = dot(direction, product);
    if (!(curvature > 0)) break;
    const length = size / curvature;
    for (let i = 0; i < n; i++) {
      x[i]! += length * direction[i]!;
      residual[i]! -= inverse[i]! > 0 ? length * product[i]! : 0;
      preconditioned[i] = residual[i]! * inverse[i]!;
    }
    const next = dot(residual, preconditioned);
    for (let i = 0; i < n; i++) direction[i] = preconditioned[i]! + (next / size) * direction[i]!;
    size = next;
  }
  return x;
}
