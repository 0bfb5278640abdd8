import { fitRidgeLogistic } from './ridge-logistic.ts';
import { logistic } from './special-functions.ts';

/** Calibrated log odds = intercept + slope x log odds. */
export interface Platt {
  intercept: number;
  slope: number;
}

/**
 * Calibrates log odds that were predicted out of fold, by a logistic regression on them.
 * Source: Platt (1999), Probabilistic Outputs for Support Vector Machines.
 */
export function fitPlatt(logOdds: ArrayLike<number>, labels: ArrayLike<number>): Platt {
  const matrix = { rows: logOdds.length, width: 1, values: Float64Array.from(logOdds) };
  const model = fitRidgeLogistic(matrix, labels, 0.01);
  return { intercept: model.intercept, slope: model.coefficients[0]! };
}

export function calibrate(platt: Platt, logOdds: number): number {
  return logistic(platt.intercept + platt.slope * logOdds);
}
