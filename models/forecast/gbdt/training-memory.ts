import { type GbdtKernel, HISTOGRAM_BYTES, NODE_BYTES } from '../../kernels/gbdt.ts';
import type { BinnedRows } from './binned.ts';
import type { GbdtFeature } from './features.ts';
import { hasUnitHessian, type LossArrays } from './loss.ts';
import type { FilledOptions } from './options.ts';

/** Pointers to all that training needs; `weight` and `hessian` are 0 where every row has 1. */
export interface TrainingMemory extends LossArrays {
  bins: BinnedRows;
  packed: number;
  ordered: number;
  index: number;
  spare: number;
  histograms: number;
  columns: number;
  walkNodes: number;
}

/** Reserves the arrays, copies target and weight, and describes the columns. Row arrays are padded to whole vectors. */
export function reserveTraining(
  kernel: GbdtKernel,
  bins: BinnedRows,
  options: FilledOptions,
  features: GbdtFeature[],
  target: Float32Array,
  weight: Float32Array | undefined,
): TrainingMemory {
  const padded = Math.ceil(bins.rows / 4) * 4;
  const perRow = (bytes: number): number => {
    const pointer = kernel.take(padded * bytes);
    kernel.octets(pointer, padded * bytes).fill(0);
    return pointer;
  };
  const needsHessian = weight !== undefined || !hasUnitHessian(options.loss);
  const memory: TrainingMemory = {
    bins,
    score: perRow(4),
    target: perRow(4),
    weight: weight ? perRow(4) : 0,
    gradient: perRow(4),
    hessian: needsHessian ? perRow(4) : 0,
    packed: perRow(8),
    ordered: perRow(8),
    index: perRow(4),
    spare: perRow(4),
    histograms: kernel.take(options.leaves * bins.groups * 8 * HISTOGRAM_BYTES),
    columns: kernel.take(features.length * 8),
    walkNodes: kernel.take(options.leaves * (NODE_BYTES + 4)),
  };
  kernel.floats(memory.target, bins.rows).set(target);
  if (weight) kernel.floats(memory.weight, bins.rows).set(weight);
  features.forEach((feature, f) => {
    const at = memory.columns + f * 8;
    kernel.integers(at, 1)[0] = feature.bins;
    kernel.octets(at + 4, 4).set([1, feature.kind === 'categorical' ? 1 : 0, feature.monotone & 255, 0]);
  });
  return memory;
}
