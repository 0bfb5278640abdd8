import type { ModelForecast } from '../selection.ts';

/** Sums of products of the models' errors: what every quadratic loss of every combination can be had from. */
export interface ErrorProducts {
  models: number;
  nodes: number;
  cutoffs: number;
  /** Sum over the judged cells of error a times error b (b <= a), [node][cutoff][a (a + 1) / 2 + b]. */
  sums: Float64Array;
  /** Judged cells, [node][cutoff]. */
  cells: Float64Array;
}

/**
 * Products of the errors of all models at every node and cutoff.
 *
 * @param models means [node][origin][horizon], the last origin is not judged
 * @param actual [node][cutoff][horizon], NaN where not judged
 * O(cells x models^2 / 2).
 */
export function errorProducts(
  models: readonly ModelForecast[],
  actual: Float32Array,
  nodes: number,
  cutoffs: number,
): ErrorProducts {
  const count = models.length;
  const size = (count * (count + 1)) / 2;
  const sums = new Float64Array(nodes * cutoffs * size);
  const cells = new Float64Array(nodes * cutoffs);
  const horizon = nodes * cutoffs > 0 ? actual.length / nodes / cutoffs : 0;
  const errors = new Float64Array(count);
  for (let node = 0; node < nodes; node++) {
    for (let k = 0; k < cutoffs; k++) {
      const row = node * cutoffs + k;
      const from = (node * (cutoffs + 1) + k) * horizon;
      for (let h = 0; h < horizon; h++) {
        const value = actual[row * horizon + h]!;
        if (Number.isNaN(value)) continue;
        cells[row]!++;
        for (let a = 0; a < count; a++) errors[a] = models[a]!.mean[from + h]! - value;
        let at = row * size;
        for (let a = 0; a < count; a++) for (let b = 0; b <= a; b++) sums[at++]! += errors[a]! * errors[b]!;
      }
    }
  }
  return { models: count, nodes, cutoffs, sums, cells };
}
