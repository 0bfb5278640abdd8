// Learned vectors of the entities of a tile.

import {
  E, entity, gradient, keep, parameterBytes, seen, slopeSeen, tableAt, tables, tableWidth, total, U,
} from './layout.as';
import { B, ROW } from './products.as';

// Lays the vectors under the state; no entity (-1) has zeros.
export function lookUp(): void {
  let row = seen + <usize>U * ROW;
  for (let k = 0; k < tables; k++) {
    const width = load<usize>(tableWidth + (<usize>k << 2)) << 2, table = load<usize>(tableAt + (<usize>k << 2));
    for (let d: usize = 0; d < width; d += 4, row += ROW) {
      for (let b = 0; b < B; b++) {
        const e = load<i32>(entity + (<usize>(k * B + b) << 2));
        store<f32>(row + (<usize>b << 2), e < 0 ? 0 : load<f32>(table + <usize>e * width + d));
      }
    }
  }
}

// Multiplies the rows of state and vectors by what dropout keeps of them.
export function drop(rows: usize): void {
  const bytes = <usize>(U + E) * ROW;
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(rows + j, f32x4.mul(v128.load(rows + j), v128.load(keep + j)));
}

// Adds the slopes at the vectors to the gradients of their tables, `offset` bytes from these, example by example.
export function addToTables(offset: usize): void {
  let row = slopeSeen + <usize>U * ROW;
  for (let k = 0; k < tables; k++) {
    const width = load<usize>(tableWidth + (<usize>k << 2)) << 2, table = load<usize>(tableAt + (<usize>k << 2)) + offset;
    for (let d: usize = 0; d < width; d += 4, row += ROW) {
      for (let b = 0; b < B; b++) {
        const e = load<i32>(entity + (<usize>(k * B + b) << 2)), at = table + <usize>e * width + d;
        if (e >= 0) store<f32>(at, load<f32>(at) + load<f32>(row + (<usize>b << 2)));
      }
    }
  }
}

// Adds the gradient to the total; both have room for whole vectors.
export function addToTotal(): void {
  for (let i: usize = 0; i < parameterBytes; i += 16)
    v128.store(total + i, f32x4.add(v128.load(total + i), v128.load(gradient + i)));
}
