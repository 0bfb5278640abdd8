// Bin of each value: 1 + the number of edges below it, 0 for NaN. `out` is the column's byte in its group.
export function binNumeric(values: usize, rows: i32, edges: usize, count: i32, out: usize): void {
  for (let i = 0; i < rows; i++) {
    const x = load<f32>(values + ((<usize>i) << 2));
    let at = edges;
    let n = count;
    while (n > 1) {
      const half = n >> 1;
      at += load<f32>(at + ((<usize>(half - 1)) << 2)) < x ? (<usize>half) << 2 : 0;
      n -= half;
    }
    if (n == 1 && load<f32>(at) < x) at += 4;
    store<u8>(out + ((<usize>i) << 3), x == x ? 1 + <i32>((at - edges) >> 2) : 0);
  }
}
