// Products of matrices with the rows of a tile. A row holds `B` examples; loops over a row have a length known to the compiler.

import { fma } from './arithmetic.as';

export const B: i32 = 16;
// Bytes of a row.
export const ROW: usize = 64;

// Floats of a packed matrix.
// @ts-ignore: decorator
@inline export function packedSize(M: i32, K: i32): i32 { return ((M + 1) & ~1) * K; }

// Lays A[m * aRow + k * aStep] out as `multiply` reads it: pairs of rows, [pair][k][2]; zeros stand beside a last odd row.
export function pack(M: i32, K: i32, a: usize, aRow: i32, aStep: i32, to: usize): void {
  for (let m = 0; m < M; m += 2) {
    for (let k = 0; k < K; k++, to += 8) {
      const at = a + (<usize>(m * aRow + k * aStep) << 2);
      store<f32>(to, load<f32>(at));
      store<f32>(to, m + 1 < M ? load<f32>(at + (<usize>aRow << 2)) : 0, 4);
    }
  }
}

// C[m][b] (+)= sum over k < K of A[m][k] X[k][b], A packed with `width` columns: blocks of 2 rows x 16 examples stay in registers.
// In 128 bits a block of 4 x 8 needs as many additions and loads, but twice as many instructions for addresses.
export function multiply(M: i32, K: i32, a: usize, width: i32, x: usize, c: usize, accumulate: bool): void {
  for (let m = 0; m < M; m += 2, a += <usize>width << 3, c += 2 * ROW) {
    let r00 = f32x4.splat(0), r01 = r00, r02 = r00, r03 = r00, r10 = r00, r11 = r00, r12 = r00, r13 = r00;
    if (accumulate) {
      r00 = v128.load(c); r01 = v128.load(c, 16); r02 = v128.load(c, 32); r03 = v128.load(c, 48);
      if (m + 1 < M) {
        r10 = v128.load(c, 64); r11 = v128.load(c, 80); r12 = v128.load(c, 96); r13 = v128.load(c, 112);
      }
    }
    for (let p = x, q = a, end = a + (<usize>K << 3); q < end; p += ROW, q += 8) {
      const x0 = v128.load(p), x1 = v128.load(p, 16), x2 = v128.load(p, 32), x3 = v128.load(p, 48);
      let s = v128.load_splat<f32>(q);
      r00 = fma(s, x0, r00); r01 = fma(s, x1, r01); r02 = fma(s, x2, r02); r03 = fma(s, x3, r03);
      s = v128.load_splat<f32>(q, 4);
      r10 = fma(s, x0, r10); r11 = fma(s, x1, r11); r12 = fma(s, x2, r12); r13 = fma(s, x3, r13);
    }
    v128.store(c, r00); v128.store(c, r01, 16); v128.store(c, r02, 32); v128.store(c, r03, 48);
    if (m + 1 < M) {
      v128.store(c, r10, 64); v128.store(c, r11, 80); v128.store(c, r12, 96); v128.store(c, r13, 112);
    }
  }
}

// @ts-ignore: decorator
@inline function addSum(at: usize, x: v128): void {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  store<f32>(at, load<f32>(at) + f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1));
}

// @ts-ignore: decorator
@inline function addSums(at: usize, x: v128, y: v128): void {
  const halves = f32x4.add(v128.shuffle<f32>(x, y, 0, 4, 1, 5), v128.shuffle<f32>(x, y, 2, 6, 3, 7));
  const sums = f32x4.add(halves, v128.shuffle<f32>(halves, halves, 2, 3, 0, 1));
  store<f64>(at, f64x2.extract_lane(f32x4.add(v128.load_zero<f64>(at), sums), 0));
}

// C[m * width + n] += sum over steps and examples of A[step][m][b] X[step][n][b], steps `aStep` and `xStep` rows apart: the gradient of
// a matrix that is used at each step. Blocks of 4 x 2 sums stay in registers.
export function outer(
  M: i32, N: i32, steps: i32, a: usize, aStep: i32, x: usize, xStep: i32, c: usize, width: i32,
): void {
  let m = 0;
  for (; m + 4 <= M; m += 4) {
    let n = 0;
    for (; n + 2 <= N; n += 2) {
      block(steps, a + <usize>m * ROW, aStep, x + <usize>n * ROW, xStep, c + (<usize>(m * width + n) << 2), width);
    }
    if (n < N) for (let i = m; i < m + 4; i++) dot(i, n, steps, a, aStep, x, xStep, c, width);
  }
  for (; m < M; m++) for (let n = 0; n < N; n++) dot(m, n, steps, a, aStep, x, xStep, c, width);
}

// @ts-ignore: decorator
@inline function block(steps: i32, a: usize, aStep: i32, x: usize, xStep: i32, c: usize, width: i32): void {
  let r00 = f32x4.splat(0), r01 = r00, r10 = r00, r11 = r00, r20 = r00, r21 = r00, r30 = r00, r31 = r00;
  const aSkip = <usize>(aStep - 1) * ROW, xSkip = <usize>(xStep - 1) * ROW;
  for (let t = 0; t < steps; t++, a += aSkip, x += xSkip) {
    for (const end = a + ROW; a < end; a += 16, x += 16) {
      const x0 = v128.load(x), x1 = v128.load(x, 64);
      let s = v128.load(a); r00 = fma(s, x0, r00); r01 = fma(s, x1, r01);
      s = v128.load(a, 64); r10 = fma(s, x0, r10); r11 = fma(s, x1, r11);
      s = v128.load(a, 128); r20 = fma(s, x0, r20); r21 = fma(s, x1, r21);
      s = v128.load(a, 192); r30 = fma(s, x0, r30); r31 = fma(s, x1, r31);
    }
  }
  const row = <usize>width << 2, c1 = c + row, c2 = c1 + row, c3 = c2 + row;
  addSums(c, r00, r01); addSums(c1, r10, r11); addSums(c2, r20, r21); addSums(c3, r30, r31);
}

function dot(m: i32, n: i32, steps: i32, a: usize, aStep: i32, x: usize, xStep: i32, c: usize, width: i32): void {
  let even = f32x4.splat(0), odd = even;
  let p = a + <usize>m * ROW, q = x + <usize>n * ROW;
  for (let t = 0; t < steps; t++, p += <usize>aStep * ROW, q += <usize>xStep * ROW) {
    even = fma(v128.load(p), v128.load(q), even);
    odd = fma(v128.load(p, 16), v128.load(q, 16), odd);
    even = fma(v128.load(p, 32), v128.load(q, 32), even);
    odd = fma(v128.load(p, 48), v128.load(q, 48), odd);
  }
  addSum(c + (<usize>(m * width + n) << 2), f32x4.add(even, odd));
}
