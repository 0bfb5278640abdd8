import type { GbdtKernel } from '../../kernels/gbdt.ts';

/** What a split must keep to, and the scale of the fixed-point sums. */
export interface SplitLimits {
  minLeafRows: number;
  minLeafHessian: number;
  lambda: number;
  /** Fixed-point units per 1 of hessian. */
  hessianScale: number;
  /** Hessian scale over gradient scale: a leaf value per ratio of units. */
  unit: number;
  /** The hessian counts rows exactly. */
  hessianCounts: boolean;
  /** Some column is monotone. */
  isMonotone: boolean;
  /** Leaf values are not Newton steps, so that bounds do not apply to those. */
  isRefitted: boolean;
}

export interface Split {
  /** Loss reduction times two, in real units. */
  gain: number;
  column: number;
  /** The highest bin that goes left; 0 for sets. */
  limit: number;
  missingLeft: boolean;
  /** Bins that go left, as bits. */
  set: Uint8Array | undefined;
  leftGradient: number;
  leftHessian: number;
  /** L2 of the children's values beyond `lambda`. */
  extraLambda: number;
}

/** LightGBM's `cat_smooth`, `cat_l2` and `min_data_per_group` defaults. */
const CATEGORY_SMOOTH = 10;
const CATEGORY_LAMBDA = 10;
const CATEGORY_GROUP_ROWS = 100;

/**
 * The best split of a leaf, or none. Where hessians differ, rows on a side are taken in proportion to its hessian, as
 * LightGBM does. O(columns x bins).
 */
export function findSplit(
  kernel: GbdtKernel,
  input: { columns: number; features: { length: number }; limits: SplitLimits },
  leaf: { histogram: number; count: number; gradient: number; hessian: number; low: number; high: number },
): Split | undefined {
  const { run } = kernel;
  const { limits } = input;
  if (leaf.hessian <= 0) return undefined;
  const perRow = leaf.hessian / leaf.count;
  const slack = limits.hessianCounts ? 0 : 0.5;
  const fewest = Math.max((limits.minLeafRows - slack) * perRow, limits.minLeafHessian * limits.hessianScale);
  if (fewest > leaf.hessian) return undefined;
  run.findSplit(
    leaf.histogram,
    input.columns,
    input.features.length,
    leaf.gradient,
    leaf.hessian,
    limits.lambda * limits.hessianScale,
    Math.ceil(fewest),
    limits.isMonotone ? 1 : 0,
    limits.isRefitted ? Number.NEGATIVE_INFINITY : leaf.low / limits.unit,
    limits.isRefitted ? Number.POSITIVE_INFINITY : leaf.high / limits.unit,
    CATEGORY_SMOOTH * limits.hessianScale,
    CATEGORY_LAMBDA * limits.hessianScale,
    CATEGORY_GROUP_ROWS,
    1 / perRow,
  );
  const result = run.splitResult();
  const gain = kernel.doubles(result, 1)[0]!;
  if (!(gain > 0)) return undefined;
  const [column, limit, side, kind, leftHessian, leftGradient] = kernel.integers(result + 8, 6) as unknown as number[];
  return {
    gain: (gain * limits.unit * limits.unit) / limits.hessianScale,
    column: column!,
    limit: limit!,
    missingLeft: side === 1 || (side === -1 && 2 * leftHessian! >= leaf.hessian),
    set: kind ? kernel.octets(result + 32, 32).slice() : undefined,
    leftGradient: leftGradient!,
    leftHessian: leftHessian!,
    extraLambda: kind === 2 ? CATEGORY_LAMBDA : 0,
  };
}
