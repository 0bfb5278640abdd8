// Exponential smoothing filter: one pass of level, trend and season over a series. Buffers are static.

const MAX_PERIODS: i32 = 16384;
const MAX_SEASON: i32 = 64;

const SERIES: usize = memory.data(16384 * 8);
const FITTED: usize = memory.data(16384 * 8);
const SEASON: usize = memory.data(64 * 8);
const STATE: usize = memory.data(2 * 8);

const TINY: f64 = 1e-10;

export function maxPeriods(): i32 { return MAX_PERIODS; }
export function maxSeason(): i32 { return MAX_SEASON; }
export function series(): usize { return SERIES; }
export function fitted(): usize { return FITTED; }
export function season(): usize { return SEASON; }
export function state(): usize { return STATE; }

// Criterion of Hyndman et al. (2008): n log(sum of squared errors), plus 2 sum log|fitted| where errors are relative.
// On entry SEASON holds the seasonal states of phases 0..m-1 and STATE level and slope; on return the last ones.
// seasonKind: 0 none, 1 additive, 2 multiplicative. A NaN in the series is stepped over.
export function filter(
  n: i32, m: i32, relativeErrors: i32, hasTrend: i32, seasonKind: i32,
  alpha: f64, beta: f64, gamma: f64, phi: f64,
): f64 {
  let level = load<f64>(STATE);
  let slope = load<f64>(STATE, 8);
  let squares: f64 = 0;
  let logs: f64 = 0;
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
        const floor = abs(forecast) < TINY ? TINY : abs(forecast);
        const e = (y - forecast) / floor;
        squares += e * e;
        logs += Math.log(floor);
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
  return <f64>count * Math.log(squares < 1e-300 ? 1e-300 : squares) + 2 * logs;
}
