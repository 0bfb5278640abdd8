import { type GbdtKernel, NODE_BYTES } from '../../kernels/gbdt.ts';
import { type BinnedRows, columnOffset } from './binned.ts';

/**
 * One tree. Node 0 is the root; a child below 0 is leaf `~child`. A row goes left where its bin is at most `limit`, or is in
 * the node's set of bins; bin 0 (missing) goes left where `missingLeft` is 1.
 */
export interface GbdtTree {
  column: Uint16Array;
  /** 1: the node tests a set of categories. */
  isSet: Uint8Array;
  limit: Uint8Array;
  missingLeft: Uint8Array;
  left: Int32Array;
  right: Int32Array;
  /** 32 bytes a node: the bins that go left, as bits. */
  sets: Uint8Array;
  /** Loss reduction of each split, before shrinkage. */
  gain: Float32Array;
  /** What each leaf adds to the raw score, shrinkage included. */
  leaf: Float32Array;
  /** Training rows of each leaf. */
  leafRows: Float64Array;
}

export function emptyTree(leaves: number): GbdtTree {
  const nodes = leaves - 1;
  return {
    column: new Uint16Array(nodes),
    isSet: new Uint8Array(nodes),
    limit: new Uint8Array(nodes),
    missingLeft: new Uint8Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    sets: new Uint8Array(nodes * 32),
    gain: new Float32Array(nodes),
    leaf: new Float32Array(leaves),
    leafRows: new Float64Array(leaves),
  };
}

/** The tree cut to its first `leaves` leaves and `leaves - 1` nodes. */
export function trimTree(tree: GbdtTree, leaves: number): GbdtTree {
  const nodes = leaves - 1;
  return {
    column: tree.column.slice(0, nodes),
    isSet: tree.isSet.slice(0, nodes),
    limit: tree.limit.slice(0, nodes),
    missingLeft: tree.missingLeft.slice(0, nodes),
    left: tree.left.slice(0, nodes),
    right: tree.right.slice(0, nodes),
    sets: tree.sets.slice(0, nodes * 32),
    gain: tree.gain.slice(0, nodes),
    leaf: tree.leaf.slice(0, leaves),
    leafRows: tree.leafRows.slice(0, leaves),
  };
}

/** Bytes that a tree takes in kernel memory. */
export function encodedBytes(tree: GbdtTree): number {
  return tree.column.length * NODE_BYTES + tree.leaf.length * 4;
}

/** Writes the tree as `walk` reads it: nodes at `pointer`, the leaves behind them. Returns the leaves' pointer. O(nodes). */
export function encodeTree(
  kernel: GbdtKernel,
  tree: GbdtTree,
  pointer: number,
  bins: Pick<BinnedRows, 'stride'>,
): number {
  const nodes = tree.column.length;
  const leaves = pointer + nodes * NODE_BYTES;
  const words = kernel.integers(pointer, (nodes * NODE_BYTES) / 4);
  const bytes = kernel.octets(pointer, nodes * NODE_BYTES);
  for (let n = 0; n < nodes; n++) {
    const word = (n * NODE_BYTES) / 4;
    words[word] = columnOffset(bins, tree.column[n]!);
    const shift = tree.missingLeft[n] ? 0 : 1;
    bytes.set([tree.isSet[n]!, shift, tree.limit[n]! - shift], n * NODE_BYTES + 4);
    words[word + 2] = tree.left[n]!;
    words[word + 3] = tree.right[n]!;
    bytes.set(tree.sets.subarray(n * 32, n * 32 + 32), n * NODE_BYTES + 16);
  }
  kernel.floats(leaves, tree.leaf.length).set(tree.leaf);
  return leaves;
}

/** Whether a bin goes left at a node. O(1). */
export function goesLeft(tree: GbdtTree, node: number, bin: number): boolean {
  if (tree.isSet[node]) return ((tree.sets[node * 32 + (bin >> 3)]! >> (bin & 7)) & 1) === 1;
  return bin === 0 ? tree.missingLeft[node] === 1 : bin <= tree.limit[node]!;
}
