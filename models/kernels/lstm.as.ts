// The network of models/forecast/lstm/network-shape.ts, forward and backward, over a tile of examples in f32 SIMD.
// Examples lie along the last axis: a step is a block of rows of `B` floats (B % 8 == 0). Matrices are row-major.

// Steps back and ahead, input rows (with the row of ones), units, hidden, outputs, examples.
let T: i32, H: i32, P: i32, S: i32, A: i32, U: i32, D: i32, O: i32, B: i32;
// Rows fed to the LSTM (input, one, state) and to the context (state, fixed, one).
let X: i32, C: i32;

let wLstm: usize, wContext: usize, wFirst: usize, wSecond: usize, wSecondAhead: usize, wLast: usize, wLinear: usize;
let parameters: usize, gradient: usize, parameterCount: i32;
let past: usize, seen: usize, ahead: usize, target: usize, weight: usize, scale: usize, output: usize, slope: usize;
let gates: usize, cells: usize, squashed: usize, context: usize, first: usize, second: usize;
let slopeFirst: usize, slopeSecond: usize, slopeContext: usize, slopeSeen: usize, slopeState: usize, slopeCell: usize;

let top: usize = 0;
function take(floats: i32): usize {
  const at = top;
  top += ((<usize>floats << 2) + 63) & ~(<usize>63);
  return at;
}

// Lays the buffers out and clears them. Widths count the row of ones. Returns the end of memory used, in bytes.
export function prepare(
  lookback: i32, horizon: i32, pastRows: i32, fixedRows: i32, aheadRows: i32, units: i32, hidden: i32, outputs: i32,
  examples: i32,
): usize {
  T = lookback; H = horizon; P = pastRows; S = fixedRows; A = aheadRows; U = units; D = hidden; O = outputs; B = examples;
  X = P + U; C = U + S;
  parameterCount = 4 * U * X + D * C + D * A + D * D + D * A + O * D + O * A;
  top = (__heap_base + 63) & ~(<usize>63);
  parameters = take(parameterCount); gradient = take(parameterCount);
  wLstm = parameters;
  wContext = wLstm + (<usize>(4 * U * X) << 2);
  wFirst = wContext + (<usize>(D * C) << 2);
  wSecond = wFirst + (<usize>(D * A) << 2);
  wSecondAhead = wSecond + (<usize>(D * D) << 2);
  wLast = wSecondAhead + (<usize>(D * A) << 2);
  wLinear = wLast + (<usize>(O * D) << 2);
  past = take(T * X * B); seen = take(C * B); ahead = take(H * A * B);
  target = take(H * B); weight = take(H * B); scale = take(B); output = take(H * O * B); slope = take(H * O * B);
  gates = take(T * 4 * U * B); cells = take((T + 1) * U * B); squashed = take(T * U * B);
  context = take(D * B); first = take(H * D * B); second = take(H * D * B);
  slopeFirst = take(H * D * B); slopeSecond = take(H * D * B); slopeContext = take(D * B);
  slopeSeen = take(C * B); slopeState = take(U * B); slopeCell = take(U * B);
  const missing = <i32>((top + 65535) >> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return 0;
  memory.fill(parameters, 0, top - parameters);
  return top;
}

export function parametersAt(): usize { return parameters; }
export function gradientAt(): usize { return gradient; }
export function pastAt(): usize { return past; }
export function fixedAt(): usize { return seen + (<usize>(U * B) << 2); }
export function aheadAt(): usize { return ahead; }
export function targetAt(): usize { return target; }
export function weightAt(): usize { return weight; }
export function scaleAt(): usize { return scale; }
export function outputAt(): usize { return output; }
export function slopeAt(): usize { return slope; }
export function slopeFixedAt(): usize { return slopeSeen + (<usize>(U * B) << 2); }

// @ts-ignore: decorator
@inline function fma(a: v128, b: v128, c: v128): v128 { return f32x4.add(f32x4.mul(a, b), c); }

// exp by 2^n exp(r), |r| <= ln 2 / 2, with the polynomial of Cephes expf (Moshier 1992): relative error about 1e-7.
// 12582912 = 1.5 * 2^23: adding it leaves the nearest whole number in the low bits.
// @ts-ignore: decorator
@inline function exponential(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(87));
  const magic = f32x4.splat(12582912);
  const shifted = fma(x, f32x4.splat(1.44269504), magic);
  const n = f32x4.sub(shifted, magic);
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(n, f32x4.splat(2.12194440e-4)));
  let p = fma(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
  p = fma(p, r, f32x4.splat(8.3334519073e-3));
  p = fma(p, r, f32x4.splat(4.1665795894e-2));
  p = fma(p, r, f32x4.splat(1.6666665459e-1));
  p = fma(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(fma(p, f32x4.mul(r, r), r), f32x4.splat(1));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}
// 1 / (1 + 2^-(x rate)), with the Taylor polynomial of 2^f, |f| <= 1/2, of degree 6: relative error about 1e-7.
// @ts-ignore: decorator
@inline function logistic(x: v128, rate: f32): v128 {
  const one = f32x4.splat(1), magic = f32x4.splat(12582912);
  const t = f32x4.max(f32x4.splat(-60), f32x4.min(f32x4.splat(60), f32x4.mul(x, f32x4.splat(-rate))));
  const shifted = f32x4.add(t, magic);
  const f = f32x4.sub(t, f32x4.sub(shifted, magic));
  let p = fma(f32x4.splat(1.5403530e-4), f, f32x4.splat(1.3333558e-3));
  p = fma(p, f, f32x4.splat(9.6181291e-3));
  p = fma(p, f, f32x4.splat(5.5504109e-2));
  p = fma(p, f, f32x4.splat(2.4022651e-1));
  p = fma(p, f, f32x4.splat(6.9314718e-1));
  p = fma(p, f, one);
  return f32x4.div(one, f32x4.add(one, i32x4.add(p, i32x4.shl(shifted, 23))));
}
const LOG2_E: f32 = 1.44269504;
// @ts-ignore: decorator
@inline function sigmoid(x: v128): v128 { return logistic(x, LOG2_E); }
// @ts-ignore: decorator
@inline function tanh(x: v128): v128 {
  const s = logistic(x, 2 * LOG2_E);
  return f32x4.sub(f32x4.add(s, s), f32x4.splat(1));
}

// C[m][n] (+)= sum_k A[m * aRow + k * aStep] B[k][n] over `B` columns: blocks of 4 rows x 8 columns stay in registers. A
// transposed matrix (aRow = 1) has its four values side by side, which a loop of its own makes use of: a tenth less time.
function multiply(
  M: i32, K: i32, a: usize, aRow: i32, aStep: i32, b: usize, c: usize, accumulate: bool,
): void {
  const row = <usize>aRow << 2, step = <usize>aStep << 2, ld = <usize>B << 2;
  let m = 0;
  for (; m + 4 <= M; m += 4) {
    const a0 = a + <usize>m * row, a1 = a0 + row, a2 = a1 + row, a3 = a2 + row;
    for (let n: usize = 0; n < ld; n += 32) {
      const c0 = c + <usize>m * ld + n, c1 = c0 + ld, c2 = c1 + ld, c3 = c2 + ld;
      let r00 = f32x4.splat(0), r01 = r00, r10 = r00, r11 = r00, r20 = r00, r21 = r00, r30 = r00, r31 = r00;
      if (accumulate) {
        r00 = v128.load(c0); r01 = v128.load(c0, 16); r10 = v128.load(c1); r11 = v128.load(c1, 16);
        r20 = v128.load(c2); r21 = v128.load(c2, 16); r30 = v128.load(c3); r31 = v128.load(c3, 16);
      }
      let p = b + n, at: usize = 0;
      if (aRow == 1) {
        for (let k = 0, q = a0; k < K; k++, q += step, p += ld) {
          const b0 = v128.load(p), b1 = v128.load(p, 16);
          let s = v128.load_splat<f32>(q); r00 = fma(s, b0, r00); r01 = fma(s, b1, r01);
          s = v128.load_splat<f32>(q, 4); r10 = fma(s, b0, r10); r11 = fma(s, b1, r11);
          s = v128.load_splat<f32>(q, 8); r20 = fma(s, b0, r20); r21 = fma(s, b1, r21);
          s = v128.load_splat<f32>(q, 12); r30 = fma(s, b0, r30); r31 = fma(s, b1, r31);
        }
      } else for (let k = 0; k < K; k++) {
        const b0 = v128.load(p), b1 = v128.load(p, 16);
        let s = v128.load_splat<f32>(a0 + at); r00 = fma(s, b0, r00); r01 = fma(s, b1, r01);
        s = v128.load_splat<f32>(a1 + at); r10 = fma(s, b0, r10); r11 = fma(s, b1, r11);
        s = v128.load_splat<f32>(a2 + at); r20 = fma(s, b0, r20); r21 = fma(s, b1, r21);
        s = v128.load_splat<f32>(a3 + at); r30 = fma(s, b0, r30); r31 = fma(s, b1, r31);
        at += step; p += ld;
      }
      v128.store(c0, r00); v128.store(c0, r01, 16); v128.store(c1, r10); v128.store(c1, r11, 16);
      v128.store(c2, r20); v128.store(c2, r21, 16); v128.store(c3, r30); v128.store(c3, r31, 16);
    }
  }
  for (; m < M; m++) {
    for (let n: usize = 0; n < ld; n += 16) {
      const c0 = c + <usize>m * ld + n;
      let r = accumulate ? v128.load(c0) : f32x4.splat(0);
      let p = b + n, at = a + <usize>m * row;
      for (let k = 0; k < K; k++, at += step, p += ld) r = fma(v128.load_splat<f32>(at), v128.load(p), r);
      v128.store(c0, r);
    }
  }
}

// @ts-ignore: decorator
@inline function addSum(at: usize, x: v128): void {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  store<f32>(at, load<f32>(at) + f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1));
}

// C[m][n] += sum over steps and examples of A[step][m][b] B[step][n][b]: the gradient of a matrix that is used at each step.
function outer(M: i32, N: i32, steps: i32, a: usize, aBlock: i32, b: usize, bBlock: i32, c: usize): void {
  const ld = <usize>B << 2, aStep = <usize>aBlock * ld, bStep = <usize>bBlock * ld, cRow = <usize>N << 2;
  let m = 0;
  for (; m + 4 <= M; m += 4) {
    let n = 0;
    for (; n + 2 <= N; n += 2) {
      let r00 = f32x4.splat(0), r01 = r00, r10 = r00, r11 = r00, r20 = r00, r21 = r00, r30 = r00, r31 = r00;
      let pa = a + <usize>m * ld, pb = b + <usize>n * ld;
      for (let t = 0; t < steps; t++, pa += aStep, pb += bStep) {
        const a1 = pa + ld, a2 = a1 + ld, a3 = a2 + ld, b1 = pb + ld;
        for (let k: usize = 0; k < ld; k += 16) {
          const x = v128.load(pb + k), y = v128.load(b1 + k);
          let s = v128.load(pa + k); r00 = fma(s, x, r00); r01 = fma(s, y, r01);
          s = v128.load(a1 + k); r10 = fma(s, x, r10); r11 = fma(s, y, r11);
          s = v128.load(a2 + k); r20 = fma(s, x, r20); r21 = fma(s, y, r21);
          s = v128.load(a3 + k); r30 = fma(s, x, r30); r31 = fma(s, y, r31);
        }
      }
      const c0 = c + <usize>m * cRow + (<usize>n << 2), c1 = c0 + cRow, c2 = c1 + cRow, c3 = c2 + cRow;
      addSum(c0, r00); addSum(c0 + 4, r01); addSum(c1, r10); addSum(c1 + 4, r11);
      addSum(c2, r20); addSum(c2 + 4, r21); addSum(c3, r30); addSum(c3 + 4, r31);
    }
    if (n < N) for (let i = m; i < m + 4; i++) dot(i, n, N, steps, a, aStep, b, bStep, c);
  }
  for (; m < M; m++) for (let n = 0; n < N; n++) dot(m, n, N, steps, a, aStep, b, bStep, c);
}

function dot(m: i32, n: i32, N: i32, steps: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize): void {
  const ld = <usize>B << 2;
  let even = f32x4.splat(0), odd = even;
  let pa = a + <usize>m * ld, pb = b + <usize>n * ld;
  for (let t = 0; t < steps; t++, pa += aStep, pb += bStep) {
    for (let k: usize = 0; k < ld; k += 32) {
      even = fma(v128.load(pa + k), v128.load(pb + k), even);
      odd = fma(v128.load(pa + k, 16), v128.load(pb + k, 16), odd);
    }
  }
  addSum(c + (<usize>(m * N + n) << 2), f32x4.add(even, odd));
}

// Reads past, fixed and ahead; leaves the outputs, and what the way back needs.
export function forward(): void {
  const ld = <usize>B << 2, xBlock = <usize>X * ld, gBlock = <usize>(4 * U) * ld, uBlock = <usize>U * ld;
  memory.fill(past + <usize>P * ld, 0, uBlock);  // the first state, which only the gradient reads
  memory.fill(cells, 0, uBlock);
  for (let t = 0; t < T; t++) {
    const x = past + <usize>t * xBlock, g = gates + <usize>t * gBlock;
    multiply(4 * U, t ? X : P, wLstm, X, 1, x, g, false);
    const c0 = cells + <usize>t * uBlock, c1 = c0 + uBlock, flat = squashed + <usize>t * uBlock;
    const state = t + 1 < T ? x + xBlock + <usize>P * ld : seen;
    for (let j: usize = 0; j < uBlock; j += 16) {
      const opened = sigmoid(v128.load(g + j)), kept = sigmoid(v128.load(g + uBlock + j));
      const shown = sigmoid(v128.load(g + 2 * uBlock + j)), fresh = sigmoid(v128.load(g + 3 * uBlock + j));
      v128.store(g + j, opened); v128.store(g + uBlock + j, kept);
      v128.store(g + 2 * uBlock + j, shown); v128.store(g + 3 * uBlock + j, fresh);
      const candidate = f32x4.sub(f32x4.add(fresh, fresh), f32x4.splat(1));
      const cell = fma(kept, v128.load(c0 + j), f32x4.mul(opened, candidate));
      const squash = tanh(cell);
      v128.store(c1 + j, cell); v128.store(flat + j, squash); v128.store(state + j, f32x4.mul(shown, squash));
    }
  }
  multiply(D, C, wContext, C, 1, seen, context, false);
  const dBlock = <usize>D * ld;
  for (let h = 0; h < H; h++) {
    const known = ahead + <usize>(h * A) * ld, f = first + <usize>h * dBlock, s = second + <usize>h * dBlock;
    memory.copy(f, context, dBlock);
    multiply(D, A, wFirst, A, 1, known, f, true);
    rectify(f, dBlock);
    multiply(D, D, wSecond, D, 1, f, s, false);
    multiply(D, A, wSecondAhead, A, 1, known, s, true);
    rectify(s, dBlock);
    const out = output + <usize>(h * O) * ld;
    multiply(O, D, wLast, D, 1, s, out, false);
    multiply(O, A, wLinear, A, 1, known, out, true);
  }
}

function rectify(at: usize, bytes: usize): void {
  for (let j: usize = 0; j < bytes; j += 16) v128.store(at + j, f32x4.max(v128.load(at + j), f32x4.splat(0)));
}

function gate(at: usize, by: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(at + j, v128.and(v128.load(at + j), f32x4.gt(v128.load(by + j), zero)));
}

// Slope of the quasi-likelihood whose variance is mean^power (1: Poisson, between 1 and 2: Tweedie) at output 0, the log of
// the mean, which is kept in bounds: (mean - target) mean^(1 - power) weight unit.
export function meanSlope(power: f32, unit: f32, low: f32, high: f32): void {
  const ld = <usize>B << 2;
  for (let h = 0; h < H; h++) {
    const at = <usize>(h * O) * ld, row = <usize>h * ld;
    for (let j: usize = 0; j < ld; j += 16) {
      const log = f32x4.max(f32x4.splat(low), f32x4.min(f32x4.splat(high), v128.load(output + at + j)));
      let error = f32x4.sub(exponential(log), v128.load(target + row + j));
      if (power != 1) error = f32x4.mul(error, exponential(f32x4.mul(log, f32x4.splat(1 - power))));
      v128.store(slope + at + j, f32x4.mul(f32x4.mul(error, v128.load(weight + row + j)), f32x4.splat(unit)));
    }
  }
}

// Slope of the pinball loss at output `o`, the log of the quantile `level`: (1 if target < quantile - level) quantile weight unit.
export function quantileSlope(o: i32, level: f32, unit: f32, low: f32, high: f32): void {
  const ld = <usize>B << 2, one = f32x4.splat(1);
  for (let h = 0; h < H; h++) {
    const at = <usize>(h * O + o) * ld, row = <usize>h * ld;
    for (let j: usize = 0; j < ld; j += 16) {
      const log = f32x4.max(f32x4.splat(low), f32x4.min(f32x4.splat(high), v128.load(output + at + j)));
      const quantile = exponential(log);
      const over = v128.and(one, f32x4.lt(v128.load(target + row + j), quantile));
      const side = f32x4.mul(f32x4.sub(over, f32x4.splat(level)), quantile);
      v128.store(slope + at + j, f32x4.mul(f32x4.mul(side, v128.load(weight + row + j)), f32x4.splat(unit)));
    }
  }
}

// Slopes of the negative binomial likelihood of variance mean + dispersion mean^2, in units (target and mean times scale), at
// output 0, the log of the mean over the scale, and at output `o`, the log of the dispersion. With size = 1 / dispersion:
// (mean - y) / (1 + dispersion mean), and size (psi(y + size) - psi(size) + ln(size / (size + mean)) + (mean - y) / (size + mean)).
export function countSlope(o: i32, unit: f32, low: f32, high: f32): void {
  for (let h = 0; h < H; h++) {
    const at = output + (<usize>(h * O * B) << 2), row = <usize>(h * B) << 2, offset = slope - output;
    for (let b: usize = 0; b < <usize>B << 2; b += 4) {
      const mean0 = at + b, spread0 = at + (<usize>(o * B) << 2) + b;
      const w = <f64>load<f32>(weight + row + b) * unit, s = <f64>load<f32>(scale + b);
      if (w == 0) {
        store<f32>(mean0 + offset, 0); store<f32>(spread0 + offset, 0);
        continue;
      }
      const y = <f64>load<f32>(target + row + b) * s;
      const mean = Math.exp(<f64>max(low, min(high, load<f32>(mean0)))) * s;
      const size = Math.exp(-<f64>max(low, min(high, load<f32>(spread0))));
      const over = (mean - y) / (size + mean);
      store<f32>(mean0 + offset, <f32>(w * size * over));
      const spread = digamma(y + size) - digamma(size) + Math.log(size / (size + mean)) + over;
      store<f32>(spread0 + offset, <f32>(w * size * spread));
    }
  }
}

// Recurrence up to 6, then the asymptotic series (Abramowitz and Stegun 6.3.18).
function digamma(x: f64): f64 {
  let shift: f64 = 0;
  while (x < 6) { shift -= 1 / x; x += 1; }
  const r = 1 / (x * x);
  return shift + Math.log(x) - 0.5 / x - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r / 240)));
}

// Adds the gradients of all parameters, given the slope at the outputs and what `forward` left.
export function backward(): void {
  const ld = <usize>B << 2, dBlock = <usize>D * ld;
  const offset = gradient - parameters;
  memory.fill(slopeContext, 0, dBlock);
  for (let h = 0; h < H; h++) {
    const s1 = slopeFirst + <usize>h * dBlock, s2 = slopeSecond + <usize>h * dBlock;
    multiply(D, O, wLast, 1, D, slope + <usize>(h * O) * ld, s2, false);
    gate(s2, second + <usize>h * dBlock, dBlock);
    multiply(D, D, wSecond, 1, D, s2, s1, false);
    gate(s1, first + <usize>h * dBlock, dBlock);
    for (let j: usize = 0; j < dBlock; j += 16)
      v128.store(slopeContext + j, f32x4.add(v128.load(slopeContext + j), v128.load(s1 + j)));
  }
  outer(O, A, H, slope, O, ahead, A, wLinear + offset);
  outer(O, D, H, slope, O, second, D, wLast + offset);
  outer(D, A, H, slopeSecond, D, ahead, A, wSecondAhead + offset);
  outer(D, D, H, slopeSecond, D, first, D, wSecond + offset);
  outer(D, A, H, slopeFirst, D, ahead, A, wFirst + offset);
  outer(D, C, 1, slopeContext, D, seen, C, wContext + offset);
  multiply(C, D, wContext, 1, C, slopeContext, slopeSeen, false);
  backwardLstm(offset);
}

function backwardLstm(offset: usize): void {
  const ld = <usize>B << 2, gBlock = <usize>(4 * U) * ld, uBlock = <usize>U * ld, one = f32x4.splat(1);
  memory.copy(slopeState, slopeSeen, uBlock);
  memory.fill(slopeCell, 0, uBlock);
  for (let t = T - 1; t >= 0; t--) {
    const g = gates + <usize>t * gBlock, c0 = cells + <usize>t * uBlock, flat = squashed + <usize>t * uBlock;
    for (let j: usize = 0; j < uBlock; j += 16) {
      const opened = v128.load(g + j), kept = v128.load(g + uBlock + j);
      const shown = v128.load(g + 2 * uBlock + j), fresh = v128.load(g + 3 * uBlock + j);
      const squash = v128.load(flat + j), state = v128.load(slopeState + j);
      const through = f32x4.mul(f32x4.mul(state, shown), f32x4.sub(one, f32x4.mul(squash, squash)));
      const cell = f32x4.add(v128.load(slopeCell + j), through);
      const candidate = f32x4.sub(f32x4.add(fresh, fresh), one);
      v128.store(g + j, f32x4.mul(f32x4.mul(cell, candidate), f32x4.mul(opened, f32x4.sub(one, opened))));
      v128.store(g + uBlock + j,
        f32x4.mul(f32x4.mul(cell, v128.load(c0 + j)), f32x4.mul(kept, f32x4.sub(one, kept))));
      v128.store(g + 2 * uBlock + j, f32x4.mul(f32x4.mul(state, squash), f32x4.mul(shown, f32x4.sub(one, shown))));
      v128.store(g + 3 * uBlock + j,
        f32x4.mul(f32x4.mul(f32x4.add(cell, cell), opened), f32x4.mul(fresh, f32x4.sub(one, fresh))));
      v128.store(slopeCell + j, f32x4.mul(cell, kept));
    }
    if (t) multiply(U, 4 * U, wLstm + (<usize>P << 2), 1, X, g, slopeState, false);
  }
  outer(4 * U, X, T, gates, 4 * U, past, X, wLstm + offset);
}
