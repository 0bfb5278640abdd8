import { type DesignMatrix, rowsOf, solvePositiveDefinite, standardisationOf } from './design-matrix.ts';
import { logistic } from './special-functions.ts';

/** log odds = intercept + sum of coefficient x column, in the columns' own units. */
export interface LogisticModel {
  intercept: number;
  coefficients: Float64Array;
  /** Mean of each column in training: where a contribution counts as zero. */
  centre: Float64Array;
  lambda: number;
}

const MAX_STEPS = 50;

/**
 * Logistic regression with a ridge penalty by Newton's method (iteratively reweighted least squares).
 *
 * Minimises - log likelihood + lambda / 2 x sum of squared coefficients of the standardised columns; the intercept is not
 * penalised, so columns are scaled but need no centring and zeros stay zeros. With lambda 0 it is R's `glm(family = binomial)`.
 * @param labels 0 or 1 per row
 * Cost: O(rows x width^2) a step, some 6 steps.
 * Source: Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, 4.4.1 and 3.4.1.
 */
export function fitRidgeLogistic(matrix: DesignMatrix, labels: ArrayLike<number>, lambda: number): LogisticModel {
  const { rows, width } = matrix;
  const { mean, spread } = standardisationOf(matrix);
  const size = width + 1;
  const x = new Float64Array(rows * size);
  let positives = 0;
  for (let i = 0; i < rows; i++) {
    x[i * size] = 1;
    positives += labels[i]!;
    for (let j = 0; j < width; j++) x[i * size + j + 1] = matrix.values[i * width + j]! / spread[j]!;
  }
  // half a case on either side keeps the odds finite where all labels are alike
  let beta = new Float64Array(size);
  beta[0] = Math.log((positives + 0.5) / (rows - positives + 0.5));
  let loss = penalisedLoss(x, labels, beta, lambda);
  for (let step = 0; step < MAX_STEPS; step++) {
    const direction = newtonStep(x, labels, beta, lambda);
    let scale = 1;
    let next = beta;
    let nextLoss = Infinity;
    for (; scale > 1e-4; scale /= 2) {
      next = beta.map((value, j) => value + scale * direction[j]!);
      nextLoss = penalisedLoss(x, labels, next, lambda);
      if (nextLoss <= loss) break;
    }
    if (!(nextLoss <= loss)) break;
    const gain = loss - nextLoss;
    beta = next;
    loss = nextLoss;
    if (gain <= 1e-9 * (1 + loss)) break;
  }
  const coefficients = new Float64Array(width);
  for (let j = 0; j < width; j++) coefficients[j] = beta[j + 1]! / spread[j]!;
  return { intercept: beta[0]!, coefficients, centre: mean, lambda };
}

function newtonStep(x: Float64Array, labels: ArrayLike<number>, beta: Float64Array, lambda: number): Float64Array {
  const size = beta.length;
  const rows = labels.length;
  const hessian = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  for (let i = 0; i < rows; i++) {
    const from = i * size;
    let eta = 0;
    for (let j = 0; j < size; j++) eta += x[from + j]! * beta[j]!;
    const p = logistic(eta);
    const weight = Math.max(p * (1 - p), 1e-9);
    const residual = labels[i]! - p;
    for (let j = 0; j < size; j++) {
      const value = x[from + j]!;
      if (value === 0) continue;
      gradient[j]! += value * residual;
      const weighted = weight * value;
      const row = j * size;
      for (let k = 0; k <= j; k++) hessian[row + k]! += weighted * x[from + k]!;
    }
  }
  for (let j = 0; j < size; j++) {
    if (j > 0) gradient[j]! -= lambda * beta[j]!;
    hessian[j * size + j]! += j > 0 ? Math.max(lambda, 1e-9) : 1e-12;
  }
  return solvePositiveDefinite(hessian, gradient);
}

function penalisedLoss(x: Float64Array, labels: ArrayLike<number>, beta: Float64Array, lambda: number): number {
  const size = beta.length;
  let loss = 0;
  for (let i = 0; i < labels.length; i++) {
    let eta = 0;
    for (let j = 0; j < size; j++) eta += x[i * size + j]! * beta[j]!;
    loss += Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - labels[i]! * eta;
  }
  for (let j = 1; j < size; j++) loss += (lambda / 2) * beta[j]! ** 2;
  return loss;
}

/** Log odds of each row. */
export function logOdds(model: LogisticModel, matrix: DesignMatrix): Float64Array {
  const eta = new Float64Array(matrix.rows);
  for (let i = 0; i < matrix.rows; i++) {
    let sum = model.intercept;
    for (let j = 0; j < matrix.width; j++) sum += matrix.values[i * matrix.width + j]! * model.coefficients[j]!;
    eta[i] = sum;
  }
  return eta;
}

/** From weak to strong, for columns of unit spread. */
export const LAMBDAS = [0.3, 3, 30, 100] as const;

/**
 * The ridge penalty with the smallest log loss over held-out folds; row `i` belongs to fold `i mod folds` of `order`.
 * Cost: a fit per fold and penalty.
 */
export function chooseLambda(
  matrix: DesignMatrix,
  labels: ArrayLike<number>,
  order: ArrayLike<number>,
  folds = 3,
  lambdas: readonly number[] = LAMBDAS,
): number {
  const losses = lambdas.map(() => 0);
  for (let fold = 0; fold < folds; fold++) {
    const { train, test } = splitFold(order, fold, folds);
    if (train.length === 0 || test.length === 0) continue;
    const trainMatrix = rowsOf(matrix, train);
    const testMatrix = rowsOf(matrix, test);
    const trainLabels = train.map((row) => labels[row]!);
    lambdas.forEach((lambda, k) => {
      const eta = logOdds(fitRidgeLogistic(trainMatrix, trainLabels, lambda), testMatrix);
      test.forEach((row, i) => {
        losses[k]! += Math.log1p(Math.exp(-Math.abs(eta[i]!))) + Math.max(eta[i]!, 0) - labels[row]! * eta[i]!;
      });
    });
  }
  return lambdas[losses.indexOf(Math.min(...losses))]!;
}

/** The rows of `order` that fold `fold` leaves out (`test`) and the others (`train`). */
export function splitFold(order: ArrayLike<number>, fold: number, folds: number): { train: number[]; test: number[] } {
  const train: number[] = [];
  const test: number[] = [];
  for (let i = 0; i < order.length; i++) (i % folds === fold ? test : train).push(order[i]!);
  return { train, test };
}
