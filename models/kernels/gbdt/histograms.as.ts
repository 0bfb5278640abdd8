// Sums of the pairs by column and bin.

import { COLUMN, RESULT } from './layout.as';

const BLOCK: usize = 128;
// Where bin b of each column of a block's rows is, in bytes: 8 u16 a row.
const PLACES: usize = memory.data(128 * 16, 16);
// The histogram of the group at work. It stands at an address the compiler knows, so that an update needs no sum of addresses.
const SUMS: usize = memory.data(8 * 2048, 16);

// @ts-ignore: decorator
@inline
function addRow(places: usize, p: i64): void {
  let at = <usize>load<u16>(places);
  store<i64>(at, load<i64>(at, SUMS) + p, SUMS);
  at = <usize>load<u16>(places, 2);
  store<i64>(at, load<i64>(at, SUMS + 2048) + p, SUMS + 2048);
  at = <usize>load<u16>(places, 4);
  store<i64>(at, load<i64>(at, SUMS + 4096) + p, SUMS + 4096);
  at = <usize>load<u16>(places, 6);
  store<i64>(at, load<i64>(at, SUMS + 6144) + p, SUMS + 6144);
  at = <usize>load<u16>(places, 8);
  store<i64>(at, load<i64>(at, SUMS + 8192) + p, SUMS + 8192);
  at = <usize>load<u16>(places, 10);
  store<i64>(at, load<i64>(at, SUMS + 10240) + p, SUMS + 10240);
  at = <usize>load<u16>(places, 12);
  store<i64>(at, load<i64>(at, SUMS + 12288) + p, SUMS + 12288);
  at = <usize>load<u16>(places, 14);
  store<i64>(at, load<i64>(at, SUMS + 14336) + p, SUMS + 14336);
}

// Adds the pairs from `at` on at the places up to `end`; returns where the next ones are.
// @ts-ignore: decorator
@inline
function addBlock(end: usize, at: usize): usize {
  for (let places = PLACES; places < end; places += 16) {
    addRow(places, load<i64>(at));
    at += 8;
  }
  return at;
}

// @ts-ignore: decorator
@inline
function clear(used: usize): void {
  for (let column: usize = 0; column < 8 * COLUMN; column += COLUMN) memory.fill(SUMS + column, 0, used);
}

// The sums go to `hist`, and off the parent's where there is one.
// @ts-ignore: decorator
@inline
function settle(used: usize, hist: usize, parent: usize): void {
  for (let column: usize = 0; column < 8 * COLUMN; column += COLUMN) {
    for (let at = column; at < column + used; at += 16) {
      const sums = v128.load(SUMS + at);
      v128.store(hist + at, sums);
      if (parent) v128.store(parent + at, i64x2.sub(v128.load(parent + at), sums));
    }
  }
}

// @ts-ignore: decorator
@inline
function placesOf(bins: usize): v128 {
  return i16x8.shl(i16x8.extend_low_i8x16_u(v128.load64_zero(bins)), 3);
}

// Histogram of one group over rows 0..rows-1. `used` is a multiple of 16: bytes of a column's histogram that its bins reach.
export function histogramAll(bins: usize, packed: usize, rows: i32, used: usize, hist: usize): void {
  clear(used);
  const end = bins + ((<usize>rows) << 3);
  let at = packed;
  let row = bins;
  while (row < end) {
    const stop = min(end, row + BLOCK * 8);
    let to = PLACES;
    for (; row < stop; row += 8) {
      v128.store(to, placesOf(row));
      to += 16;
    }
    at = addBlock(to, at);
  }
  settle(used, hist, 0);
}

// Histogram of one group over the rows of `index`; `ordered` holds their gradients in the same order. `parent`, where not 0, is the
// histogram of the leaf that these rows are taken from, and becomes that of the others. A block of rows is copied together first: many
// of those scattered reads are in flight at once, which the updates would not allow.
export function histogramIndexed(
  bins: usize, ordered: usize, index: usize, count: i32, used: usize, hist: usize, parent: usize,
): void {
  clear(used);
  const end = index + ((<usize>count) << 2);
  let at = ordered;
  let i = index;
  while (i < end) {
    const stop = min(end, i + BLOCK * 4);
    let to = PLACES;
    for (; i < stop; i += 4) {
      v128.store(to, placesOf(bins + (load<u32>(i) << 3)));
      to += 16;
    }
    at = addBlock(to, at);
  }
  settle(used, hist, parent);
}

export function gather(packed: usize, index: usize, count: i32, ordered: usize): void {
  const end = index + ((<usize>count) << 2);
  let to = ordered;
  for (let i = index; i < end; i += 4) {
    store<i64>(to, load<i64>(packed + (load<u32>(i) << 3)));
    to += 8;
  }
}

// Sum of the pairs of `count` rows, to the split result at 24 (hessian) and 28 (gradient).
export function totals(ordered: usize, count: i32): void {
  let sum: i64 = 0;
  for (let i = 0; i < count; i++) sum += load<i64>(ordered + ((<usize>i) << 3));
  store<i64>(RESULT, sum, 24);
}
