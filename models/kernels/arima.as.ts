// Exact innovations of an ARMA process with unit variance by the Kalman filter, for several columns at once (a series and its
// regressors see the same gains). Buffers are static.

const MAX_PERIODS: i32 = 4096;
const MAX_STATES: i32 = 40;
const MAX_COLUMNS: i32 = 64;

const DATA: usize = memory.data(4096 * 64 * 8);
const GAINS: usize = memory.data(4096 * 8);
const AR: usize = memory.data(40 * 8, 16);
const MA: usize = memory.data(40 * 8, 16);
const STATES: usize = memory.data(64 * 40 * 8, 16);
const P: usize = memory.data(40 * 40 * 8, 16);
const A: usize = memory.data(40 * 40 * 8, 16);
const B: usize = memory.data(40 * 40 * 8, 16);
const K: usize = memory.data(40 * 8, 16);
const SQUARES: usize = memory.data(64 * 64 * 8, 16);

const SETTLED: f64 = 1e-10;

export function maxPeriods(): i32 { return MAX_PERIODS; }
export function maxStates(): i32 { return MAX_STATES; }
export function maxColumns(): i32 { return MAX_COLUMNS; }
export function data(): usize { return DATA; }
export function gains(): usize { return GAINS; }
export function ar(): usize { return AR; }
export function ma(): usize { return MA; }
export function states(): usize { return STATES; }
export function squares(): usize { return SQUARES; }

// Sums of products of every two columns of DATA [column][n] over the periods, lower triangle of SQUARES [column][column].
export function multiplyColumns(n: i32, columns: i32): void {
  const bytes = (<usize>n) << 3;
  const even = (<usize>(n & ~1)) << 3;
  for (let i = 0; i < columns; i++) {
    const x = DATA + <usize>i * bytes;
    for (let j = 0; j <= i; j++) {
      const y = DATA + <usize>j * bytes;
      let pair = f64x2.splat(0);
      for (let at: usize = 0; at < even; at += 16) {
        pair = f64x2.add(pair, f64x2.mul(v128.load(x + at), v128.load(y + at)));
      }
      let sum = f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
      if (n & 1) sum += load<f64>(x + even) * load<f64>(y + even);
      store<f64>(SQUARES + ((<usize>(i * columns + j)) << 3), sum);
    }
  }
}

// @ts-ignore: decorator
@inline
function cell(base: usize, r: i32, i: i32, j: i32): usize { return base + ((<usize>(i * r + j)) << 3); }

// out = x y, or x y' where transposed
function multiply(x: usize, y: usize, out: usize, r: i32, transposed: i32): void {
  for (let i = 0; i < r; i++) {
    if (transposed) {
      for (let j = 0; j < r; j++) {
        let sum: f64 = 0;
        for (let k = 0; k < r; k++) sum += load<f64>(cell(x, r, i, k)) * load<f64>(cell(y, r, j, k));
        store<f64>(cell(out, r, i, j), sum);
      }
    } else {
      for (let j = 0; j < r; j++) store<f64>(cell(out, r, i, j), 0);
      for (let k = 0; k < r; k++) {
        const factor = load<f64>(cell(x, r, i, k));
        if (factor == 0) continue;
        for (let j = 0; j < r; j++) {
          const at = cell(out, r, i, j);
          store<f64>(at, load<f64>(at) + factor * load<f64>(cell(y, r, k, j)));
        }
      }
    }
  }
}

// Stationary covariance of the states by doubling: P = sum of T^k R R' T'^k.
function stationary(r: i32): void {
  const size = (<usize>(r * r)) << 3;
  memory.fill(A, 0, size);
  for (let i = 0; i < r; i++) {
    store<f64>(cell(A, r, i, 0), load<f64>(AR + ((<usize>i) << 3)));
    if (i + 1 < r) store<f64>(cell(A, r, i, i + 1), 1);
    for (let j = 0; j < r; j++) {
      store<f64>(cell(P, r, i, j), load<f64>(MA + ((<usize>i) << 3)) * load<f64>(MA + ((<usize>j) << 3)));
    }
  }
  for (let round = 0; round < 40; round++) {
    multiply(A, P, B, r, 0);
    let largest: f64 = 0;
    let trace: f64 = 0;
    for (let i = 0; i < r; i++) {
      for (let j = 0; j <= i; j++) {
        let sum: f64 = 0;
        for (let k = 0; k < r; k++) sum += load<f64>(cell(B, r, i, k)) * load<f64>(cell(A, r, j, k));
        const value = load<f64>(cell(P, r, i, j)) + sum;
        store<f64>(cell(P, r, i, j), value);
        if (i == j) {
          largest = max(largest, abs(sum));
          trace = max(trace, value);
        }
      }
    }
    for (let i = 0; i < r; i++) for (let j = 0; j < i; j++) store<f64>(cell(P, r, j, i), load<f64>(cell(P, r, i, j)));
    if (!(largest > 1e-14 * trace)) return;
    multiply(A, A, B, r, 0);
    memory.copy(A, B, size);
  }
}

// Replaces DATA [column][n] by the innovations over the root of their variance and GAINS by those variances (0 where column 0 is
// NaN: such a period is stepped over in every column). AR and MA hold r coefficients, MA[0] = 1. Leaves STATES [column][r]
// predicted for period n. Returns the sum of the logs of the variances.
export function whiten(n: i32, columns: i32, r: i32): f64 {
  stationary(r);
  memory.fill(STATES, 0, (<usize>(columns * r)) << 3);
  let settled = false;
  let logs: f64 = 0;
  let product: f64 = 1;
  let last: f64 = 0;
  let variance: f64 = 0;
  let calm = 0;
  for (let t = 0; t < n; t++) {
    const y = load<f64>(DATA + ((<usize>t) << 3));
    const known = y == y;
    if (!known) settled = false;
    if (!settled) {
      variance = load<f64>(P);
      // K = T P[:,0] / variance when known; then P = T P T' + R R' - K K' variance
      const corner = load<f64>(P);
      for (let i = 0; i < r; i++) {
        const below = i + 1 < r ? load<f64>(cell(P, r, i + 1, 0)) : 0;
        store<f64>(K + ((<usize>i) << 3), (load<f64>(AR + ((<usize>i) << 3)) * corner + below) / corner);
      }
      for (let i = 0; i < r; i++) {
        const phi = load<f64>(AR + ((<usize>i) << 3));
        const theta = load<f64>(MA + ((<usize>i) << 3));
        const gain = known ? load<f64>(K + ((<usize>i) << 3)) * variance : 0;
        const below = i + 1 < r ? load<f64>(cell(P, r, i + 1, 0)) : 0;
        const left = phi * corner + below;
        const row = cell(B, r, i, 0);
        const next = cell(P, r, i + 1, 1);
        for (let j = 0; j <= i; j++) {
          const at = (<usize>j) << 3;
          let value = left * load<f64>(AR + at) + theta * load<f64>(MA + at) - gain * load<f64>(K + at);
          // row 0 of P, one to the right, is column 0, one below
          if (j + 1 < r) value += phi * load<f64>(P + at, 8);
          if (i + 1 < r) value += load<f64>(next + at);
          store<f64>(row + at, value);
        }
      }
      for (let i = 0; i < r; i++) {
        for (let j = 0; j <= i; j++) {
          const value = load<f64>(cell(B, r, i, j));
          store<f64>(cell(P, r, i, j), value);
          store<f64>(cell(P, r, j, i), value);
        }
      }
      calm = known && abs(variance - last) < SETTLED && t > r ? calm + 1 : 0;
      settled = calm > r;
      last = variance;
    }
    if (known) {
      product *= variance;
      if (product > 1e150 || product < 1e-150) {
        logs += Math.log(product);
        product = 1;
      }
    }
    store<f64>(GAINS + ((<usize>t) << 3), known ? variance : 0);
    const root = 1 / Math.sqrt(variance);
    for (let c = 0; c < columns; c++) {
      const state = STATES + ((<usize>(c * r)) << 3);
      const at = DATA + ((<usize>(c * n + t)) << 3);
      const first = load<f64>(state);
      const innovation = known ? load<f64>(at) - first : 0;
      for (let i = 0; i < r; i++) {
        const off = (<usize>i) << 3;
        const following = i + 1 < r ? load<f64>(state + off, 8) : 0;
        store<f64>(state + off, following + load<f64>(AR + off) * first + load<f64>(K + off) * innovation);
      }
      store<f64>(at, innovation * root);
    }
  }
  return logs + Math.log(product);
}
