export interface Minimum {
  point: Float64Array;
  value: number;
  evaluations: number;
}

/**
 * Minimises a function of a few variables without derivatives, restarting once from the best point found so that a
 * collapsed simplex does not end the search early.
 *
 * @param f may return Infinity or NaN where it is not defined
 * @param start first point
 * @param step size of the first simplex along each axis
 * @param maxEvaluations of each of the two searches
 * @returns the best point; about 200 evaluations per variable
 * Source: Nelder and Mead (1965), Computer Journal 7, with the usual coefficients 1, 2, 1/2, 1/2.
 *
 * `nelderMead((x) => (x[0]! - 3) ** 2, [0]).point[0]` is 3 to 1e-6.
 */
export function nelderMead(
  f: (point: Float64Array) => number,
  start: ArrayLike<number>,
  step = 0.5,
  tolerance = 1e-9,
  maxEvaluations = 4000,
): Minimum {
  const first = descend(f, Float64Array.from(start), step, tolerance, maxEvaluations);
  const second = descend(f, first.point, step / 4, tolerance, maxEvaluations);
  return { ...second, evaluations: first.evaluations + second.evaluations };
}

function descend(
  f: (point: Float64Array) => number,
  start: Float64Array,
  step: number,
  tolerance: number,
  maxEvaluations: number,
): Minimum {
  const n = start.length;
  let evaluations = 0;
  const evaluate = (point: Float64Array): { point: Float64Array; value: number } => {
    evaluations++;
    const value = f(point);
    return { point, value: Number.isNaN(value) ? Infinity : value };
  };
  const simplex = [evaluate(start)];
  for (let i = 0; i < n; i++) {
    const corner = start.slice();
    corner[i]! += step;
    simplex.push(evaluate(corner));
  }
  const centre = new Float64Array(n);
  const along = (factor: number): Float64Array =>
    centre.map((value, i) => value + factor * (simplex[n]!.point[i]! - value));
  while (evaluations < maxEvaluations) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst] = [simplex[0]!, simplex[n]!];
    const width = simplex.reduce(
      (most, corner) => Math.max(most, ...corner.point.map((value, i) => Math.abs(value - best.point[i]!))),
      0,
    );
    if (worst.value - best.value <= tolerance * (1 + Math.abs(best.value)) && width <= 1e-5) break;
    for (let i = 0; i < n; i++) {
      centre[i] = 0;
      for (let j = 0; j < n; j++) centre[i]! += simplex[j]!.point[i]! / n;
    }
    const reflected = evaluate(along(-1));
    if (reflected.value < best.value) {
      const expanded = evaluate(along(-2));
      simplex[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[n - 1]!.value) {
      simplex[n] = reflected;
    } else {
      const contracted = evaluate(along(reflected.value < worst.value ? -0.5 : 0.5));
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[n] = contracted;
      else {
        for (let j = 1; j <= n; j++) {
          simplex[j] = evaluate(simplex[j]!.point.map((value, i) => (value + best.point[i]!) / 2));
        }
      }
    }
  }
  simplex.sort((a, b) => a.value - b.value);
  return { point: simplex[0]!.point, value: simplex[0]!.value, evaluations };
}
