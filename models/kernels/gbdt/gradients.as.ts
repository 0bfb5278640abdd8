// Slopes and curvatures of the losses, and their fixed-point pairs.

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
