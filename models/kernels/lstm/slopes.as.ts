// Slopes of the losses at the outputs, times weight and unit; logs are kept in bounds.

import { exponential } from './arithmetic.as';
import { H, O, output, scale, slope, target, weight } from './layout.as';
import { ROW } from './products.as';

// Slope of the quasi-likelihood whose variance is mean^power (1: Poisson, between 1 and 2: Tweedie) at output 0, the log of
// the mean, which is kept in bounds: (mean - target) mean^(1 - power) weight unit.
export function meanSlope(power: f32, unit: f32, low: f32, high: f32): void {
  for (let h = 0; h < H; h++) {
    const at = <usize>(h * O) * ROW, row = <usize>h * ROW;
    for (let j: usize = 0; j < ROW; j += 16) {
      const log = f32x4.pmax(f32x4.splat(low), f32x4.pmin(f32x4.splat(high), v128.load(output + at + j)));
      let error = f32x4.sub(exponential(log), v128.load(target + row + j));
      if (power != 1) error = f32x4.mul(error, exponential(f32x4.mul(log, f32x4.splat(1 - power))));
      v128.store(slope + at + j, f32x4.mul(f32x4.mul(error, v128.load(weight + row + j)), f32x4.splat(unit)));
    }
  }
}

// Slope of the pinball loss at output `o`, the log of the quantile `level`: (1 if target < quantile - level) quantile weight unit.
export function quantileSlope(o: i32, level: f32, unit: f32, low: f32, high: f32): void {
  const one = f32x4.splat(1);
  for (let h = 0; h < H; h++) {
    const at = <usize>(h * O + o) * ROW, row = <usize>h * ROW;
    for (let j: usize = 0; j < ROW; j += 16) {
      const log = f32x4.pmax(f32x4.splat(low), f32x4.pmin(f32x4.splat(high), v128.load(output + at + j)));
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
    const at = output + <usize>(h * O) * ROW, row = <usize>h * ROW, offset = slope - output;
    for (let b: usize = 0; b < ROW; b += 4) {
      const mean0 = at + b, spread0 = at + <usize>o * ROW + b;
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
