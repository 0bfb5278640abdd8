import { type GbdtKernel, HISTOGRAM_BYTES, NODE_BYTES } from '../../kernels/gbdt.ts';
import type { BinnedRows } from './binned.ts';
import type { GbdtFeature } from './features.ts';
import { hasUnitHessian, type LossArrays } from './loss.ts';
import type { FilledOptions } from './options.ts';
import { shareOf } from './sampling.ts';

/** What a model learns from: the rows trained on and those held out, ascending, and the targets and weights of all. */
export interface TrainingRows {
  rows: Uint32Array;
  validation: Uint32Array;
  target: Float32Array;
  weight: Float32Array | undefined;
}

/** Pointers to all that training needs; `weight` and `hessian` are 0 where every row has 1. */
export interface TrainingMemory extends LossArrays {
  bins: BinnedRows;
  packed: number;
  ordered: number;
  /** Row numbers: all that are trained on, those of the tree at work, and those that are not. */
  rows: number;
  bag: number;
  outside: number;
  index: number;
  spare: number;
  histograms: number;
  columns: number;
  walkNodes: number;
  /** Bytes of a column's histogram that the bins of its group reach, by group. */
  used: number[];
}

/** Reserves the arrays, copies rows, target and weight, and describes the columns. Row arrays are padded to whole vectors. */
export function reserveTraining(
  kernel: GbdtKernel,
  bins: BinnedRows,
  options: FilledOptions,
  features: GbdtFeature[],
  { rows, validation, target, weight }: TrainingRows,
): TrainingMemory {
  const padded = Math.ceil(bins.rows / 4) * 4;
  const perRow = (bytes: number): number => {
    const pointer = kernel.take(padded * bytes);
    kernel.octets(pointer, padded * bytes).fill(0);
    return pointer;
  };
  const needsHessian = weight !== undefined || !hasUnitHessian(options.loss);
  const all = perRow(4);
  const memory: TrainingMemory = {
    bins,
    score: perRow(4),
    target: perRow(4),
    weight: weight ? perRow(4) : 0,
    gradient: perRow(4),
    hessian: needsHessian ? perRow(4) : 0,
    packed: perRow(8),
    ordered: perRow(8),
    rows: all,
    bag: shareOf(rows.length, options.rowShare) < rows.length ? perRow(4) : all,
    outside: perRow(4),
    index: perRow(4),
    spare: perRow(4),
    histograms: kernel.take(options.leaves * bins.groups * 8 * HISTOGRAM_BYTES),
    columns: kernel.take(features.length * 8),
    walkNodes: kernel.take(options.leaves * (NODE_BYTES + 4)),
    used: Array.from({ length: bins.groups }, (_, group) => usedBytes(features.slice(group * 8, group * 8 + 8))),
  };
  kernel.integers(memory.rows, rows.length).set(rows);
  kernel.integers(memory.outside, validation.length).set(validation);
  kernel.floats(memory.target, bins.rows).set(target);
  if (weight) kernel.floats(memory.weight, bins.rows).set(weight);
  features.forEach((feature, f) => {
    const at = memory.columns + f * 8;
    kernel.integers(at, 1)[0] = feature.bins;
    kernel.octets(at + 4, 4).set([1, feature.kind === 'categorical' ? 1 : 0, feature.monotone & 255, 0]);
  });
  return memory;
}

/** Bytes that the bins of the columns reach, that of the missing among them, in whole vectors. */
const usedBytes = (features: readonly GbdtFeature[]): number =>
  Math.ceil((Math.max(...features.map(({ bins }) => bins)) + 1) / 2) * 16;
