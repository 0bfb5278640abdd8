import { etsKernel } from '../../kernels/ets.ts';
import { levenbergMarquardt, type NormalEquations } from '../../numerics/levenberg-marquardt.ts';
import {
  type EtsForm,
  type EtsLayout,
  type EtsParameters,
  type EtsStates,
  firstStates,
  layoutOf,
  parameterSlopes,
  parametersAt,
  startOf,
  statesAt,
} from './ets-form.ts';

export interface EtsFit {
  form: EtsForm;
  parameters: EtsParameters;
  /** Where the search ended, to start a later one from. */
  point: Float64Array;
  /** States after the last value; phases counted from the first value. */
  last: EtsStates;
  /** R's `logLik`: minus half of the criterion. */
  logLikelihood: number;
  aicc: number;
}

const SEASONS = { none: 0, additive: 1, multiplicative: 2 } as const;
/** A step lowers twice the log-likelihood by less than this: converged. */
const TOLERANCE = 1e-3;
/** Unbounded values of alpha that a search may start from: about 0.05, 0.18 and 0.9. */
const FIRST_LEVELS = [-1.5, -3, 2.2];

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
  load(first);
  const relative = form.errors === 'relative' ? 1 : 0;
  const trend = form.trend === 'none' ? 0 : 1;
  return kernel.filter(n, m, relative, trend, SEASONS[form.season], p.alpha, p.beta, p.gamma, p.phi);
}

function load(first: EtsStates): void {
  const kernel = etsKernel();
  kernel.state[0] = first.level;
  kernel.state[1] = first.slope;
  kernel.season.set(first.season);
}

/** Normal equations of the criterion by the unbounded values, from one pass of the kernel with derivatives. */
function linearise(n: number, m: number, form: EtsForm, at: EtsLayout, x: Float64Array): NormalEquations {
  const kernel = etsKernel();
  const k = at.count;
  const padded = k + (k % 2);
  const p = parametersAt(at, x);
  load(statesAt(form, at, m, x));
  kernel.dLevel.fill(0, 0, padded);
  kernel.dSlope.fill(0, 0, padded);
  kernel.dSeason.fill(0, 0, padded * m);
  kernel.dLevel[at.level] = 1;
  if (at.slope >= 0) kernel.dSlope[at.slope] = 1;
  if (at.season >= 0) {
    for (let phase = 0; phase < m - 1; phase++) {
      kernel.dSeason[phase * padded + at.season + phase] = 1;
      kernel.dSeason[(m - 1) * padded + at.season + phase] = -1;
    }
  }
  const relative = form.errors === 'relative' ? 1 : 0;
  const trend = form.trend === 'none' ? 0 : 1;
  const { alpha, beta, gamma, phi } = p;
  kernel.derivatives(
    n,
    m,
    relative,
    trend,
    SEASONS[form.season],
    alpha,
    beta,
    gamma,
    phi,
    padded,
    at.beta,
    at.phi,
    at.gamma,
  );
  const products = new Float64Array(k * k);
  const gradient = new Float64Array(k);
  const [squares, , count] = kernel.sums;
  // relative errors: the squares of errors times the geometric mean of the fitted values
  const logSlope = (i: number): number => (relative && count! > 0 ? kernel.logSlopes[i]! / count! : 0);
  for (let i = 0; i < k; i++) {
    const [ci, li] = [kernel.cross[i]!, logSlope(i)];
    gradient[i] = ci + squares! * li;
    for (let j = 0; j <= i; j++) {
      const [cj, lj] = [kernel.cross[j]!, logSlope(j)];
      products[i * k + j] = kernel.products[i * padded + j]! + ci * lj + cj * li + squares! * li * lj;
      products[j * k + i] = products[i * k + j]!;
    }
  }
  chain(at, x, products, gradient);
  return { products, gradient };
}

/** From derivatives by the parameters to derivatives by the unbounded values, in place. */
function chain(at: EtsLayout, x: Float64Array, products: Float64Array, gradient: Float64Array): void {
  const k = at.count;
  const slopes = parameterSlopes(at, x);
  const apply = (row: (i: number) => number, set: (i: number, value: number) => void): void => {
    let first = slopes.alpha * row(0);
    if (at.beta >= 0) {
      first += slopes.betaByAlpha * row(at.beta);
      set(at.beta, slopes.beta * row(at.beta));
    }
    if (at.gamma >= 0) {
      first += slopes.gammaByAlpha * row(at.gamma);
      set(at.gamma, slopes.gamma * row(at.gamma));
    }
    if (at.phi >= 0) set(at.phi, slopes.phi * row(at.phi));
    set(0, first);
  };
  const cell = (i: number, j: number) => i * k + j;
  for (let j = 0; j < k; j++) {
    apply(
      (i) => products[cell(i, j)]!,
      (i, value) => {
        products[cell(i, j)] = value;
      },
    );
  }
  for (let i = 0; i < k; i++) {
    apply(
      (j) => products[cell(i, j)]!,
      (j, value) => {
        products[cell(i, j)] = value;
      },
    );
  }
  apply(
    (i) => gradient[i]!,
    (i, value) => {
      gradient[i] = value;
    },
  );
}

/**
 * Fits one form by maximum likelihood over its smoothing parameters and first states together, by Gauss-Newton steps with
 * exact derivatives of every error.
 *
 * @param y values, NaN where unknown; at most `etsKernel().maxPeriods`
 * @param m periods in a season, 1 for none; at most `etsKernel().maxSeason`
 * @param iterations most steps; 10 to 20 reach R's likelihood
 * @param from point of an earlier fit of the same form: its smoothing parameters are where the search starts
 * @returns parameters, last states and the corrected Akaike criterion (infinite where there are too few values).
 *   O(iterations x n x unknowns^2). Hyndman, Koehler, Ord and Snyder 2008
 */
export function fitEts(
  y: Float64Array,
  m: number,
  form: EtsForm,
  iterations: number,
  from?: ArrayLike<number>,
): EtsFit {
  const at = layoutOf(form, m);
  const start = startOf(form, at, firstStates(y, m, form.season));
  etsKernel().series.set(y);
  const criterion = (x: Float64Array): number =>
    score(y.length, m, form, parametersAt(at, x), statesAt(form, at, m, x));
  if (from) for (let i = 0; i < at.level; i++) start[i] = from[i]!;
  else start[0] = quickest(start, criterion);
  const longest = Array.from({ length: at.count }, (_, i) => (i < at.level ? 2 : Number.POSITIVE_INFINITY));
  const best = levenbergMarquardt(criterion, (x) => linearise(y.length, m, form, at, x), start, {
    iterations,
    tolerance: TOLERANCE,
    longest,
  });
  const parameters = parametersAt(at, best.x);
  const { last } = runLoaded(y.length, m, form, parameters, statesAt(form, at, m, best.x));
  let count = 0;
  for (const value of y) if (!Number.isNaN(value)) count++;
  // the unknowns and the variance, as R counts them
  const k = at.count + 1;
  const aicc = count > k + 1 ? best.value + 2 * k + (2 * k * (k + 1)) / (count - k - 1) : Number.POSITIVE_INFINITY;
  return { form, parameters, point: best.x, last, logLikelihood: -best.value / 2, aicc };
}

/** The likelihood may have two peaks, one at a slow and one at a quick level: where the search starts, of `FIRST_LEVELS`. */
function quickest(start: Float64Array, criterion: (x: Float64Array) => number): number {
  let best = FIRST_LEVELS[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const level of FIRST_LEVELS) {
    const value = criterion(start.with(0, level));
    if (value < least) [best, least] = [level, value];
  }
  return best;
}

/** Fits every form and returns the one with the least corrected Akaike criterion; undefined where there are none. */
export function fitBestEts(
  y: Float64Array,
  m: number,
  forms: readonly EtsForm[],
  iterations: number,
): EtsFit | undefined {
  let best: EtsFit | undefined;
  for (const form of forms) {
    const fit = fitEts(y, m, form, iterations);
    if (!best || fit.aicc < best.aicc) best = fit;
  }
  return best;
}

/** Means of the next `horizon` periods after a series of length `n`. */
export function etsMeans(
  fit: Pick<EtsFit, 'form' | 'parameters' | 'last'>,
  n: number,
  m: number,
  horizon: number,
  out: Float64Array,
): void {
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
