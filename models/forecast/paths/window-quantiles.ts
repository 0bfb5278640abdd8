/** Sample paths of some nodes, [node][path][horizon]. */
export interface Paths {
  values: Float32Array | Float64Array;
  paths: number;
  horizon: number;
}

/**
 * Adds the paths of series up into nodes, path by path; call it chunk by chunk to sum more series than fit in memory.
 *
 * @param nodeOf node of each series of this chunk
 * @param into [node][path][horizon]; Float64Array, so that whole numbers stay exact
 * O(values).
 */
export function addPaths({ values, paths, horizon }: Paths, nodeOf: ArrayLike<number>, into: Float64Array): void {
  const cells = paths * horizon;
  for (let s = 0; s < values.length / cells; s++) {
    const to = nodeOf[s]! * cells;
    for (let i = 0; i < cells; i++) into[to + i]! += values[s * cells + i]!;
  }
}

/**
 * Sums over the periods `from` to `to - 1` of every path, ascending within each node.
 *
 * @returns [node][path]. O(values + paths log paths)
 */
export function windowSums({ values, paths, horizon }: Paths, from: number, to: number): Float64Array {
  const nodes = paths * horizon > 0 ? values.length / paths / horizon : 0;
  const sums = new Float64Array(nodes * paths);
  const first = Math.max(0, from);
  const last = Math.min(horizon, to);
  for (let i = 0; i < sums.length; i++) {
    for (let h = first; h < last; h++) sums[i]! += values[i * horizon + h]!;
  }
  for (let node = 0; node < nodes; node++) sums.subarray(node * paths, (node + 1) * paths).sort();
  return sums;
}

/**
 * Quantiles of the sum over a window of every node; of one day with `to = from + 1`.
 *
 * @param levels probabilities, ascending
 * @param adjusted maps a probability to the one to read off for a node, such as `adjustLevel`; itself if left out
 * @returns [node][level], ascending in the level
 */
export function windowQuantiles(
  all: Paths,
  from: number,
  to: number,
  levels: readonly number[],
  adjusted: (node: number, p: number) => number = (_, p) => p,
): Float64Array {
  const { paths } = all;
  const sums = windowSums(all, from, to);
  const nodes = paths > 0 ? sums.length / paths : 0;
  const out = new Float64Array(nodes * levels.length);
  for (let node = 0; node < nodes; node++) {
    levels.forEach((p, i) => {
      out[node * levels.length + i] = sortedQuantile(sums, node * paths, paths, adjusted(node, p));
    });
    out.subarray(node * levels.length, (node + 1) * levels.length).sort();
  }
  return out;
}

/**
 * The order statistic at rank `(n + 1) p`, rounded away from the median so that intervals are not too narrow for the number
 * of paths, and so that sums of whole numbers stay whole.
 */
function sortedQuantile(sorted: Float64Array, from: number, n: number, p: number): number {
  const rank = p < 0.5 ? Math.floor((n + 1) * p + 1e-9) : Math.ceil((n + 1) * p - 1e-9);
  return sorted[from + Math.min(n, Math.max(1, rank)) - 1]!;
}
