/**
 * Quantile of values that may be reordered; with weights the point where their running sum reaches the share.
 * Without weights it interpolates between order statistics (type 7 of Hyndman and Fan 1996), as LightGBM's leaf refit does. O(n) expected; O(n log n) with weights.
 */
export function quantileOf(values: Float32Array, weight: Float32Array | undefined, share: number): number {
  const n = values.length;
  if (n === 0) return 0;
  if (weight) return weightedQuantile(values, weight, share);
  const position = (1 - share) * (n - 1);
  const whole = Math.floor(position);
  const upper = select(values, n - 1 - whole);
  if (whole >= n - 1) return upper;
  const lower = largest(values, n - 1 - whole);
  return upper - (upper - lower) * (position - whole);
}

function weightedQuantile(values: Float32Array, weight: Float32Array, share: number): number {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const total = weight.reduce((sum, w) => sum + w, 0);
  let sum = 0;
  for (const i of order) {
    sum += weight[i]!;
    if (sum > 0 && sum >= share * total) return values[i]!;
  }
  return values[order.at(-1)!]!;
}

function largest(values: Float32Array, end: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < end; i++) if (values[i]! > most) most = values[i]!;
  return most;
}

/** The k-th smallest; all smaller ones are moved before it (Hoare 1961, median of three as pivot). */
function select(values: Float32Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const a = values[low]!;
    const b = values[(low + high) >> 1]!;
    const c = values[high]!;
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const held = values[i]!;
      values[i++] = values[j]!;
      values[j--] = held;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k]!;
}
