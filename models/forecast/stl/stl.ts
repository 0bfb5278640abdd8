/** Windows of `stl`; each odd. */
export interface StlWindows {
  season: number;
  trend: number;
  low: number;
}

export interface StlParts {
  season: Float64Array;
  trend: Float64Array;
  remainder: Float64Array;
}

/** Passes between season and trend, R's `inner` without robustness. */
const INNER = 2;

const nextOdd = (x: number): number => {
  const whole = Math.round(x);
  return whole % 2 === 0 ? whole + 1 : whole;
};

/** Windows as R's `stl` sets them from the seasonal one. */
export function stlWindows(m: number, season: number): StlWindows {
  return { season, trend: nextOdd(Math.ceil((1.5 * m) / (1 - 1.5 / season))), low: nextOdd(m) };
}

/**
 * Seasonal and trend decomposition by loess (Cleveland, Cleveland, McRae and Terpenning 1990): season of degree 0, trend of
 * degree 1, each smoothed at every tenth of its window and joined by straight lines, as in R's `stl` with its defaults.
 *
 * @param y values, all known, at least two seasons
 * @param m periods in a season
 * @returns parts that sum to y. O(n window / 10)
 */
export function stl(y: Float64Array, m: number, windows: StlWindows): StlParts {
  const n = y.length;
  const season = new Float64Array(n);
  const trend = new Float64Array(n);
  const rest = new Float64Array(n);
  const cycle = new Float64Array(n + 2 * m);
  const low = new Float64Array(n);
  for (let pass = 0; pass < INNER; pass++) {
    for (let t = 0; t < n; t++) rest[t] = y[t]! - trend[t]!;
    smoothPhases(rest, m, windows.season, cycle);
    const passed = movingMean(movingMean(movingMean(cycle, m), m), 3);
    smooth(passed, n, windows.low, 1, Math.ceil(windows.low / 10), low);
    for (let t = 0; t < n; t++) {
      season[t] = cycle[m + t]! - low[t]!;
      rest[t] = y[t]! - season[t]!;
    }
    smooth(rest, n, windows.trend, 1, Math.ceil(windows.trend / 10), trend);
  }
  return { season, trend, remainder: y.map((v, t) => v - season[t]! - trend[t]!) };
}

/** Smooths each phase of the season on its own, one value beyond both ends. */
function smoothPhases(y: Float64Array, m: number, window: number, out: Float64Array): void {
  const most = Math.ceil(y.length / m);
  const own = new Float64Array(most);
  const smoothed = new Float64Array(most);
  for (let phase = 0; phase < m; phase++) {
    const count = Math.floor((y.length - phase - 1) / m) + 1;
    for (let i = 0; i < count; i++) own[i] = y[i * m + phase]!;
    smooth(own, count, window, 0, Math.ceil(window / 10), smoothed);
    const before = estimate(own, count, window, 0, 0, 1, Math.min(window, count));
    const after = estimate(own, count, window, 0, count + 1, Math.max(1, count - window + 1), count);
    out[phase] = Number.isNaN(before) ? smoothed[0]! : before;
    for (let i = 0; i < count; i++) out[(i + 1) * m + phase] = smoothed[i]!;
    out[(count + 1) * m + phase] = Number.isNaN(after) ? smoothed[count - 1]! : after;
  }
}

function movingMean(x: Float64Array, length: number): Float64Array {
  const out = new Float64Array(x.length - length + 1);
  let sum = 0;
  for (let i = 0; i < length; i++) sum += x[i]!;
  out[0] = sum / length;
  for (let i = 1; i < out.length; i++) {
    sum += x[i + length - 1]! - x[i - 1]!;
    out[i] = sum / length;
  }
  return out;
}

/** Loess of the first n values at every `jump`-th place, straight lines between; places count from 1 as in the paper's code. */
function smooth(y: Float64Array, n: number, window: number, degree: 0 | 1, jump: number, out: Float64Array): void {
  if (n < 2) {
    if (n === 1) out[0] = y[0]!;
    return;
  }
  const step = Math.min(jump, n - 1);
  const half = (window + 1) >> 1;
  let left = 1;
  let right = Math.min(window, n);
  const at = (i: number): number => {
    if (window < n) {
      left = Math.max(1, Math.min(n - window + 1, i - half + 1));
      right = left + window - 1;
    }
    const value = estimate(y, n, window, degree, i, left, right);
    return Number.isNaN(value) ? y[i - 1]! : value;
  };
  const line = (from: number, to: number): void => {
    const slope = (out[to - 1]! - out[from - 1]!) / (to - from);
    for (let j = from + 1; j < to; j++) out[j - 1] = out[from - 1]! + slope * (j - from);
  };
  let last = 1;
  out[0] = at(1);
  for (let i = 1 + step; i <= n; i += step) {
    out[i - 1] = at(i);
    line(last, i);
    last = i;
  }
  if (last !== n) {
    out[n - 1] = at(n);
    line(last, n);
  }
}

/** Locally weighted mean (degree 0) or line (degree 1) at place x, tricube weights; NaN where nothing has weight. */
function estimate(
  y: Float64Array,
  n: number,
  window: number,
  degree: 0 | 1,
  x: number,
  left: number,
  right: number,
): number {
  let h = Math.max(x - left, right - x);
  if (window > n) h += (window - n) >> 1;
  let weight = 0;
  let first = 0;
  let second = 0;
  let sum = 0;
  let cross = 0;
  for (let j = left; j <= right; j++) {
    const r = Math.abs(j - x);
    if (r > 0.999 * h) continue;
    const share = r / h;
    const cube = 1 - share * share * share;
    const w = r <= 0.001 * h ? 1 : cube * cube * cube;
    weight += w;
    first += w * (j - x);
    second += w * (j - x) * (j - x);
    sum += w * y[j - 1]!;
    cross += w * (j - x) * y[j - 1]!;
  }
  if (!(weight > 0)) return Number.NaN;
  const mean = sum / weight;
  if (degree === 0 || !(h > 0)) return mean;
  const centre = first / weight;
  const spread = second / weight - centre * centre;
  if (!(Math.sqrt(Math.max(0, spread)) > 0.001 * (n - 1))) return mean;
  return mean - (centre * (cross / weight - centre * mean)) / spread;
}
