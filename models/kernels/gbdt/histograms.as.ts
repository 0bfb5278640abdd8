// Sums of the pairs by column and bin.

import { COLUMN, RESULT } from './layout.as';

const BLOCK: usize = 128;
const ROWS: usize = memory.data(128 * 8, 16);

// @ts-ignore: decorator
@inline
function addRow(hist: usize, bins: usize, p: i64): void {
  const a = load<u32>(bins);
  const b = load<u32>(bins, 4);
  let at = hist + ((a << 3) & 0x7f8);
  store<i64>(at, load<i64>(at) + p);
  at = hist + ((a >> 5) & 0x7f8);
  store<i64>(at, load<i64>(at, 2048) + p, 2048);
  at = hist + ((a >> 13) & 0x7f8);
  store<i64>(at, load<i64>(at, 4096) + p, 4096);
  at = hist + ((a >> 21) & 0x7f8);
  store<i64>(at, load<i64>(at, 6144) + p, 6144);
  at = hist + ((b << 3) & 0x7f8);
  store<i64>(at, load<i64>(at, 8192) + p, 8192);
  at = hist + ((b >> 5) & 0x7f8);
  store<i64>(at, load<i64>(at, 10240) + p, 10240);
  at = hist + ((b >> 13) & 0x7f8);
  store<i64>(at, load<i64>(at, 12288) + p, 12288);
  at = hist + ((b >> 21) & 0x7f8);
  store<i64>(at, load<i64>(at, 14336) + p, 14336);
}

// Histogram of one group over rows 0..rows-1.
export function histogramAll(bins: usize, packed: usize, rows: i32, hist: usize): void {
  memory.fill(hist, 0, COLUMN << 3);
  const end = bins + ((<usize>rows) << 3);
  let at = packed;
  for (let row = bins; row < end; row += 8) {
    addRow(hist, row, load<i64>(at));
    at += 8;
  }
}

// Histogram of one group over the rows of `index`; `ordered` holds their gradients in the same order. A block of rows is
// copied together first: many of those scattered reads are in flight at once, which the updates would not allow.
export function histogramIndexed(bins: usize, ordered: usize, index: usize, count: i32, hist: usize): void {
  memory.fill(hist, 0, COLUMN << 3);
  const end = index + ((<usize>count) << 2);
  let at = ordered;
  let i = index;
  while (i < end) {
    const stop = min(end, i + BLOCK * 4);
    let to = ROWS;
    for (; i < stop; i += 4) {
      store<u64>(to, load<u64>(bins + (load<u32>(i) << 3)));
      to += 8;
    }
    for (let row = ROWS; row < to; row += 8) {
      addRow(hist, row, load<i64>(at));
      at += 8;
    }
  }
}

export function gather(packed: usize, index: usize, count: i32, ordered: usize): void {
  const end = index + ((<usize>count) << 2);
  let to = ordered;
  for (let i = index; i < end; i += 4) {
    store<i64>(to, load<i64>(packed + (load<u32>(i) << 3)));
    to += 8;
  }
}

// parent -= child, over whole columns.
export function subtract(parent: usize, child: usize, columns: i32): void {
  const bytes = (<usize>columns) * COLUMN;
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(parent + at, i64x2.sub(v128.load(parent + at), v128.load(child + at)));
}

// Sum of the pairs of `count` rows, to the split result at 24 (hessian) and 28 (gradient).
export function totals(ordered: usize, count: i32): void {
  let sum: i64 = 0;
  for (let i = 0; i < count; i++) sum += load<i64>(ordered + ((<usize>i) << 3));
  store<i64>(RESULT, sum, 24);
}
