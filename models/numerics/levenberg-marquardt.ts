import { solveSymmetric } from './cholesky.ts';

/** Normal equations of a least-squares problem at a point: J'J (row-major, at least the lower triangle) and J'r. */
export interface NormalEquations {
  products: Float64Array;
  gradient: Float64Array;
}

export interface LeastSquaresOptions {
  /** Most linearisations. */
  iterations: number;
  /** Stops when a step lowers the criterion by less than this. */
  tolerance: number;
  /** Longest step of each coordinate; unlimited where left out. */
  longest?: readonly number[];
}

/** Damping at the start, its factors after a bad and a good step (Nielsen 1999 uses 2 and 3), and where it gives up. */
const DAMPING = 1e-2;
const WORSE = 5;
const BETTER = 0.2;
const LARGEST_DAMPING = 1e7;

/**
 * Smallest value near `start` of a criterion that grows with a sum of squares (Levenberg 1944, Marquardt 1963): steps solve the
 * normal equations with a damped diagonal; a step counts only where the criterion falls, so any increasing function of the
 * squares will do. Deterministic; a criterion of NaN counts as infinite. O(iterations x (one linearisation + k^3)).
 */
export function levenbergMarquardt(
  criterion: (x: Float64Array) => number,
  linearise: (x: Float64Array) => NormalEquations,
  start: ArrayLike<number>,
  { iterations, tolerance, longest }: LeastSquaresOptions,
): { x: Float64Array; value: number } {
  let x = Float64Array.from(start);
  const k = x.length;
  let value = finite(criterion(x));
  let damping = DAMPING;
  if (k === 0) return { x, value };
  for (let i = 0; i < iterations; i++) {
    const { products, gradient } = linearise(x);
    let fall = -1;
    while (fall < 0 && damping < LARGEST_DAMPING) {
      const damped = products.slice(0, k * k);
      for (let j = 0; j < k; j++) damped[j * k + j] = products[j * k + j]! * (1 + damping) + 1e-300;
      const step = solveScaled(damped, gradient, k);
      const next = x.map((v, j) => {
        const limit = longest?.[j] ?? Number.POSITIVE_INFINITY;
        return v - Math.max(-limit, Math.min(limit, step[j]!));
      });
      const reached = finite(criterion(next));
      if (reached <= value) {
        fall = value - reached;
        x = next;
        value = reached;
        damping *= BETTER;
      } else damping *= WORSE;
    }
    if (!(fall > tolerance)) break;
  }
  return { x, value };
}

const finite = (value: number): number => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value);

/** Solves in units in which the diagonal is 1, so that columns of any scale are told from empty ones. */
function solveScaled(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const unit = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    const diagonal = a[i * k + i]!;
    unit[i] = diagonal > 1e-290 ? 1 / Math.sqrt(diagonal) : 0;
  }
  for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) a[i * k + j]! *= unit[i]! * unit[j]!;
  const solved = solveSymmetric(
    a,
    b.map((v, i) => v * unit[i]!),
    k,
  );
  return solved.map((v, i) => (Number.isFinite(v) ? v * unit[i]! : 0));
}
