// Where everything lies. Matrices are row-major; a step of a tile is a block of rows of `B` examples.

import { B, pack, packedSize } from './products.as';

// Steps back and ahead, input rows (with the row of ones), fixed and ahead rows (with ones), units, hidden, outputs.
export let T: i32, H: i32, P: i32, S: i32, A: i32, U: i32, D: i32, O: i32;
// Rows from one step to the next of the gates and of the hidden layers: with one row more than they have the steps do not share the few
// places in the cache that a distance of a power of two leaves them.
export let G: i32, F: i32;
// Rows of the learned vectors, fed to the LSTM (input, one, state), fed to the context (state, learned vectors, fixed, one).
export let E: i32, X: i32, C: i32;

export let wLstm: usize, wContext: usize, wFirst: usize, wSecond: usize, wSecondAhead: usize, wLast: usize, wLinear: usize;
export let parameters: usize, gradient: usize, total: usize, parameterBytes: usize;
// Tables of learned vectors: how many, where each lies (address), its width (i32).
export let tables: i32, tableAt: usize, tableWidth: usize;
let nextTable: usize;

export let past: usize, seen: usize, keep: usize, entity: usize, ahead: usize, target: usize, weight: usize, scale: usize;
export let output: usize, slope: usize;
export let gates: usize, cells: usize, squashed: usize, context: usize, first: usize, second: usize;
export let slopeFirst: usize, slopeSecond: usize, slopeContext: usize, slopeSeen: usize, slopeState: usize, slopeCell: usize;

// Packed matrices, those of the way back transposed.
export let pLstm: usize, pContext: usize, pFirst: usize, pSecond: usize, pSecondAhead: usize, pLast: usize, pLinear: usize;
export let tState: usize, tContext: usize, tSecond: usize, tLast: usize;

let top: usize = 0;
function take(floats: i32): usize {
  const at = top;
  top += ((<usize>floats << 2) + 63) & ~(<usize>63);
  return at;
}

// Lays the buffers out and clears them. Widths count the row of ones. Returns the end of memory used, in bytes.
export function prepare(
  lookback: i32, horizon: i32, pastRows: i32, fixedRows: i32, aheadRows: i32, units: i32, hidden: i32, outputs: i32,
  vectorRows: i32, tableFloats: i32, tableCount: i32,
): usize {
  T = lookback; H = horizon; P = pastRows; S = fixedRows; A = aheadRows; U = units; D = hidden; O = outputs;
  E = vectorRows; tables = tableCount;
  X = P + U; C = U + E + S; G = 4 * U + 1; F = D + 1;
  const count = 4 * U * X + D * C + D * A + D * D + D * A + O * D + O * A + tableFloats;
  top = (__heap_base + 63) & ~(<usize>63);
  parameters = take(count); gradient = take(count); total = take(count);
  parameterBytes = <usize>count << 2;
  wLstm = parameters;
  wContext = wLstm + (<usize>(4 * U * X) << 2);
  wFirst = wContext + (<usize>(D * C) << 2);
  wSecond = wFirst + (<usize>(D * A) << 2);
  wSecondAhead = wSecond + (<usize>(D * D) << 2);
  wLast = wSecondAhead + (<usize>(D * A) << 2);
  wLinear = wLast + (<usize>(O * D) << 2);
  nextTable = wLinear + (<usize>(O * A) << 2);
  pLstm = take(packedSize(4 * U, X)); pContext = take(packedSize(D, C)); pFirst = take(packedSize(D, A));
  pSecond = take(packedSize(D, D)); pSecondAhead = take(packedSize(D, A));
  pLast = take(packedSize(O, D)); pLinear = take(packedSize(O, A));
  tState = take(packedSize(U, 4 * U)); tContext = take(packedSize(U + E, D));
  tSecond = take(packedSize(D, D)); tLast = take(packedSize(D, O));
  past = take(T * X * B); seen = take(C * B); keep = take((U + E) * B); entity = take(tables * B); ahead = take(H * A * B);
  tableAt = take(tables); tableWidth = take(tables);
  target = take(H * B); weight = take(H * B); scale = take(B); output = take(H * O * B); slope = take(H * O * B);
  gates = take(T * G * B); cells = take((T + 1) * U * B); squashed = take(T * U * B);
  context = take(D * B); first = take(H * F * B); second = take(H * F * B);
  slopeFirst = take(H * F * B); slopeSecond = take(H * F * B); slopeContext = take(D * B);
  slopeSeen = take((U + E) * B); slopeState = take(U * B); slopeCell = take(U * B);
  const missing = <i32>((top + 65535) >> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return 0;
  memory.fill(parameters, 0, top - parameters);
  return top;
}

// Tells the size of the next table.
export function embed(table: i32, entities: i32, width: i32): void {
  store<usize>(tableAt + (<usize>table << 2), nextTable);
  store<i32>(tableWidth + (<usize>table << 2), width);
  nextTable += <usize>(entities * width) << 2;
}

// Makes `forward` and `backward` use the parameters as they are now.
export function packParameters(): void {
  pack(4 * U, X, wLstm, X, 1, pLstm);
  pack(D, C, wContext, C, 1, pContext);
  pack(D, A, wFirst, A, 1, pFirst);
  pack(D, D, wSecond, D, 1, pSecond);
  pack(D, A, wSecondAhead, A, 1, pSecondAhead);
  pack(O, D, wLast, D, 1, pLast);
  pack(O, A, wLinear, A, 1, pLinear);
  pack(U, 4 * U, wLstm + (<usize>P << 2), 1, X, tState);
  pack(U + E, D, wContext, 1, C, tContext);
  pack(D, D, wSecond, 1, D, tSecond);
  pack(D, O, wLast, 1, D, tLast);
}

export function parametersAt(): usize { return parameters; }
export function gradientAt(): usize { return gradient; }
export function totalAt(): usize { return total; }
export function pastAt(): usize { return past; }
export function entityAt(): usize { return entity; }
export function keepAt(): usize { return keep; }
export function fixedAt(): usize { return seen + (<usize>((U + E) * B) << 2); }
export function aheadAt(): usize { return ahead; }
export function targetAt(): usize { return target; }
export function weightAt(): usize { return weight; }
export function scaleAt(): usize { return scale; }
export function outputAt(): usize { return output; }
export function slopeAt(): usize { return slope; }
