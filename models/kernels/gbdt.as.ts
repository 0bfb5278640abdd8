// Gradient-boosted trees: binning, gradients, histograms, split search, partition, tree walk. The caller owns the memory.
//
// Bins are bytes, 8 columns to a group, one u64 per row and group: a pass over a group touches 16 KB of histogram, which
// stays in the L1 cache. Bin 0 is "missing". A row's gradient and hessian are fixed-point halves of one i64 (gradient in
// the upper 32 bits, hessian in the lower), so that a histogram update is one integer addition, sums do not depend on
// their order, and parent minus child is exact. The caller's scale keeps every sum within 31 bits.

const COLUMN: usize = 2048;
const RESULT: usize = memory.data(64, 16);
const ORDER: usize = memory.data(256 * 4);
const BLOCK: usize = 128;
// A category with fewer rows is in no set; LightGBM takes `cat_smooth` for it.
const MIN_CATEGORY_ROWS: i32 = 10;
const ROWS: usize = memory.data(128 * 8, 16);
const RATIO: usize = memory.data(256 * 8);

export function heapStart(): usize { return __heap_base; }
export function splitResult(): usize { return RESULT; }

// ---- binning

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

// ---- gradients

// @ts-ignore: decorator
@inline
function exp4(x: v128): v128 {
  const t = f32x4.min(f32x4.max(x, f32x4.splat(-80)), f32x4.splat(80));
  const n = f32x4.nearest(f32x4.mul(t, f32x4.splat(1.44269504088896341)));
  const r = f32x4.sub(
    f32x4.sub(t, f32x4.mul(n, f32x4.splat(0.693359375))),
    f32x4.mul(n, f32x4.splat(-2.12194440e-4)),
  );
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  return f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23));
}

// @ts-ignore: decorator
@inline
function emit(g: v128, h: v128, weight: usize, at: usize, gradient: usize, hessian: usize): void {
  const w = weight ? v128.load(weight + at) : f32x4.splat(1);
  v128.store(gradient + at, f32x4.mul(g, w));
  if (hessian) v128.store(hessian + at, f32x4.mul(h, w));
}

// Squared error: prediction minus target. Rows are taken four at a time; the arrays are padded.
export function squared(score: usize, target: usize, weight: usize, rows: i32, gradient: usize, hessian: usize): void {
  for (let at: usize = 0; at < (<usize>rows) << 2; at += 16)
    emit(f32x4.sub(v128.load(score + at), v128.load(target + at)), f32x4.splat(1), weight, at, gradient, hessian);
}

// Pinball loss at `q`: -q below the target, 1 - q above it, `tie` on it.
export function pinball(
  score: usize, target: usize, weight: usize, rows: i32, gradient: usize, hessian: usize, q: f32, tie: f32,
): void {
  for (let at: usize = 0; at < (<usize>rows) << 2; at += 16) {
    const s = v128.load(score + at);
    const y = v128.load(target + at);
    const above = v128.bitselect(f32x4.splat(tie), f32x4.splat(1 - q), f32x4.eq(s, y));
    const g = v128.bitselect(f32x4.splat(-q), above, f32x4.gt(y, s));
    emit(g, f32x4.splat(1), weight, at, gradient, hessian);
  }
}

// Poisson with log link; `widen` is exp(max delta step), which keeps the Newton step short.
export function poisson(
  score: usize, target: usize, weight: usize, rows: i32, gradient: usize, hessian: usize, widen: f32,
): void {
  for (let at: usize = 0; at < (<usize>rows) << 2; at += 16) {
    const mean = exp4(v128.load(score + at));
    emit(f32x4.sub(mean, v128.load(target + at)), f32x4.mul(mean, f32x4.splat(widen)), weight, at, gradient, hessian);
  }
}

// Tweedie with log link and variance power `power` in (1, 2).
export function tweedie(
  score: usize, target: usize, weight: usize, rows: i32, gradient: usize, hessian: usize, power: f32,
): void {
  const a = f32x4.splat(1 - power);
  const b = f32x4.splat(2 - power);
  for (let at: usize = 0; at < (<usize>rows) << 2; at += 16) {
    const s = v128.load(score + at);
    const u = f32x4.mul(v128.load(target + at), exp4(f32x4.mul(s, a)));
    const v = exp4(f32x4.mul(s, b));
    emit(f32x4.sub(v, u), f32x4.sub(f32x4.mul(v, b), f32x4.mul(u, a)), weight, at, gradient, hessian);
  }
}

export function sumOfAbsolutes(values: usize, rows: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const whole = (<usize>rows >> 2) << 4;
  for (let at: usize = 0; at < whole; at += 16) {
    const x = f32x4.abs(v128.load(values + at));
    low = f64x2.add(low, f64x2.promote_low_f32x4(x));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3)));
  }
  low = f64x2.add(low, high);
  let sum = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
  for (let at = whole; at < (<usize>rows) << 2; at += 4) sum += <f64>abs(load<f32>(values + at));
  return sum;
}

// floor(x + uniform): unbiased, so that many small gradients are not lost. The uniform is a hash of row and seed.
// @ts-ignore: decorator
@inline
function dither(x: v128, hash: v128): v128 {
  const u = f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(hash, 8)), f32x4.splat(5.9604644775390625e-8));
  return i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.add(x, u)));
}

// Fixed-point pairs (hessian, gradient); hessian = 0 means 1 for each row.
export function quantize(
  gradient: usize, hessian: usize, rows: i32, gradientScale: f32, hessianScale: f32, seed: i32, packed: usize,
): void {
  let row = i32x4(0, 1, 2, 3);
  const gs = f32x4.splat(gradientScale);
  const hs = f32x4.splat(hessianScale);
  for (let at: usize = 0; at < (<usize>rows) << 2; at += 16) {
    let x = i32x4.add(i32x4.mul(row, i32x4.splat(0x9e3779b1)), i32x4.splat(seed));
    x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x85ebca6b));
    x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 13)), i32x4.splat(0xc2b2ae35));
    const g = dither(f32x4.mul(v128.load(gradient + at), gs), x);
    let h = i32x4.splat(1);
    if (hessian) {
      x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x9e3779b1));
      h = dither(f32x4.mul(v128.load(hessian + at), hs), x);
    }
    v128.store(packed + (at << 1), v128.shuffle<i32>(h, g, 0, 4, 1, 5));
    v128.store(packed + (at << 1) + 16, v128.shuffle<i32>(h, g, 2, 6, 3, 7));
    row = i32x4.add(row, i32x4.splat(4));
  }
}

// ---- histograms

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

// ---- split search

let hist: usize = 0;
let total: i64 = 0;
let lambda: f64 = 0;
let minHessian: i32 = 0;
let low: f64 = 0;
let high: f64 = 0;
let best: f64 = 0;

// @ts-ignore: decorator
@inline
function hessianOf(sum: i64): i32 { return <i32>sum; }
// @ts-ignore: decorator
@inline
function gradientOf(sum: i64): f64 { return <f64><i32>(sum >> 32); }

// @ts-ignore: decorator
@inline
function output(g: f64, h: f64, l2: f64): f64 { return min(max(-g / (h + l2), low), high); }
// @ts-ignore: decorator
@inline
function gainAt(g: f64, h: f64, l2: f64, w: f64): f64 { return -(2 * g * w + (h + l2) * w * w); }

// Gain of a left sum whose outputs are bounded, and ordered by `monotone`; -1 where that order is broken.
function boundedGain(left: i64, l2: f64, monotone: i32): f64 {
  const right = total - left;
  const gl = gradientOf(left);
  const hl = <f64>hessianOf(left);
  const gr = gradientOf(right);
  const hr = <f64>hessianOf(right);
  const wl = output(gl, hl, l2);
  const wr = output(gr, hr, l2);
  if ((monotone > 0 && wl > wr) || (monotone < 0 && wl < wr)) return -1;
  return gainAt(gl, hl, l2, wl) + gainAt(gr, hr, l2, wr);
}

// @ts-ignore: decorator
@inline
function freeGain(left: i64, l2: f64): f64 {
  const right = total - left;
  const gl = gradientOf(left);
  const gr = gradientOf(right);
  const hl = <f64>hessianOf(left) + l2;
  const hr = <f64>hessianOf(right) + l2;
  return (gl * gl * hr + gr * gr * hl) / (hl * hr);
}

function keep(gain: f64, column: i32, bin: i32, missingLeft: i32, kind: i32, left: i64): void {
  best = gain;
  store<f64>(RESULT, gain);
  store<i32>(RESULT, column, 8);
  store<i32>(RESULT, bin, 12);
  store<i32>(RESULT, missingLeft, 16);
  store<i32>(RESULT, kind, 20);
  store<i64>(RESULT, left, 24);
}

// Thresholds of one column: bins 1..b go left. `from` is the sum of the missing where they go left, else 0.
function scanThresholds(at: usize, column: i32, last: i32, from: i64, missingLeft: i32, monotone: i32, bounded: bool): void {
  const whole = hessianOf(total);
  let left = from;
  let bestBin = 0;
  let bestLeft: i64 = 0;
  let top = best;
  for (let b = 1; b <= last; b++) {
    left += load<i64>(at + ((<usize>b) << 3));
    const h = hessianOf(left);
    if (h < minHessian) continue;
    if (whole - h < minHessian) break;
    const gain = bounded ? boundedGain(left, lambda, monotone) : freeGain(left, lambda);
    if (gain > top) {
      top = gain;
      bestBin = b;
      bestLeft = left;
    }
  }
  if (bestBin) keep(top, column, bestBin, missingLeft, 0, bestLeft);
}

function keepCategory(gain: f64, column: i32, left: i64, kind: i32): void {
  keep(gain, column, 0, 0, kind, left);
  memory.fill(RESULT + 32, 0, 32);
}

// @ts-ignore: decorator
@inline
function include(bin: i32): void {
  const at = RESULT + 32 + (bin >> 3);
  store<u8>(at, load<u8>(at) | <u8>((<i32>1) << (bin & 7)));
}

// One category against the rest.
function scanSingles(at: usize, column: i32, bins: i32, bounded: bool): void {
  for (let b = 1; b <= bins; b++) {
    const left = load<i64>(at + ((<usize>b) << 3));
    const h = hessianOf(left);
    if (h < minHessian || hessianOf(total) - h < minHessian) continue;
    const gain = bounded ? boundedGain(left, lambda, 0) : freeGain(left, lambda);
    if (gain > best) {
      keepCategory(gain, column, left, 1);
      include(b);
    }
  }
}

// Rows behind a sum, in proportion to its hessian.
// @ts-ignore: decorator
@inline
function rowsOf(sum: i64, perUnit: f64): i32 { return <i32>(<f64>hessianOf(sum) * perUnit + 0.5); }

// Sets of categories in the order of their gradient over hessian (Fisher 1958, as LightGBM does), from both ends.
function scanSets(
  at: usize, column: i32, bins: i32, bounded: bool, smooth: f64, categoryLambda: f64, minGroup: i32, perUnit: f64,
): void {
  let used = 0;
  for (let b = 1; b <= bins; b++) {
    const sum = load<i64>(at + ((<usize>b) << 3));
    if (rowsOf(sum, perUnit) < MIN_CATEGORY_ROWS) continue;
    const ratio = gradientOf(sum) / (<f64>hessianOf(sum) + smooth);
    let j = used++;
    while (j > 0 && load<f64>(RATIO + ((<usize>(j - 1)) << 3)) > ratio) {
      store<f64>(RATIO + ((<usize>j) << 3), load<f64>(RATIO + ((<usize>(j - 1)) << 3)));
      store<i32>(ORDER + ((<usize>j) << 2), load<i32>(ORDER + ((<usize>(j - 1)) << 2)));
      j--;
    }
    store<f64>(RATIO + ((<usize>j) << 3), ratio);
    store<i32>(ORDER + ((<usize>j) << 2), b);
  }
  const allRows = rowsOf(total, perUnit);
  const l2 = lambda + categoryLambda;
  const most = min(32, (used + 1) >> 1);
  for (let end = 0; end < 2; end++) {
    let left: i64 = 0;
    let group = 0;
    let leftRows = 0;
    for (let i = 0; i < most; i++) {
      const sum = load<i64>(at + ((<usize>load<i32>(ORDER + ((<usize>(end ? used - 1 - i : i)) << 2))) << 3));
      left += sum;
      const rows = rowsOf(sum, perUnit);
      group += rows;
      leftRows += rows;
      const h = hessianOf(left);
      if (h < minHessian || group < minGroup) continue;
      if (hessianOf(total) - h < minHessian || allRows - leftRows < minGroup) break;
      group = 0;
      const gain = bounded ? boundedGain(left, l2, 0) : freeGain(left, l2);
      if (gain > best) {
        keepCategory(gain, column, left, 2);
        for (let j = 0; j <= i; j++) include(load<i32>(ORDER + ((<usize>(end ? used - 1 - j : j)) << 2)));
      }
    }
  }
}

// Best split of a leaf over all active columns, in fixed-point units, to the split result; gain 0 where there is none.
// columns: 8 bytes each: i32 bins, u8 active, u8 categorical, i8 monotone.
export function findSplit(
  histogram: usize, columns: usize, count: i32, gradientSum: i32, hessianSum: i32, l2: f64, fewest: i32,
  bounded: i32, lowest: f64, highest: f64, smooth: f64, categoryLambda: f64, minGroup: i32, perUnit: f64,
): void {
  hist = histogram;
  total = ((<i64>gradientSum) << 32) + <i64>hessianSum;
  lambda = l2;
  minHessian = max(1, fewest);
  low = lowest;
  high = highest;
  const g = gradientOf(total);
  const h = <f64>hessianSum;
  const parent = bounded ? gainAt(g, h, l2, output(g, h, l2)) : (g * g) / (h + l2);
  // Rounding to fixed point alone can look like a gain of a few square units.
  const floor = parent * (1 + 1e-9) + 8;
  best = floor;
  store<f64>(RESULT, 0);
  for (let c = 0; c < count; c++) {
    const column = columns + ((<usize>c) << 3);
    if (!load<u8>(column, 4)) continue;
    const bins = load<i32>(column);
    const at = hist + (<usize>c) * COLUMN;
    if (load<u8>(column, 5)) {
      if (bins <= 4) scanSingles(at, c, bins, bounded != 0);
      else scanSets(at, c, bins, bounded != 0, smooth, categoryLambda, minGroup, perUnit);
      continue;
    }
    const missing = load<i64>(at);
    const monotone = <i32>load<i8>(column, 6);
    const strict = bounded != 0;
    if (missing) {
      scanThresholds(at, c, bins - 1, missing, 1, monotone, strict);
      scanThresholds(at, c, bins, 0, 0, monotone, strict);
    } else {
      scanThresholds(at, c, bins - 1, 0, -1, monotone, strict);
    }
  }
  store<f64>(RESULT, best > floor ? best - parent : 0);
}

// ---- partition, scores, walk

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
