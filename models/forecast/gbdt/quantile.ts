/**
 * Quantile of values that may be reordered; with weights the point where their running sum reaches the share.
 * Without weights it interpolates between order statistics (type 7 of Hyndman and Fan 1996), as LightGBM's leaf refit does. O(n) expected.
 *
 * @param weight reordered with the values
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

/** Narrows the range that holds the point to one value: each round keeps the side of a pivot on which the sum lies. */
function weightedQuantile(values: Float32Array, weight: Float32Array, share: number): number {
  let total = 0;
  for (let i = 0; i < weight.length; i++) total += weight[i]!;
  let aim = share * total;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = median(values[low]!, values[(low + high) >> 1]!, values[high]!);
    // values below the pivot, equal to it and above it
    let below = 0;
    let equal = 0;
    let from = low;
    let to = high;
    for (let i = low; i <= to; ) {
      if (values[i]! < pivot) {
        below += weight[i]!;
        swap(values, weight, i++, from++);
      } else if (values[i]! > pivot) swap(values, weight, i, to--);
      else equal += weight[i++]!;
    }
    if (below > 0 && aim <= below) high = from - 1;
    else if ((below + equal > 0 && aim <= below + equal) || to === high) return pivot;
    else {
      aim -= below + equal;
      low = to + 1;
    }
  }
  return values[low]!;
}

function swap(values: Float32Array, weight: Float32Array, a: number, b: number): void {
  const value = values[a]!;
  values[a] = values[b]!;
  values[b] = value;
  const own = weight[a]!;
  weight[a] = weight[b]!;
  weight[b] = own;
}

const median = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

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
    const pivot = median(a, b, c);
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
