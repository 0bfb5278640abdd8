import { withGbdtKernel } from '../../kernels/gbdt.ts';
import { columnOffset, fillBins, reserveBins } from './binned.ts';
import { checkData, columnsOf, type GbdtData } from './dataset.ts';
import type { GbdtModel } from './model.ts';
import { type GbdtTree, goesLeft } from './tree.ts';

/** Raw score of each row in parts: `base` plus the row's values, one for each feature of the model. */
export interface GbdtContributions {
  base: number;
  /** Row by row, rows x features. */
  values: Float32Array;
}

const BLOCK = 4096;

/**
 * What each feature adds to the raw score of each row: along the row's path, the change of the mean value of the training
 * rows below the node goes to the feature that was asked. With a log link the parts multiply: exp of each is a factor.
 * The order of questions matters to it, unlike to Shapley values. Throws `GBDT_COLUMN_MISSING`.
 *
 * O(rows x trees x depth). Source: Saabas (2014), "Interpreting random forests".
 */
export function contributions(model: GbdtModel, data: GbdtData): GbdtContributions {
  checkData(data);
  const columns = columnsOf(model.features, data);
  const width = columns.length;
  const values = new Float32Array(data.rows * width);
  const means = model.trees.map(nodeMeans);
  const base = means.reduce((sum, mean) => sum + mean[0]!, model.initial);
  if (model.trees.length === 0) return { base, values };
  withGbdtKernel((kernel) => {
    const bins = reserveBins(kernel, BLOCK, width);
    const offsets = columns.map((_, f) => columnOffset(bins, f));
    for (let from = 0; from < data.rows; from += BLOCK) {
      const count = Math.min(BLOCK, data.rows - from);
      fillBins(kernel, model.features, columns, from, count, bins);
      const bytes = kernel.octets(bins.pointer, bins.stride * bins.groups);
      model.trees.forEach((tree, t) => {
        for (let i = 0; i < count; i++) addPath(tree, means[t]!, bytes, i * 8, offsets, values, (from + i) * width);
      });
    }
  });
  return { base, values };
}

function addPath(
  tree: GbdtTree,
  mean: Float64Array,
  bytes: Uint8Array,
  row: number,
  offsets: number[],
  values: Float32Array,
  to: number,
): void {
  let node = 0;
  while (node >= 0) {
    const column = tree.column[node]!;
    const next = goesLeft(tree, node, bytes[row + offsets[column]!]!) ? tree.left[node]! : tree.right[node]!;
    values[to + column]! += (next >= 0 ? mean[next]! : tree.leaf[~next]!) - mean[node]!;
    node = next;
  }
}

/** Mean leaf value of the training rows below each node. A child's number is above its parent's. O(nodes). */
function nodeMeans(tree: GbdtTree): Float64Array {
  const nodes = tree.column.length;
  const rows = new Float64Array(nodes);
  const mean = new Float64Array(nodes);
  for (let n = nodes - 1; n >= 0; n--) {
    for (const child of [tree.left[n]!, tree.right[n]!]) {
      const weight = child >= 0 ? rows[child]! : tree.leafRows[~child]!;
      rows[n]! += weight;
      mean[n]! += weight * (child >= 0 ? mean[child]! : tree.leaf[~child]!);
    }
    mean[n]! /= Math.max(1, rows[n]!);
  }
  return mean;
}
