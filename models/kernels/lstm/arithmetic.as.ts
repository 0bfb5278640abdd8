// Arithmetic on four floats at once.

// One rounding in the fused build, two in the plain one.
// @ts-ignore: decorator
@inline export function fma(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

// Shows whether the machine rounds once.
export function multiplyAdd(a: f32, b: f32, c: f32): f32 {
  return f32x4.extract_lane(fma(f32x4.splat(a), f32x4.splat(b), f32x4.splat(c)), 0);
}

// exp by 2^n exp(r), |r| <= ln 2 / 2, with the polynomial of Cephes expf (Moshier 1992): relative error about 1e-7.
// 12582912 = 1.5 * 2^23: adding it leaves the nearest whole number in the low bits.
// @ts-ignore: decorator
@inline export function exponential(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(87));
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

// 1 / (1 + 2^-(x rate)), with a polynomial of 2^f, |f| <= 1/2, of degree 5 by interpolation at Chebyshev's nodes: off by 1e-7 at most.
// @ts-ignore: decorator
@inline function logistic(x: v128, rate: f32): v128 {
  const one = f32x4.splat(1), magic = f32x4.splat(12582912);
  const t = f32x4.pmax(f32x4.splat(-60), f32x4.pmin(f32x4.splat(60), f32x4.mul(x, f32x4.splat(-rate))));
  const shifted = f32x4.add(t, magic);
  const f = f32x4.sub(t, f32x4.sub(shifted, magic));
  let p = fma(f32x4.splat(1.33908633e-3), f, f32x4.splat(9.67603177e-3));
  p = fma(p, f, f32x4.splat(5.55035695e-2));
  p = fma(p, f, f32x4.splat(0.240221068));
  p = fma(p, f, f32x4.splat(0.693147182));
  p = fma(p, f, one);
  return f32x4.div(one, f32x4.add(one, i32x4.add(p, i32x4.shl(shifted, 23))));
}

const LOG2_E: f32 = 1.44269504;
// @ts-ignore: decorator
@inline export function sigmoid(x: v128): v128 { return logistic(x, LOG2_E); }
// @ts-ignore: decorator
@inline export function tanh(x: v128): v128 {
  const s = logistic(x, 2 * LOG2_E);
  return f32x4.sub(f32x4.add(s, s), f32x4.splat(1));
}
