// What the parts of the boosting kernel share.

// Bytes of one column's histogram: 256 bins of an i64.
export const COLUMN: usize = 2048;
// Where `findSplit` and `totals` leave what they found.
export const RESULT: usize = memory.data(64, 16);
