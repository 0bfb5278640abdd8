import { type GbdtKernel, HISTOGRAM_BYTES } from '../../kernels/gbdt.ts';
import { type BinnedRows, columnOffset } from './binned.ts';
import type { GbdtFeature } from './features.ts';
import { findSplit, type Split, type SplitLimits } from './split.ts';
import { emptyTree, type GbdtTree, trimTree } from './tree.ts';

/** What a tree is grown on. Pointers are into kernel memory. */
export interface GrowInput {
  features: GbdtFeature[];
  bins: BinnedRows;
  /** Fixed-point pairs of (hessian, gradient) by row. */
  packed: number;
  /** Rows of the tree; reordered so that each leaf's rows lie together. */
  index: number;
  count: number;
  /** `index` holds all rows of `bins` in order. */
  isWhole: boolean;
  /** Room for `count` pairs, and for `count` row numbers. */
  ordered: number;
  spare: number;
  /** Room for one histogram of all groups for each leaf. */
  histograms: number;
  /** 8 bytes a column, as `findSplit` of the kernel reads them. */
  columns: number;
  /** Bytes of a column's histogram that the bins of its group reach, by group. */
  used: number[];
  /** Groups with at least one column in use. */
  groups: number[];
  leaves: number;
  limits: SplitLimits;
  /** The value of a leaf from its rows, for losses whose leaves are refitted. */
  refit?: (index: number, count: number) => number;
}

/** A leaf while the tree grows; sums are in fixed-point units. */
interface Leaf {
  begin: number;
  count: number;
  gradient: number;
  hessian: number;
  histogram: number;
  /** Bounds from monotone splits above. */
  low: number;
  high: number;
  value: number;
  split: Split | undefined;
}

/** A grown tree, its leaf values not yet shrunk, and where the rows of each leaf begin in `index`. */
export interface GrownTree {
  tree: GbdtTree;
  begins: number[];
}

/**
 * Grows a tree leaf by leaf: the split with the largest gain is made next. The histogram of the smaller child is built,
 * the larger child's is the parent's minus it. Cost: O(rows x columns) for each level of a balanced tree.
 * Source: Ke et al. (2017), "LightGBM: a highly efficient gradient boosting decision tree".
 */
export function growTree(kernel: GbdtKernel, input: GrowInput): GrownTree {
  const tree = emptyTree(input.leaves);
  const parents = new Int32Array(input.leaves).fill(-1);
  const leaves = [rootLeaf(kernel, input)];
  while (leaves.length < input.leaves) {
    const chosen = largestGain(leaves);
    const leaf = leaves[chosen]!;
    if (!leaf.split) break;
    const node = leaves.length - 1;
    const right = leaves.length;
    recordSplit(tree, node, leaf.split);
    const parent = parents[chosen]!;
    if (parent >= 0) {
      if (tree.left[parent] === ~chosen) tree.left[parent] = node;
      else tree.right[parent] = node;
    }
    tree.left[node] = ~chosen;
    tree.right[node] = ~right;
    parents[chosen] = node;
    parents[right] = node;
    const children = divide(kernel, input, leaf, leaf.split);
    leaves[chosen] = children[0];
    leaves.push(children[1]);
    if (leaves.length < input.leaves) evaluate(kernel, input, leaf.histogram, right, children);
  }
  leaves.forEach((leaf, i) => {
    const refitted = input.refit ? input.refit(input.index + leaf.begin * 4, leaf.count) : leaf.value;
    tree.leaf[i] = Math.min(leaf.high, Math.max(leaf.low, refitted));
    tree.leafRows[i] = leaf.count;
  });
  return { tree: trimTree(tree, leaves.length), begins: leaves.map(({ begin }) => begin) };
}

function rootLeaf(kernel: GbdtKernel, input: GrowInput): Leaf {
  const { run } = kernel;
  const { index, count, packed, ordered, limits } = input;
  if (!input.isWhole) run.gather(packed, index, count, ordered);
  run.totals(input.isWhole ? packed : ordered, count);
  const [hessian, gradient] = kernel.integers(run.splitResult() + 24, 2) as unknown as [number, number];
  const leaf: Leaf = {
    begin: 0,
    count,
    gradient,
    hessian,
    histogram: input.histograms,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    value: outputOf(gradient, hessian, limits, 0),
    split: undefined,
  };
  if (count < 2 * limits.minLeafRows || input.leaves < 2) return leaf;
  for (const group of input.groups) {
    const bins = input.bins.pointer + group * input.bins.stride;
    const histogram = leaf.histogram + group * 8 * HISTOGRAM_BYTES;
    const used = input.used[group]!;
    if (input.isWhole) run.histogramAll(bins, packed, count, used, histogram);
    else run.histogramIndexed(bins, ordered, index, count, used, histogram, 0);
  }
  leaf.split = findSplit(kernel, input, leaf);
  return leaf;
}

/** Newton step of a leaf, in real units. */
function outputOf(gradient: number, hessian: number, limits: SplitLimits, extraLambda: number): number {
  const { unit, lambda, hessianScale } = limits;
  const down = hessian + (lambda + extraLambda) * hessianScale;
  return down > 0 ? (-unit * gradient) / down : 0;
}

function largestGain(leaves: Leaf[]): number {
  let chosen = 0;
  leaves.forEach(({ split }, i) => {
    if ((split?.gain ?? 0) > (leaves[chosen]!.split?.gain ?? 0)) chosen = i;
  });
  return chosen;
}

function recordSplit(tree: GbdtTree, node: number, split: Split): void {
  tree.column[node] = split.column;
  tree.isSet[node] = split.set ? 1 : 0;
  tree.limit[node] = split.limit;
  tree.missingLeft[node] = split.missingLeft ? 1 : 0;
  tree.gain[node] = split.gain;
  if (split.set) tree.sets.set(split.set, node * 32);
}

/** Moves the leaf's rows so that the left child's come first, and makes the two children. */
function divide(kernel: GbdtKernel, input: GrowInput, leaf: Leaf, split: Split): [Leaf, Leaf] {
  const { run } = kernel;
  const { limits } = input;
  const bins = input.bins.pointer + columnOffset(input.bins, split.column);
  const rows = input.index + leaf.begin * 4;
  let count: number;
  if (split.set) {
    const set = run.splitResult() + 32;
    kernel.octets(set, 32).set(split.set);
    count = run.partitionSet(bins, rows, leaf.count, set, input.spare);
  } else {
    const shift = split.missingLeft ? 0 : 1;
    count = run.partition(bins, rows, leaf.count, shift, split.limit - shift, input.spare);
  }
  const clip = (value: number) => Math.min(leaf.high, Math.max(leaf.low, value));
  const child = (begin: number, size: number, gradient: number, hessian: number): Leaf => ({
    ...leaf,
    begin,
    count: size,
    gradient,
    hessian,
    value: clip(outputOf(gradient, hessian, limits, split.extraLambda)),
    split: undefined,
  });
  const left = child(leaf.begin, count, split.leftGradient, split.leftHessian);
  const right = child(
    leaf.begin + count,
    leaf.count - count,
    leaf.gradient - split.leftGradient,
    leaf.hessian - split.leftHessian,
  );
  const monotone = split.set ? 0 : input.features[split.column]!.monotone;
  if (monotone !== 0) {
    if (input.refit)
      for (const side of [left, right]) side.value = clip(input.refit(input.index + side.begin * 4, side.count));
    const middle = (left.value + right.value) / 2;
    const [lower, upper] = monotone > 0 ? [left, right] : [right, left];
    lower.high = middle;
    upper.low = middle;
  }
  return [left, right];
}

/** Histograms and best splits of two children; `slot` is the number of a free histogram. */
function evaluate(kernel: GbdtKernel, input: GrowInput, parent: number, slot: number, children: [Leaf, Leaf]): void {
  const { run } = kernel;
  const { groups: allGroups, stride, pointer } = input.bins;
  const smaller = children[0].count <= children[1].count ? children[0] : children[1];
  const larger = smaller === children[0] ? children[1] : children[0];
  if (larger.count < 2 * input.limits.minLeafRows) return;
  const columns = allGroups * 8;
  smaller.histogram = input.histograms + slot * columns * HISTOGRAM_BYTES;
  larger.histogram = parent;
  const index = input.index + smaller.begin * 4;
  run.gather(input.packed, index, smaller.count, input.ordered);
  for (const group of input.groups) {
    const at = group * 8 * HISTOGRAM_BYTES;
    const bins = pointer + group * stride;
    const [own, rest] = [smaller.histogram + at, parent + at];
    run.histogramIndexed(bins, input.ordered, index, smaller.count, input.used[group]!, own, rest);
  }
  for (const leaf of children)
    if (leaf.count >= 2 * input.limits.minLeafRows) leaf.split = findSplit(kernel, input, leaf);
}
