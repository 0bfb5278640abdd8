import type { CountDesign, CountFit } from './poisson-regression.ts';
import { solve } from './symmetric.ts';

/**
 * What is left of a variable after all columns and group effects of a fitted regression are taken out of it, with the
 * fit's weights: the variation that identifies a further coefficient (Frisch-Waugh-Lovell).
 *
 * @param column the variable, one value per row
 * @remarks O(rows x k + p^2)
 */
export function residualise(design: CountDesign, fit: CountFit, column: Float64Array): Float64Array {
  const { rows, group, groups, dummyStart, dummy, dummies, dense } = design;
  const size = dummies + dense.length;
  const right = new Float64Array(size);
  const total = new Float64Array(groups);
  const mean = new Float64Array(groups);
  for (let i = 0; i < rows; i++) {
    const w = fit.mean[i]!;
    const wx = w * column[i]!;
    total[group[i]!]! += w;
    mean[group[i]!]! += wx;
    for (let at = dummyStart[i]!; at < dummyStart[i + 1]!; at++) right[dummy[at]!]! += wx;
    for (let k = 0; k < dense.length; k++) right[dummies + k]! += wx * dense[k]![i]!;
  }
  for (let g = 0; g < groups; g++) {
    for (let j = 0; j < size; j++) right[j]! -= fit.columnMeans[g * size + j]! * mean[g]!;
    mean[g]! /= total[g]!;
  }
  const slope = solve(fit.normal, right);
  for (let g = 0; g < groups; g++) {
    for (let j = 0; j < size; j++) mean[g]! -= fit.columnMeans[g * size + j]! * slope[j]!;
  }
  return column.map((value, i) => {
    let left = value - mean[group[i]!]!;
    for (let at = dummyStart[i]!; at < dummyStart[i + 1]!; at++) left -= slope[dummy[at]!]!;
    for (let k = 0; k < dense.length; k++) left -= slope[dummies + k]! * dense[k]![i]!;
    return left;
  });
}

export interface Identified {
  /** Standard error robust to any correlation within a cluster. */
  standardError: number;
  /** Degrees of freedom of its t distribution: the effective number of clusters less one. */
  degrees: number;
  /** Standard deviation of the variable after everything else is taken out, weighted by expected sales. */
  variation: number;
}

/**
 * Cluster-robust standard error of one dense coefficient. Where few clusters hold most of the variation (a promotion
 * or two), the usual sandwich is too small; each cluster's score is therefore divided by one less its share of the
 * variation (the jackknife, CR3, of the regression left after partialling out), and the degrees of freedom are those of
 * the effective number of clusters.
 *
 * @param column index among the dense columns
 * @returns standard error NaN where the column was dropped or there are fewer than three effective clusters
 * @remarks O(rows x k + p^2). Bell and McCaffrey (2002); Carter, Schnepel and Steigerwald (2017).
 */
export function clusterVariance(design: CountDesign, fit: CountFit, column: number): Identified {
  const size = design.dummies + design.dense.length;
  const at = design.dummies + column;
  if (fit.normal.kept[at] === 0) return { standardError: Number.NaN, degrees: 0, variation: 0 };
  const unit = new Float64Array(size);
  unit[at] = 1;
  const weights = solve(fit.normal, unit);
  const groupPart = new Float64Array(design.groups);
  for (let g = 0; g < design.groups; g++) {
    for (let j = 0; j < size; j++) groupPart[g]! += fit.columnMeans[g * size + j]! * weights[j]!;
  }
  const left = new Float64Array(design.rows);
  for (let i = 0; i < design.rows; i++) {
    let sum = -groupPart[design.group[i]!]!;
    for (let d = design.dummyStart[i]!; d < design.dummyStart[i + 1]!; d++) sum += weights[design.dummy[d]!]!;
    for (let k = 0; k < design.dense.length; k++) sum += weights[design.dummies + k]! * design.dense[k]![i]!;
    left[i] = sum / weights[at]!;
  }
  return sandwich(design, fit, left, 0);
}

/**
 * Coefficient that one more column would get, by one Newton step from a fit without it, and its cluster-robust
 * standard error: a cheap screen before a full fit. Exact as the coefficient goes to zero.
 */
export function oneStep(design: CountDesign, fit: CountFit, column: Float64Array): { estimate: number } & Identified {
  const left = residualise(design, fit, column);
  let information = 0;
  let gradient = 0;
  for (let i = 0; i < design.rows; i++) {
    information += fit.mean[i]! * left[i]! * left[i]!;
    gradient += left[i]! * (design.y[i]! - fit.mean[i]!);
  }
  const estimate = gradient / information;
  return { estimate, ...sandwich(design, fit, left, estimate) };
}

/** @param left the variable with everything else taken out; @param step of its coefficient beyond the fit */
function sandwich(design: CountDesign, fit: CountFit, left: Float64Array, step: number): Identified {
  const { rows, y, cluster, clusters } = design;
  const score = new Float64Array(clusters);
  const share = new Float64Array(clusters);
  let information = 0;
  let weightSum = 0;
  for (let i = 0; i < rows; i++) {
    const weighted = fit.mean[i]! * left[i]!;
    score[cluster[i]!]! += left[i]! * (y[i]! - fit.mean[i]!) - step * weighted * left[i]!;
    share[cluster[i]!]! += weighted * left[i]!;
    information += weighted * left[i]!;
    weightSum += fit.mean[i]!;
  }
  let meat = 0;
  let concentration = 0;
  for (let g = 0; g < clusters; g++) {
    const part = share[g]! / information;
    concentration += part * part;
    meat += (score[g]! / Math.max(0.05, 1 - part)) ** 2;
  }
  const degrees = 1 / concentration - 1;
  return {
    standardError: degrees < 2 ? Number.NaN : Math.sqrt((meat * (clusters - 1)) / clusters) / information,
    degrees,
    variation: Math.sqrt(information / weightSum),
  };
}
