import { withGbdtKernel } from '../../kernels/gbdt.ts';
import { fillBins, reserveBins } from './binned.ts';
import { checkData, columnsOf, type GbdtData } from './dataset.ts';
import { responseOf } from './loss.ts';
import type { GbdtModel } from './model.ts';
import { encodedBytes, encodeTree } from './tree.ts';

/** Rows at a time: their bins stay in the L2 cache while all trees pass over them. */
const BLOCK = 4096;

/**
 * Predictions on the scale of the response, one per row. Columns are found by name; others are left alone.
 * Throws `GBDT_COLUMN_MISSING`. O(rows x (columns x log bins + trees x depth)).
 */
export function predictGbdt(model: GbdtModel, data: GbdtData): Float32Array {
  const raw = predictRaw(model, data);
  for (let i = 0; i < raw.length; i++) raw[i] = responseOf(model.loss, raw[i]!);
  return raw;
}

/** Raw scores: before the exponential of a log link. */
export function predictRaw(model: GbdtModel, data: GbdtData): Float32Array {
  checkData(data);
  const columns = columnsOf(model.features, data);
  const raw = new Float32Array(data.rows).fill(model.initial);
  if (model.trees.length === 0) return raw;
  withGbdtKernel((kernel) => {
    const bins = reserveBins(kernel, BLOCK, columns.length);
    const score = kernel.take(BLOCK * 4);
    const encoded = model.trees.map((tree) => {
      const nodes = kernel.take(encodedBytes(tree));
      return { nodes, leaves: encodeTree(kernel, tree, nodes, bins) };
    });
    for (let from = 0; from < data.rows; from += BLOCK) {
      const count = Math.min(BLOCK, data.rows - from);
      fillBins(kernel, model.features, columns, from, count, bins);
      kernel.floats(score, count).fill(model.initial);
      for (const { nodes, leaves } of encoded) kernel.run.walk(nodes, leaves, bins.pointer, 0, count, score);
      raw.set(kernel.floats(score, count), from);
    }
  });
  return raw;
}
