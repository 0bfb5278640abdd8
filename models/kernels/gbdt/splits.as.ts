// The split of most gain over the histograms of a leaf.

import { COLUMN, RESULT } from './layout.as';

// A category with fewer rows is in no set; LightGBM takes `cat_smooth` for it.
const MIN_CATEGORY_ROWS: i32 = 10;
const ORDER: usize = memory.data(256 * 4);
const RATIO: usize = memory.data(256 * 8);

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
