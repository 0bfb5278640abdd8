import type { GbdtKernel } from '../../kernels/gbdt.ts';
import type { GbdtColumn } from './dataset.ts';
import { categoryOf, type GbdtFeature } from './features.ts';

/** Bins in kernel memory: groups of 8 columns, in each 8 bytes a row. */
export interface BinnedRows {
  pointer: number;
  rows: number;
  /** Bytes of one group. */
  stride: number;
  groups: number;
}

const BLOCK = 16384;

/** Offset of the byte of a column for row 0; add 8 bytes a row. */
export function columnOffset({ stride }: Pick<BinnedRows, 'stride'>, column: number): number {
  return (column >> 3) * stride + (column & 7);
}

export function reserveBins(kernel: GbdtKernel, rows: number, columns: number): BinnedRows {
  const groups = Math.ceil(columns / 8);
  const stride = rows * 8;
  const pointer = kernel.take(stride * groups);
  kernel.octets(pointer, stride * groups).fill(0);
  return { pointer, rows, stride, groups };
}

/** Writes the bins of rows `from`, `from + 1`, ... of the columns as rows 0, 1, ... of `to`. O(rows x columns x log bins). */
export function fillBins(
  kernel: GbdtKernel,
  features: GbdtFeature[],
  columns: GbdtColumn[],
  from: number,
  count: number,
  to: BinnedRows,
): void {
  const top = kernel.top;
  const values = kernel.take(BLOCK * 4);
  const edges = kernel.take(256 * 4);
  features.forEach((feature, f) => {
    const source = columns[f]!.values;
    const out = to.pointer + columnOffset(to, f);
    if (feature.kind === 'categorical') {
      fillCategories(kernel, feature, source.subarray(from, from + count), out);
      return;
    }
    kernel.floats(edges, feature.edges.length).set(feature.edges);
    for (let start = 0; start < count; start += BLOCK) {
      const length = Math.min(BLOCK, count - start);
      kernel.floats(values, length).set(source.subarray(from + start, from + start + length));
      kernel.run.binNumeric(values, length, edges, feature.edges.length, out + start * 8);
    }
  });
  kernel.release(top);
}

function fillCategories(kernel: GbdtKernel, feature: GbdtFeature, values: Float32Array, out: number): void {
  const table = new Uint8Array(feature.categories.reduce((most, category) => Math.max(most, category), -1) + 1);
  feature.categories.forEach((category, i) => {
    table[category] = feature.categoryBins[i]!;
  });
  const bytes = kernel.octets(out, Math.max(values.length * 8 - 7, 0));
  for (let i = 0; i < values.length; i++) bytes[i * 8] = table[categoryOf(values[i]!)] ?? 0;
}
