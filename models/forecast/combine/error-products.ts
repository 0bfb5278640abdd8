import type { Grouping } from '../reconcile/sum-matrix.ts';
import type { ModelForecast } from './selection.ts';

/** Sums of products of the models' errors: what every quadratic loss of every combination can be had from. */
export interface ErrorProducts {
  models: number;
  nodes: number;
  cutoffs: number;
  /** Sum over the judged cells of error a times error b (b <= a), [node][cutoff][a (a + 1) / 2 + b]. */
  sums: Float64Array;
  /** Judged cells, [node][cutoff]. */
  cells: Float64Array;
}

/**
 * Products of the errors of all models at every node and cutoff.
 *
 * @param models means [node][origin][horizon], the last origin is not judged
 * @param actual [node][cutoff][horizon], NaN where not judged
 * @param sums errors are added up over the judged nodes of a group first, and the products are the groups'
 * O(cells x models^2 / 2), and models x horizon numbers per group and cutoff for sums.
 */
export function errorProducts(
  models: readonly ModelForecast[],
  actual: Float32Array,
  nodes: number,
  cutoffs: number,
  sums?: Grouping,
): ErrorProducts {
  const count = models.length;
  const horizon = nodes * cutoffs > 0 ? actual.length / nodes / cutoffs : 0;
  const products = emptyProducts(count, sums?.labels.length ?? nodes, cutoffs);
  if (sums) {
    const { errors, isKnown } = summedErrors(models, actual, cutoffs, horizon, sums);
    for (let cell = 0; cell < isKnown.length; cell++) {
      if (isKnown[cell] === 1) addProducts(products, Math.floor(cell / horizon), errors, cell * count);
    }
    return products;
  }
  const errors = new Float64Array(count);
  for (let row = 0; row < nodes * cutoffs; row++) {
    const from = (row + Math.floor(row / cutoffs)) * horizon;
    for (let h = 0; h < horizon; h++) {
      const value = actual[row * horizon + h]!;
      if (Number.isNaN(value)) continue;
      for (let a = 0; a < count; a++) errors[a] = models[a]!.mean[from + h]! - value;
      addProducts(products, row, errors, 0);
    }
  }
  return products;
}

function emptyProducts(models: number, nodes: number, cutoffs: number): ErrorProducts {
  const rows = nodes * cutoffs;
  return {
    models,
    nodes,
    cutoffs,
    sums: new Float64Array((rows * models * (models + 1)) / 2),
    cells: new Float64Array(rows),
  };
}

/** Adds the products of the errors of one cell, which begin at `from`. */
function addProducts({ models, sums, cells }: ErrorProducts, row: number, errors: Float64Array, from: number): void {
  cells[row]!++;
  let at = (row * models * (models + 1)) / 2;
  for (let a = 0; a < models; a++) {
    for (let b = 0; b <= a; b++) sums[at++]! += errors[from + a]! * errors[from + b]!;
  }
}

/** Errors of the sums, [group][cutoff][horizon][model]. */
function summedErrors(
  models: readonly ModelForecast[],
  actual: Float32Array,
  cutoffs: number,
  horizon: number,
  { nodeOf, labels }: Grouping,
): { errors: Float64Array; isKnown: Uint8Array } {
  const cells = cutoffs * horizon;
  const errors = new Float64Array(labels.length * cells * models.length);
  const isKnown = new Uint8Array(labels.length * cells);
  nodeOf.forEach((group, node) => {
    for (let c = 0; c < cells; c++) {
      const value = actual[node * cells + c]!;
      if (Number.isNaN(value)) continue;
      const cell = group * cells + c;
      isKnown[cell] = 1;
      models.forEach(({ mean }, a) => {
        errors[cell * models.length + a]! += mean[node * (cells + horizon) + c]! - value;
      });
    }
  });
  return { errors, isKnown };
}
