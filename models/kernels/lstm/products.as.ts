// Products of matrices with the rows of a tile. A row holds `B` examples; loops over a row have a length known to the compiler.
// Two fused multiply-adds start in a cycle and take four, so that eight sums in registers just keep a processor busy; twelve leave
// room for delays. V8 loads all that a stretch without branches needs before it computes, and fifteen registers do not hold that
// beside twelve sums: hence the branches that are never taken, as no address is that low.

import { fma } from './arithmetic.as';

export const B: i32 = 16;
// Bytes of a row.
export const ROW: usize = 64;

// Floats of a packed matrix.
// @ts-ignore: decorator
@inline export function packedSize(M: i32, K: i32): i32 { return ((M + 1) & ~1) * K; }

// Lays A[m * aRow + k * aStep] out as `multiply` reads it: six rows at a time, [k][6], then pairs, [k][2]; beside a last odd row
// stand zeros.
export function pack(M: i32, K: i32, a: usize, aRow: i32, aStep: i32, to: usize): void {
  for (let m = 0, rows = 6; m < M; m += rows) {
    if (m + 6 > M) rows = 2;
    for (let k = 0; k < K; k++) {
      for (let i = m; i < m + rows; i++, to += 4)
        store<f32>(to, i < M ? load<f32>(a + (<usize>(i * aRow + k * aStep) << 2)) : 0);
    }
  }
}

// C[m][b] (+)= sum over k < K of A[m][k] X[k][b], A packed with `width` columns.
export function multiply(M: i32, K: i32, a: usize, width: i32, x: usize, c: usize, accumulate: bool): void {
  let m = 0;
  for (; m + 6 <= M; m += 6, a += <usize>width * 24, c += 6 * ROW) {
    for (let half: usize = 0; half < ROW; half += 32) multiplySix(K, a, x + half, c + half, accumulate);
  }
  for (; m < M; m += 2, a += <usize>width << 3, c += 2 * ROW) multiplyPair(K, a, x, c, accumulate, m + 1 < M);
}

// 6 rows x 8 examples.
// @ts-ignore: decorator
@inline function multiplySix(K: i32, a: usize, x: usize, c: usize, accumulate: bool): void {
  let r00 = f32x4.splat(0), r01 = r00, r10 = r00, r11 = r00, r20 = r00, r21 = r00;
  let r30 = r00, r31 = r00, r40 = r00, r41 = r00, r50 = r00, r51 = r00;
  if (accumulate) {
    r00 = v128.load(c); r01 = v128.load(c, 16);
    r10 = v128.load(c, 64); r11 = v128.load(c, 80);
    r20 = v128.load(c, 128); r21 = v128.load(c, 144);
    r30 = v128.load(c, 192); r31 = v128.load(c, 208);
    r40 = v128.load(c, 256); r41 = v128.load(c, 272);
    r50 = v128.load(c, 320); r51 = v128.load(c, 336);
  }
  for (let p = x, q = a, end = a + <usize>K * 24; q < end; p += ROW, q += 24) {
    const x0 = v128.load(p), x1 = v128.load(p, 16);
    let s = v128.load_splat<f32>(q); r00 = fma(s, x0, r00); r01 = fma(s, x1, r01); if (q == 1) break;
    s = v128.load_splat<f32>(q, 4); r10 = fma(s, x0, r10); r11 = fma(s, x1, r11); if (q == 2) break;
    s = v128.load_splat<f32>(q, 8); r20 = fma(s, x0, r20); r21 = fma(s, x1, r21); if (q == 3) break;
    s = v128.load_splat<f32>(q, 12); r30 = fma(s, x0, r30); r31 = fma(s, x1, r31); if (q == 4) break;
    s = v128.load_splat<f32>(q, 16); r40 = fma(s, x0, r40); r41 = fma(s, x1, r41); if (q == 5) break;
    s = v128.load_splat<f32>(q, 20); r50 = fma(s, x0, r50); r51 = fma(s, x1, r51);
  }
  v128.store(c, r00); v128.store(c, r01, 16);
  v128.store(c, r10, 64); v128.store(c, r11, 80);
  v128.store(c, r20, 128); v128.store(c, r21, 144);
  v128.store(c, r30, 192); v128.store(c, r31, 208);
  v128.store(c, r40, 256); v128.store(c, r41, 272);
  v128.store(c, r50, 320); v128.store(c, r51, 336);
}

// 2 rows x 16 examples; of a last odd row the second is left out.
// @ts-ignore: decorator
@inline function multiplyPair(K: i32, a: usize, x: usize, c: usize, accumulate: bool, both: bool): void {
  let r00 = f32x4.splat(0), r01 = r00, r02 = r00, r03 = r00, r10 = r00, r11 = r00, r12 = r00, r13 = r00;
  if (accumulate) {
    r00 = v128.load(c); r01 = v128.load(c, 16); r02 = v128.load(c, 32); r03 = v128.load(c, 48);
    if (both) {
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
  if (both) {
    v128.store(c, r10, 64); v128.store(c, r11, 80); v128.store(c, r12, 96); v128.store(c, r13, 112);
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
// a matrix that is used at each step. Blocks of 6 x 2, or last 4 x 2, sums stay in registers.
export function outer(
  M: i32, N: i32, steps: i32, a: usize, aStep: i32, x: usize, xStep: i32, c: usize, width: i32,
): void {
  const even = N & ~1, row = <usize>width << 2;
  let m = 0;
  // Two blocks of four leave fewer single rows than a block of six.
  for (; m + 6 <= M && m + 8 != M; m += 6) {
    for (let n = 0; n < even; n += 2)
      outerSix(steps, a + <usize>m * ROW, aStep, x + <usize>n * ROW, xStep, c + <usize>m * row + (<usize>n << 2), row);
  }
  for (; m + 4 <= M; m += 4) {
    for (let n = 0; n < even; n += 2)
      outerFour(steps, a + <usize>m * ROW, aStep, x + <usize>n * ROW, xStep, c + <usize>m * row + (<usize>n << 2), row);
  }
  for (let i = 0; i < M; i++) {
    for (let n = i < m ? even : 0; n < N; n++)
      dot(steps, a + <usize>i * ROW, aStep, x + <usize>n * ROW, xStep, c + <usize>i * row + (<usize>n << 2));
  }
}

// @ts-ignore: decorator
@inline function outerSix(steps: i32, a: usize, aStep: i32, x: usize, xStep: i32, c: usize, row: usize): void {
  let r00 = f32x4.splat(0), r01 = r00, r10 = r00, r11 = r00, r20 = r00, r21 = r00;
  let r30 = r00, r31 = r00, r40 = r00, r41 = r00, r50 = r00, r51 = r00;
  const aSkip = <usize>(aStep - 1) * ROW, xSkip = <usize>(xStep - 1) * ROW;
  for (let t = 0; t < steps; t++, a += aSkip, x += xSkip) {
    for (const end = a + ROW; a < end; a += 16, x += 16) {
      const x0 = v128.load(x), x1 = v128.load(x, 64);
      let s = v128.load(a); r00 = fma(s, x0, r00); r01 = fma(s, x1, r01); if (a == 1) break;
      s = v128.load(a, 64); r10 = fma(s, x0, r10); r11 = fma(s, x1, r11); if (a == 2) break;
      s = v128.load(a, 128); r20 = fma(s, x0, r20); r21 = fma(s, x1, r21); if (a == 3) break;
      s = v128.load(a, 192); r30 = fma(s, x0, r30); r31 = fma(s, x1, r31); if (a == 4) break;
      s = v128.load(a, 256); r40 = fma(s, x0, r40); r41 = fma(s, x1, r41); if (a == 5) break;
      s = v128.load(a, 320); r50 = fma(s, x0, r50); r51 = fma(s, x1, r51);
    }
  }
  addSums(c, r00, r01); addSums(c + row, r10, r11); addSums(c + 2 * row, r20, r21);
  addSums(c + 3 * row, r30, r31); addSums(c + 4 * row, r40, r41); addSums(c + 5 * row, r50, r51);
}

// @ts-ignore: decorator
@inline function outerFour(steps: i32, a: usize, aStep: i32, x: usize, xStep: i32, c: usize, row: usize): void {
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
  addSums(c, r00, r01); addSums(c + row, r10, r11); addSums(c + 2 * row, r20, r21); addSums(c + 3 * row, r30, r31);
}

function dot(steps: i32, a: usize, aStep: i32, x: usize, xStep: i32, c: usize): void {
  let r0 = f32x4.splat(0), r1 = r0, r2 = r0, r3 = r0;
  for (let t = 0; t < steps; t++, a += <usize>aStep * ROW, x += <usize>xStep * ROW) {
    r0 = fma(v128.load(a), v128.load(x), r0);
    r1 = fma(v128.load(a, 16), v128.load(x, 16), r1);
    r2 = fma(v128.load(a, 32), v128.load(x, 32), r2);
    r3 = fma(v128.load(a, 48), v128.load(x, 48), r3);
  }
  addSum(c, f32x4.add(f32x4.add(r0, r1), f32x4.add(r2, r3)));
}
