import { etsKernel } from '../kernels/ets.ts';
import { nelderMead } from './nelder-mead.ts';

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

export interface EtsFit {
  form: EtsForm;
  parameters: EtsParameters;
  /** Where the search ended, to start a later one from. */
  point: number[];
  /** States after the last value; phases counted from the first value. */
  last: EtsStates;
  aicc: number;
}

const SEASONS = { none: 0, additive: 1, multiplicative: 2 } as const;
const LOW = 1e-4;
/** Range of the damping factor, as in R's `ets`. */
const PHI_LOW = 0.8;
const PHI_HIGH = 0.98;

const squash = (x: number): number => LOW + (1 - 2 * LOW) / (1 + Math.exp(-x));

/** From an unbounded point to parameters within the usual bounds: beta below alpha, gamma below 1 - alpha. */
function parametersAt(form: EtsForm, point: readonly number[]): EtsParameters {
  let next = 0;
  const alpha = squash(point[next++]!);
  const beta = form.trend === 'none' ? 0 : alpha * squash(point[next++]!);
  const gamma = form.season === 'none' ? 0 : (1 - alpha) * squash(point[next++]!);
  const phi = form.trend === 'damped' ? PHI_LOW + (PHI_HIGH - PHI_LOW) * squash(point[next]!) : 1;
  return { alpha, beta, gamma, phi };
}

/** A slow level, a slower trend and season, light damping. */
function startPoint(form: EtsForm): number[] {
  const point = [-1.5];
  if (form.trend !== 'none') point.push(-3);
  if (form.season !== 'none') point.push(-2.5);
  if (form.trend === 'damped') point.push(1);
  return point;
}

/** Seasons that first states are taken from. */
const FIRST_SEASONS = 8;

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

/** The criterion n log(SSE) (+ 2 sum log|fitted| for relative errors) of given parameters and first states. */
export function etsCriterion(
  y: Float64Array,
  m: number,
  form: EtsForm,
  parameters: EtsParameters,
  first: EtsStates,
): { criterion: number; last: EtsStates } {
  const kernel = etsKernel();
  kernel.series.set(y);
  return runLoaded(y.length, m, form, parameters, first);
}

function runLoaded(
  n: number,
  m: number,
  form: EtsForm,
  p: EtsParameters,
  first: EtsStates,
): { criterion: number; last: EtsStates } {
  const kernel = etsKernel();
  const criterion = score(n, m, form, p, first);
  return {
    criterion,
    last: { level: kernel.state[0]!, slope: kernel.state[1]!, season: kernel.season.slice(0, m) },
  };
}

function score(n: number, m: number, form: EtsForm, p: EtsParameters, first: EtsStates): number {
  const kernel = etsKernel();
  kernel.state[0] = first.level;
  kernel.state[1] = first.slope;
  kernel.season.set(first.season);
  const relative = form.errors === 'relative' ? 1 : 0;
  const trend = form.trend === 'none' ? 0 : 1;
  return kernel.filter(n, m, relative, trend, SEASONS[form.season], p.alpha, p.beta, p.gamma, p.phi);
}

/**
 * Fits one form by maximum likelihood over its smoothing parameters; first states are taken from the first seasons.
 *
 * @param y values, NaN where unknown; at most `etsKernel().maxPeriods`
 * @param m periods in a season, 1 for none
 * @param from point of an earlier fit of the same form, to start from
 * @returns parameters, last states and the corrected Akaike criterion (infinite where there are too few values).
 *   O(n x evaluations). Hyndman, Koehler, Ord and Snyder 2008
 */
export function fitEts(
  y: Float64Array,
  m: number,
  form: EtsForm,
  evaluations: number,
  from?: readonly number[],
): EtsFit {
  const first = firstStates(y, m, form.season);
  etsKernel().series.set(y);
  const start = from ?? startPoint(form);
  const best = nelderMead(
    (point) => score(y.length, m, form, parametersAt(form, point), first),
    start,
    from ? 0.3 : 0.8,
    evaluations,
    1e-3,
  );
  const parameters = parametersAt(form, best.x);
  const { criterion, last } = runLoaded(y.length, m, form, parameters, first);
  let count = 0;
  for (const value of y) if (!Number.isNaN(value)) count++;
  // smoothing parameters, first states and the variance, as R counts them
  const states = 1 + (form.trend === 'none' ? 0 : 1) + (form.season === 'none' ? 0 : m - 1);
  const k = start.length + states + 1;
  const aicc = count > k + 1 ? criterion + 2 * k + (2 * k * (k + 1)) / (count - k - 1) : Number.POSITIVE_INFINITY;
  return { form, parameters, point: best.x, last, aicc };
}

/** Means of the next `horizon` periods after a series of length `n`. */
export function etsMeans(fit: EtsFit, n: number, m: number, horizon: number, out: Float64Array): void {
  const { last, form, parameters } = fit;
  let trend = 0;
  let factor = 1;
  for (let h = 0; h < horizon; h++) {
    factor *= parameters.phi;
    if (form.trend !== 'none') trend += factor * last.slope;
    const base = last.level + trend;
    const season = last.season[(n + h) % m]!;
    out[h] = form.season === 'additive' ? base + season : form.season === 'multiplicative' ? base * season : base;
  }
}
