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

// Newer V8 builds a constant anew wherever it is used; what is loaded before a loop stays in a register.
const BOUND_MAGIC_POLYNOMIAL = memory.data<f32>([
  60, -60, 12582912, 1.33908633e-3, 9.67603177e-3, 5.55035695e-2, 0.240221068, 0.693147182, 1,
]);
export const LOG2_E: f32 = 1.44269504;

// to[i] = 1 / (1 + 2^-(from[i] rate)), with a polynomial of 2^f, |f| <= 1/2, of degree 5 by interpolation at Chebyshev's nodes: off by 1e-7
// at most.
export function logistic(from: usize, to: usize, bytes: usize, rate: f32): void {
  const at = BOUND_MAGIC_POLYNOMIAL, scale = f32x4.splat(-rate);
  const high = v128.load_splat<f32>(at), low = v128.load_splat<f32>(at, 4), magic = v128.load_splat<f32>(at, 8);
  const p5 = v128.load_splat<f32>(at, 12), p4 = v128.load_splat<f32>(at, 16), p3 = v128.load_splat<f32>(at, 20);
  const p2 = v128.load_splat<f32>(at, 24), p1 = v128.load_splat<f32>(at, 28), one = v128.load_splat<f32>(at, 32);
  for (const end = from + bytes; from < end; from += 16, to += 16) {
    const t = f32x4.pmax(low, f32x4.pmin(high, f32x4.mul(v128.load(from), scale)));
    const shifted = f32x4.add(t, magic);
    const f = f32x4.sub(t, f32x4.sub(shifted, magic));
    const p = fma(fma(fma(fma(fma(p5, f, p4), f, p3), f, p2), f, p1), f, one);
    v128.store(to, f32x4.div(one, f32x4.add(one, i32x4.add(p, i32x4.shl(shifted, 23)))));
  }
}
