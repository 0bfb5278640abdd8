// Gradient-boosted trees: binning, gradients, histograms, split search, partition, tree walk. The caller owns the memory.
//
// Bins are bytes, 8 columns to a group, one u64 per row and group: a pass over a group touches 16 KB of histogram, which
// stays in the L1 cache. Bin 0 is "missing". A row's gradient and hessian are fixed-point halves of one i64 (gradient in
// the upper 32 bits, hessian in the lower), so that a histogram update is one integer addition, sums do not depend on
// their order, and parent minus child is exact. The caller's scale keeps every sum within 31 bits.

import { RESULT } from './gbdt/layout.as';

export * from './gbdt/binning.as';
export * from './gbdt/gradients.as';
export * from './gbdt/histograms.as';
export * from './gbdt/rows.as';
export * from './gbdt/splits.as';

export function heapStart(): usize { return __heap_base; }
export function splitResult(): usize { return RESULT; }
