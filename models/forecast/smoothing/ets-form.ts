/** A form of exponential smoothing; seasonal only where the season is longer than one period. */
export interface EtsForm {
  errors: 'additive' | 'relative';
  trend: 'none' | 'additive' | 'damped';
  season: 'none' | 'additive' | 'multiplicative';
}

export interface EtsParameters {
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
}

/** States before the first value: level, slope, and the seasonal states of phases 0 to m - 1. */
export interface EtsStates {
  level: number;
  slope: number;
  season: Float64Array;
}

/** Where each unknown of a form stands in its vector: smoothing parameters first, then first states; -1 where absent. */
export interface EtsLayout {
  beta: number;
  gamma: number;
  phi: number;
  level: number;
  slope: number;
  season: number;
  count: number;
}

const LOW = 1e-4;
/** Range of the damping factor, as in R's `ets`. */
const PHI_LOW = 0.8;
const PHI_HIGH = 0.98;
/** Beyond this the squashed parameters no longer change. */
const FAR = 12;
/** Seasons that first states are taken from. */
const FIRST_SEASONS = 8;

const TRENDS = ['none', 'additive', 'damped'] as const;

/** Layout of the unknowns of a form with a season of m periods. */
export function layoutOf(form: EtsForm, m: number): EtsLayout {
  let next = 1;
  const place = (present: boolean, size = 1): number => {
    if (!present) return -1;
    next += size;
    return next - size;
  };
  const trended = form.trend !== 'none';
  const seasonal = form.season !== 'none';
  const beta = place(trended);
  const gamma = place(seasonal);
  const phi = place(form.trend === 'damped');
  const level = place(true);
  const slope = place(trended);
  const season = place(seasonal, m - 1);
  return { beta, gamma, phi, level, slope, season, count: next };
}

const squash = (x: number): number => LOW + (1 - 2 * LOW) / (1 + Math.exp(-Math.max(-FAR, Math.min(FAR, x))));
const squashSlope = (x: number): number => {
  const share = 1 / (1 + Math.exp(-Math.max(-FAR, Math.min(FAR, x))));
  return (1 - 2 * LOW) * share * (1 - share);
};

/** From unbounded values to parameters within the usual bounds: beta below alpha, gamma below 1 - alpha. */
export function parametersAt(at: EtsLayout, x: ArrayLike<number>): EtsParameters {
  const alpha = squash(x[0]!);
  return {
    alpha,
    beta: at.beta < 0 ? 0 : alpha * squash(x[at.beta]!),
    gamma: at.gamma < 0 ? 0 : (1 - alpha) * squash(x[at.gamma]!),
    phi: at.phi < 0 ? 1 : PHI_LOW + (PHI_HIGH - PHI_LOW) * squash(x[at.phi]!),
  };
}

/** Derivatives of `parametersAt`: of each parameter by its own value, and of beta and gamma by that of alpha. */
export function parameterSlopes(at: EtsLayout, x: ArrayLike<number>) {
  const alpha = squash(x[0]!);
  const alphaSlope = squashSlope(x[0]!);
  return {
    alpha: alphaSlope,
    beta: at.beta < 0 ? 0 : alpha * squashSlope(x[at.beta]!),
    betaByAlpha: at.beta < 0 ? 0 : alphaSlope * squash(x[at.beta]!),
    gamma: at.gamma < 0 ? 0 : (1 - alpha) * squashSlope(x[at.gamma]!),
    gammaByAlpha: at.gamma < 0 ? 0 : -alphaSlope * squash(x[at.gamma]!),
    phi: at.phi < 0 ? 0 : (PHI_HIGH - PHI_LOW) * squashSlope(x[at.phi]!),
  };
}

/** A slow level, a slower trend and season, light damping, and first states from the first seasons. */
export function startOf(form: EtsForm, at: EtsLayout, first: EtsStates): Float64Array {
  const x = new Float64Array(at.count);
  x[0] = -1.5;
  if (at.beta >= 0) x[at.beta] = -3;
  if (at.gamma >= 0) x[at.gamma] = -2.5;
  if (at.phi >= 0) x[at.phi] = 1;
  x[at.level] = first.level;
  if (form.season !== 'none') x.set(first.season.subarray(0, first.season.length - 1), at.season);
  return x;
}

/** First states of a vector of unknowns; the last seasonal state makes the mean 0, or 1 where the season multiplies. */
export function statesAt(form: EtsForm, at: EtsLayout, m: number, x: Float64Array): EtsStates {
  const season = new Float64Array(m);
  if (form.season !== 'none') {
    let last = form.season === 'multiplicative' ? m : 0;
    for (let k = 0; k < m - 1; k++) {
      season[k] = x[at.season + k]!;
      last -= season[k]!;
    }
    season[m - 1] = last;
  }
  return { level: x[at.level]!, slope: at.slope < 0 ? 0 : x[at.slope]!, season };
}

/**
 * First states from the mean and the phase means of the first seasons.
 *
 * @param y values, NaN where unknown
 */
export function firstStates(y: Float64Array, m: number, season: EtsForm['season']): EtsStates {
  const length = Math.min(y.length, Math.max(10, FIRST_SEASONS * m));
  const sums = new Float64Array(m);
  const counts = new Float64Array(m);
  for (let t = 0; t < length; t++) {
    if (Number.isNaN(y[t]!)) continue;
    sums[t % m]! += y[t]!;
    counts[t % m]!++;
  }
  let level = 0;
  let phases = 0;
  for (let k = 0; k < m; k++) {
    if (counts[k] === 0) continue;
    level += sums[k]! / counts[k]!;
    phases++;
  }
  level = phases > 0 ? level / phases : 0;
  const states = new Float64Array(m);
  for (let k = 0; k < m; k++) {
    const mean = counts[k]! > 0 ? sums[k]! / counts[k]! : level;
    if (season === 'additive') states[k] = mean - level;
    else if (season === 'multiplicative') states[k] = level > 0 ? Math.max(0.01, mean / level) : 1;
  }
  return { level, slope: 0, season: states };
}

/**
 * The forms that can be told apart on a series: relative errors and multiplying seasons need positive values, seasons more
 * than one period; R's `ets` leaves the same ones out (additive errors with a multiplying season, multiplying trends).
 *
 * @param trends trends allowed; without plain ones where a long horizon would let them run away
 */
export function formsFor(m: number, positive: boolean, trends: readonly EtsForm['trend'][] = TRENDS): EtsForm[] {
  const seasons: EtsForm['season'][] = m === 1 ? ['none'] : ['none', 'additive', 'multiplicative'];
  const errors: EtsForm['errors'][] = positive ? ['additive', 'relative'] : ['additive'];
  return errors.flatMap((error) =>
    seasons
      .filter((season) => error === 'relative' || season !== 'multiplicative')
      .flatMap((season) => trends.map((trend) => ({ errors: error, trend, season }))),
  );
}
