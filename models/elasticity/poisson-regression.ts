import { type Factored, factor, solve } from './symmetric.ts';

/**
 * Data of a count regression `mean = exp(group effect + dummies + dense columns)`. Each row lies in one group (its
 * location), has a few dummies that are on (weekday, season block, events) and a value in every dense column.
 */
export interface CountDesign {
  rows: number;
  /** Counts, zero or more; they need not be whole. */
  y: Float64Array;
  /** Group of each row, 0 to groups - 1. */
  group: Int32Array;
  groups: number;
  /** Dummies that are on in row `i`: `dummy[dummyStart[i] .. dummyStart[i + 1]]`. */
  dummyStart: Int32Array;
  dummy: Int32Array;
  dummies: number;
  /** Dense columns, each of `rows` values. */
  dense: Float64Array[];
  /** Cluster of each row, 0 to clusters - 1: rows of one cluster may be correlated. */
  cluster: Int32Array;
  clusters: number;
}

export interface CountFit {
  /** Coefficients: dummies first, then dense columns; NaN where a column was dropped as dependent. */
  coefficients: Float64Array;
  groupEffects: Float64Array;
  mean: Float64Array;
  deviance: number;
  iterations: number;
  converged: boolean;
  /** The normal matrix with the group effects eliminated, factored. */
  normal: Factored;
  /** Weighted mean of every column by group, [group][column]. */
  columnMeans: Float64Array;
}

const MAX_ITERATIONS = 60;
const RELATIVE_CHANGE = 1e-10;
/** exp(40) is past any count; keeps a step that overshoots finite. */
const MAX_LOG_MEAN = 40;

/**
 * Poisson pseudo maximum likelihood with group effects, by iteratively reweighted least squares. Zeros need no
 * constant added, and only the mean has to be right: the variance may be anything.
 *
 * The group effects are eliminated from the normal equations exactly (their block is diagonal), so the result is that
 * of a Poisson regression with one dummy per group. Every group and every dummy must have a positive sum of `y`
 * (see `dropSeparated`).
 *
 * @remarks O(iterations x (rows x k^2 + groups x p^2 + p^3)), k dummies and dense columns of a row, p all columns.
 * Santos Silva and Tenreyro (2006), "The log of gravity", Review of Economics and Statistics 88.
 */
export function fitCounts(design: CountDesign): CountFit {
  const { rows, y, groups } = design;
  const size = design.dummies + design.dense.length;
  const eta = new Float64Array(rows);
  const mean = startingMeans(design);
  for (let i = 0; i < rows; i++) eta[i] = Math.log(mean[i]!);
  let coefficients: Float64Array = new Float64Array(size);
  let groupEffects: Float64Array = new Float64Array(groups);
  let last = devianceOf(y, mean);
  let iterations = 0;
  let converged = false;
  const working = new Float64Array(rows);
  let system: NormalEquations;
  while (iterations < MAX_ITERATIONS && !converged) {
    iterations++;
    for (let i = 0; i < rows; i++) working[i] = eta[i]! + (y[i]! - mean[i]!) / mean[i]!;
    system = normalEquations(design, mean, working);
    let next: Float64Array = solve(system.normal, system.right);
    let nextGroups: Float64Array = groupsOf(system, next, groups, size);
    let deviance = Number.POSITIVE_INFINITY;
    for (let halvings = 0; halvings < 12; halvings++) {
      if (halvings > 0) {
        next = halfway(next, coefficients);
        nextGroups = halfway(nextGroups, groupEffects);
      }
      predict(design, next, nextGroups, eta);
      for (let i = 0; i < rows; i++) mean[i] = Math.exp(eta[i]!);
      deviance = devianceOf(y, mean);
      if (iterations === 1 || deviance <= last * (1 + 1e-9) + 1e-12) break;
    }
    converged = iterations > 1 && Math.abs(last - deviance) <= RELATIVE_CHANGE * (Math.abs(deviance) + 0.1);
    coefficients = next;
    groupEffects = nextGroups;
    last = deviance;
  }
  for (let i = 0; i < rows; i++) working[i] = eta[i]!;
  system = normalEquations(design, mean, working);
  for (let j = 0; j < size; j++) if (system.normal.kept[j] === 0) coefficients[j] = Number.NaN;
  return {
    coefficients,
    groupEffects,
    mean,
    deviance: last,
    iterations,
    converged: converged || last === 0,
    normal: system.normal,
    columnMeans: system.columnMeans,
  };
}

/** Halfway between each count and its group's mean: positive, and right in level. */
function startingMeans({ rows, y, group, groups }: CountDesign): Float64Array {
  const sum = new Float64Array(groups);
  const count = new Float64Array(groups);
  for (let i = 0; i < rows; i++) {
    sum[group[i]!]! += y[i]!;
    count[group[i]!]! += 1;
  }
  return Float64Array.from(y, (value, i) => Math.max(1e-6, (value + sum[group[i]!]! / count[group[i]!]!) / 2));
}

const halfway = (a: Float64Array, b: Float64Array): Float64Array => a.map((v, i) => (v + b[i]!) / 2);

/** Linear predictor of every row; dropped columns (NaN) count as absent. */
function predict(design: CountDesign, coefficients: Float64Array, groups: Float64Array, eta: Float64Array): void {
  const { dummyStart, dummy, dense, dummies } = design;
  for (let i = 0; i < design.rows; i++) {
    let sum = groups[design.group[i]!]!;
    for (let at = dummyStart[i]!; at < dummyStart[i + 1]!; at++) sum += coefficients[dummy[at]!]!;
    for (let k = 0; k < dense.length; k++) sum += dense[k]![i]! * coefficients[dummies + k]!;
    eta[i] = Math.max(-MAX_LOG_MEAN, Math.min(MAX_LOG_MEAN, sum));
  }
}

/** Twice the Poisson log-likelihood lost against a perfect fit. */
function devianceOf(y: Float64Array, mean: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    sum += mean[i]! - y[i]!;
    if (y[i]! > 0) sum += y[i]! * Math.log(y[i]! / mean[i]!);
  }
  return Math.max(0, 2 * sum);
}

interface NormalEquations {
  normal: Factored;
  right: Float64Array;
  columnMeans: Float64Array;
  workingMeans: Float64Array;
}

/** Weighted least squares of `working` on all columns, with the group effects eliminated. */
function normalEquations(design: CountDesign, weight: Float64Array, working: Float64Array): NormalEquations {
  const { rows, group, groups, dummyStart, dummy, dummies, dense } = design;
  const size = dummies + dense.length;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  const columnMeans = new Float64Array(groups * size);
  const workingMeans = new Float64Array(groups);
  const total = new Float64Array(groups);
  for (let i = 0; i < rows; i++) {
    const w = weight[i]!;
    const wz = w * working[i]!;
    const mine = group[i]! * size;
    total[group[i]!]! += w;
    workingMeans[group[i]!]! += wz;
    const from = dummyStart[i]!;
    const to = dummyStart[i + 1]!;
    for (let a = from; a < to; a++) {
      const column = dummy[a]!;
      right[column]! += wz;
      columnMeans[mine + column]! += w;
      for (let b = from; b <= a; b++) {
        const other = dummy[b]!;
        if (other <= column) matrix[column * size + other]! += w;
        else matrix[other * size + column]! += w;
      }
    }
    for (let k = 0; k < dense.length; k++) {
      const column = dummies + k;
      const wx = w * dense[k]![i]!;
      const base = column * size;
      right[column]! += wx * working[i]!;
      columnMeans[mine + column]! += wx;
      for (let a = from; a < to; a++) matrix[base + dummy[a]!]! += wx;
      for (let m = 0; m <= k; m++) matrix[base + dummies + m]! += wx * dense[m]![i]!;
    }
  }
  const scale = new Float64Array(size);
  for (let j = 0; j < size; j++) scale[j] = matrix[j * size + j]!;
  for (let g = 0; g < groups; g++) {
    const inverse = 1 / total[g]!;
    const mine = g * size;
    for (let j = 0; j < size; j++) {
      const sum = columnMeans[mine + j]!;
      if (sum === 0) continue;
      const scaled = sum * inverse;
      right[j]! -= scaled * workingMeans[g]!;
      for (let m = 0; m <= j; m++) matrix[j * size + m]! -= scaled * columnMeans[mine + m]!;
    }
    for (let j = 0; j < size; j++) columnMeans[mine + j]! *= inverse;
    workingMeans[g]! *= inverse;
  }
  return { normal: factor(matrix, size, scale), right, columnMeans, workingMeans };
}

function groupsOf(system: NormalEquations, coefficients: Float64Array, groups: number, size: number) {
  const effects = new Float64Array(groups);
  for (let g = 0; g < groups; g++) {
    let effect = system.workingMeans[g]!;
    for (let j = 0; j < size; j++) effect -= system.columnMeans[g * size + j]! * coefficients[j]!;
    effects[g] = effect;
  }
  return effects;
}
