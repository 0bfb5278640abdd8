/**
 * Smallest value of a function near `start`, by the simplex of Nelder and Mead (1965) with the usual coefficients
 * 1, 2, 1/2, 1/2. Deterministic.
 *
 * @param step edge of the first simplex
 * @returns the best point and its value. About `evaluations` calls of `f`
 * @example nelderMead(([x]) => (x - 2) ** 2, [0], 1, 100).x // near [2]
 */
export function nelderMead(
  f: (x: readonly number[]) => number,
  start: readonly number[],
  step: number,
  evaluations: number,
  tolerance = 1e-4,
): { x: number[]; value: number } {
  const n = start.length;
  const score = (x: readonly number[]): number => {
    const value = f(x);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const simplex = [{ x: [...start], value: score(start) }];
  for (let i = 0; i < n; i++) {
    const x = [...start];
    x[i]! += step;
    simplex.push({ x, value: score(x) });
  }
  let calls = n + 1;
  const byValue = (a: { value: number }, b: { value: number }): number => a.value - b.value;
  while (calls < evaluations) {
    simplex.sort(byValue);
    const best = simplex[0]!;
    const worst = simplex[n]!;
    if (worst.value - best.value <= tolerance) break;
    const centre = new Array<number>(n).fill(0);
    for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) centre[k]! += simplex[i]!.x[k]! / n;
    const towards = (factor: number): { x: number[]; value: number } => {
      const x = centre.map((c, k) => c + factor * (worst.x[k]! - c));
      calls++;
      return { x, value: score(x) };
    };
    const reflected = towards(-1);
    if (reflected.value < best.value) {
      const expanded = towards(-2);
      simplex[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[n - 1]!.value) simplex[n] = reflected;
    else {
      const contracted = towards(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(worst.value, reflected.value)) simplex[n] = contracted;
      else {
        for (let i = 1; i <= n; i++) {
          const x = simplex[i]!.x.map((v, k) => best.x[k]! + 0.5 * (v - best.x[k]!));
          simplex[i] = { x, value: score(x) };
          calls++;
        }
      }
    }
  }
  simplex.sort(byValue);
  return simplex[0]!;
}
