// Exponential smoothing: one pass of level, trend and season over a series, alone or with the derivatives of the errors by
// every parameter and first state. Buffers are static.

const MAX_PERIODS: i32 = 16384;
const MAX_SEASON: i32 = 64;
// four smoothing parameters, level, slope and the free seasonal states, rounded up to pairs
const MAX_PARAMETERS: i32 = 70;

const SERIES: usize = memory.data(16384 * 8);
const FITTED: usize = memory.data(16384 * 8);
const SEASON: usize = memory.data(64 * 8);
const STATE: usize = memory.data(2 * 8);
const D_LEVEL: usize = memory.data(70 * 8, 16);
const D_SLOPE: usize = memory.data(70 * 8, 16);
const D_FITTED: usize = memory.data(70 * 8, 16);
const D_SEASON: usize = memory.data(64 * 70 * 8, 16);
const PRODUCTS: usize = memory.data(70 * 70 * 8, 16);
const CROSS: usize = memory.data(70 * 8, 16);
const LOG_SLOPES: usize = memory.data(70 * 8, 16);
const SUMS: usize = memory.data(3 * 8);

const TINY: f64 = 1e-10;

export function maxPeriods(): i32 { return MAX_PERIODS; }
export function maxSeason(): i32 { return MAX_SEASON; }
export function maxParameters(): i32 { return MAX_PARAMETERS; }
export function series(): usize { return SERIES; }
export function fitted(): usize { return FITTED; }
export function season(): usize { return SEASON; }
export function state(): usize { return STATE; }
export function dLevel(): usize { return D_LEVEL; }
export function dSlope(): usize { return D_SLOPE; }
export function dSeason(): usize { return D_SEASON; }
export function products(): usize { return PRODUCTS; }
export function cross(): usize { return CROSS; }
export function logSlopes(): usize { return LOG_SLOPES; }
export function sums(): usize { return SUMS; }

// Criterion of Hyndman et al. (2008): n log(sum of squared errors), plus 2 sum log|fitted| where errors are relative.
// On entry SEASON holds the seasonal states of phases 0..m-1 and STATE level and slope; on return the last ones.
// seasonKind: 0 none, 1 additive, 2 multiplicative. A NaN in the series is stepped over. Relative errors of a forecast that
// is not positive have no likelihood: infinite.
export function filter(
  n: i32, m: i32, relativeErrors: i32, hasTrend: i32, seasonKind: i32,
  alpha: f64, beta: f64, gamma: f64, phi: f64,
): f64 {
  let level = load<f64>(STATE);
  let slope = load<f64>(STATE, 8);
  let squares: f64 = 0;
  let logs: f64 = 0;
  let product: f64 = 1;
  let count: i32 = 0;
  let phase: i32 = 0;
  for (let t = 0; t < n; t++) {
    const y = load<f64>(SERIES + ((<usize>t) << 3));
    const damped = hasTrend ? phi * slope : 0;
    const base = level + damped;
    const seasonAt = SEASON + ((<usize>phase) << 3);
    const old = seasonKind ? load<f64>(seasonAt) : 0;
    let forecast = base;
    if (seasonKind == 1) forecast = base + old;
    else if (seasonKind == 2) forecast = base * old;
    store<f64>(FITTED + ((<usize>t) << 3), forecast);
    if (y == y) {
      count++;
      if (relativeErrors) {
        if (!(forecast > TINY)) return Infinity;
        const e = (y - forecast) / forecast;
        squares += e * e;
        product *= forecast;
        if (product > 1e150 || product < 1e-150) {
          logs += Math.log(product);
          product = 1;
        }
      } else {
        squares += (y - forecast) * (y - forecast);
      }
      let deseasoned = y;
      if (seasonKind == 1) deseasoned = y - old;
      else if (seasonKind == 2) deseasoned = y / (abs(old) < TINY ? TINY : old);
      const step = deseasoned - base;
      level = base + alpha * step;
      slope = damped + beta * step;
      if (seasonKind == 1) store<f64>(seasonAt, old + gamma * (y - base - old));
      else if (seasonKind == 2) store<f64>(seasonAt, old + gamma * (y / (abs(base) < TINY ? TINY : base) - old));
    } else {
      level = base;
      slope = damped;
    }
    phase++;
    if (phase == m) phase = 0;
  }
  store<f64>(STATE, level);
  store<f64>(STATE, slope, 8);
  logs += Math.log(product);
  return <f64>count * Math.log(squares < 1e-300 ? 1e-300 : squares) + 2 * logs;
}

// The same pass with derivatives by k parameters (k even, padded): alpha is parameter 0; betaAt, phiAt and gammaAt are the
// places of the others, -1 where absent. On entry D_LEVEL, D_SLOPE and D_SEASON hold the derivatives of the first states.
// Leaves in PRODUCTS [k][k] (lower triangle) the sums of de de', in CROSS those of e de, in LOG_SLOPES those of
// d log(fitted), in SUMS squares, logs and the count.
export function derivatives(
  n: i32, m: i32, relativeErrors: i32, hasTrend: i32, seasonKind: i32,
  alpha: f64, beta: f64, gamma: f64, phi: f64,
  k: i32, betaAt: i32, phiAt: i32, gammaAt: i32,
): void {
  const bytes = (<usize>k) << 3;
  memory.fill(PRODUCTS, 0, <usize>k * bytes);
  memory.fill(CROSS, 0, bytes);
  memory.fill(LOG_SLOPES, 0, bytes);
  let level = load<f64>(STATE);
  let slope = load<f64>(STATE, 8);
  let squares: f64 = 0;
  let logs: f64 = 0;
  let count: i32 = 0;
  let phase: i32 = 0;
  const vPhi = f64x2.splat(phi);
  const vAlpha = f64x2.splat(alpha);
  const vBeta = f64x2.splat(beta);
  const vGamma = f64x2.splat(gamma);
  for (let t = 0; t < n; t++) {
    const y = load<f64>(SERIES + ((<usize>t) << 3));
    const damped = hasTrend ? phi * slope : 0;
    const base = level + damped;
    const seasonAt = SEASON + ((<usize>phase) << 3);
    const dSeasonAt = D_SEASON + <usize>phase * bytes;
    const old = seasonKind ? load<f64>(seasonAt) : 0;
    let forecast = base;
    if (seasonKind == 1) forecast = base + old;
    else if (seasonKind == 2) forecast = base * old;
    // D_LEVEL becomes the derivative of base, D_SLOPE that of the damped slope
    if (hasTrend) {
      for (let i: usize = 0; i < bytes; i += 16) {
        const d = f64x2.mul(vPhi, v128.load(D_SLOPE + i));
        v128.store(D_SLOPE + i, d);
        v128.store(D_LEVEL + i, f64x2.add(v128.load(D_LEVEL + i), d));
      }
      if (phiAt >= 0) {
        const at = (<usize>phiAt) << 3;
        store<f64>(D_SLOPE + at, load<f64>(D_SLOPE + at) + slope);
        store<f64>(D_LEVEL + at, load<f64>(D_LEVEL + at) + slope);
      }
    }
    if (y != y) {
      level = base;
      slope = damped;
      phase++;
      if (phase == m) phase = 0;
      continue;
    }
    count++;
    const step = seasonKind == 1 ? y - old - base : seasonKind == 2 ? y / old - base : y - base;
    const seasonStep = seasonKind == 1 ? y - base - old : seasonKind == 2 ? y / base - old : 0;
    // derivative of the deseasoned value by the season, and of the season's target by the base
    const bySeason = f64x2.splat(seasonKind == 1 ? -1 : seasonKind == 2 ? -y / (old * old) : 0);
    const byBase = f64x2.splat(seasonKind == 1 ? -1 : seasonKind == 2 ? -y / (base * base) : 0);
    const vOld = f64x2.splat(seasonKind == 2 ? old : 1);
    const vBase = f64x2.splat(seasonKind == 2 ? base : 1);
    for (let i: usize = 0; i < bytes; i += 16) {
      const dBase = v128.load(D_LEVEL + i);
      let dForecast = dBase;
      let dStep = f64x2.neg(dBase);
      if (seasonKind) {
        const ds = v128.load(dSeasonAt + i);
        dForecast = f64x2.add(f64x2.mul(dBase, vOld), f64x2.mul(vBase, ds));
        dStep = f64x2.add(dStep, f64x2.mul(bySeason, ds));
        const dTarget = f64x2.sub(f64x2.mul(byBase, dBase), ds);
        v128.store(dSeasonAt + i, f64x2.add(ds, f64x2.mul(vGamma, dTarget)));
      }
      v128.store(D_FITTED + i, dForecast);
      v128.store(D_LEVEL + i, f64x2.add(dBase, f64x2.mul(vAlpha, dStep)));
      if (hasTrend) v128.store(D_SLOPE + i, f64x2.add(v128.load(D_SLOPE + i), f64x2.mul(vBeta, dStep)));
    }
    store<f64>(D_LEVEL, load<f64>(D_LEVEL) + step);
    if (betaAt >= 0) {
      const at = D_SLOPE + ((<usize>betaAt) << 3);
      store<f64>(at, load<f64>(at) + step);
    }
    if (gammaAt >= 0) {
      const at = dSeasonAt + ((<usize>gammaAt) << 3);
      store<f64>(at, load<f64>(at) + seasonStep);
    }
    level = base + alpha * step;
    slope = damped + beta * step;
    if (seasonKind) store<f64>(seasonAt, old + gamma * seasonStep);
    let e = y - forecast;
    let factor: f64 = -1;
    if (relativeErrors) {
      e /= forecast;
      factor = -y / (forecast * forecast);
      logs += Math.log(forecast);
      const inverse = f64x2.splat(1 / forecast);
      for (let i: usize = 0; i < bytes; i += 16) {
        v128.store(LOG_SLOPES + i, f64x2.add(v128.load(LOG_SLOPES + i), f64x2.mul(inverse, v128.load(D_FITTED + i))));
      }
    }
    squares += e * e;
    const vError = f64x2.splat(e * factor);
    const square = factor * factor;
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(CROSS + i, f64x2.add(v128.load(CROSS + i), f64x2.mul(vError, v128.load(D_FITTED + i))));
    }
    let row = PRODUCTS;
    for (let i: usize = 0; i < bytes; i += 8) {
      const scaled = f64x2.splat(square * load<f64>(D_FITTED + i));
      for (let j: usize = 0; j <= i; j += 16) {
        v128.store(row + j, f64x2.add(v128.load(row + j), f64x2.mul(scaled, v128.load(D_FITTED + j))));
      }
      row += bytes;
    }
    phase++;
    if (phase == m) phase = 0;
  }
  store<f64>(SUMS, squares);
  store<f64>(SUMS, logs, 8);
  store<f64>(SUMS, <f64>count, 16);
}
