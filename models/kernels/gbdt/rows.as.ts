// Rows of a leaf: partition, scores, and the walk down a tree.

// Rows of `index` whose bin passes go first, in order, the others after; returns how many pass.
// A bin passes where (bin - shift) as a byte <= limit.
export function partition(bins: usize, index: usize, count: i32, shift: i32, limit: i32, spare: usize): i32 {
  let left = index;
  let right = spare;
  const end = index + ((<usize>count) << 2);
  for (let i = index; i < end; i += 4) {
    const row = load<u32>(i);
    const pass: u32 = ((load<u8>(bins + (row << 3)) - shift) & 255) <= limit ? 1 : 0;
    store<u32>(left, row);
    store<u32>(right, row);
    left += pass << 2;
    right += (pass ^ 1) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - index) >> 2);
}

// The same by a set of 256 bits.
export function partitionSet(bins: usize, index: usize, count: i32, set: usize, spare: usize): i32 {
  let left = index;
  let right = spare;
  const end = index + ((<usize>count) << 2);
  for (let i = index; i < end; i += 4) {
    const row = load<u32>(i);
    const bin = <u32>load<u8>(bins + (row << 3));
    const pass: u32 = (<u32>load<u8>(set + (bin >> 3)) >> (bin & 7)) & 1;
    store<u32>(left, row);
    store<u32>(right, row);
    left += pass << 2;
    right += (pass ^ 1) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - index) >> 2);
}

// `wanted` of the row numbers at `rows`, drawn at random, to `chosen`, and the others to `rest`, each in order (Knuth's algorithm S).
// Either has room for one number more than it takes.
export function drawRows(rows: usize, count: i32, wanted: i32, seed: i32, chosen: usize, rest: usize): void {
  let need: u32 = wanted;
  for (let i = 0; i < count; i++) {
    let x: u32 = <u32>i * 0x9e3779b1 + <u32>seed;
    x = (x ^ (x >> 16)) * 0x85ebca6b;
    x = (x ^ (x >> 13)) * 0xc2b2ae35;
    x ^= x >> 16;
    const takes: u32 = <u32>((<u64>x * <u64>(count - i)) >> 32) < need ? 1 : 0;
    const row = load<u32>(rows + ((<usize>i) << 2));
    store<u32>(chosen, row);
    store<u32>(rest, row);
    chosen += takes << 2;
    rest += (takes ^ 1) << 2;
    need -= takes;
  }
}

// Target minus score of the rows of `index`, in their order.
export function residuals(target: usize, score: usize, index: usize, count: i32, out: usize): void {
  for (let at: usize = 0; at < (<usize>count) << 2; at += 4) {
    const row = load<u32>(index + at) << 2;
    store<f32>(out + at, load<f32>(target + row) - load<f32>(score + row));
  }
}

export function addToScores(score: usize, index: usize, count: i32, value: f32): void {
  const end = index + ((<usize>count) << 2);
  for (let i = index; i < end; i += 4) {
    const at = score + (load<u32>(i) << 2);
    store<f32>(at, load<f32>(at) + value);
  }
}

// Adds a tree's value to rows of `index`, or to rows 0..count-1 where index is 0. A node is 48 bytes: u32 offset of its
// column's byte for row 0, u8 kind (1 = set), u8 shift, u8 limit, i32 left, i32 right (negative: ~leaf), set of 256 bits.
export function walk(
  nodes: usize, leaves: usize, bins: usize, index: usize, count: i32, score: usize,
): void {
  for (let i = 0; i < count; i++) {
    const row: u32 = index ? load<u32>(index + ((<usize>i) << 2)) : i;
    const at = bins + (row << 3);
    let node: i32 = 0;
    do {
      const n = nodes + (<usize>node) * 48;
      const bin = <u32>load<u8>(at + load<u32>(n));
      const pass = load<u8>(n, 4)
        ? ((<u32>load<u8>(n + (bin >> 3), 16) >> (bin & 7)) & 1) != 0
        : ((bin - load<u8>(n, 5)) & 255) <= <u32>load<u8>(n, 6);
      node = pass ? load<i32>(n, 8) : load<i32>(n, 12);
    } while (node >= 0);
    const to = score + (row << 2);
    store<f32>(to, load<f32>(to) + load<f32>(leaves + ((<usize>~node) << 2)));
  }
}
