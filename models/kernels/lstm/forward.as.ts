// The way there.

import { fma, sigmoid, tanh } from './arithmetic.as';
import {
  A, ahead, C, cells, context, D, F, first, G, gates, H, O, output, P, past, pContext, pFirst, pLast, pLinear, pLstm, pSecond,
  pSecondAhead, second, seen, squashed, T, U, X,
} from './layout.as';
import { multiply, ROW } from './products.as';
import { lookUp } from './vectors.as';

// Reads past, entities, fixed and ahead; leaves the outputs, and what the way back needs.
export function forward(): void {
  readPast();
  lookUp();
  multiply(D, C, pContext, C, seen, context, false);
  const dBlock = <usize>D * ROW, step = <usize>F * ROW;
  for (let h = 0; h < H; h++) {
    const known = ahead + <usize>(h * A) * ROW, f = first + <usize>h * step, s = second + <usize>h * step;
    memory.copy(f, context, dBlock);
    multiply(D, A, pFirst, A, known, f, true);
    rectify(f, dBlock);
    multiply(D, D, pSecond, D, f, s, false);
    multiply(D, A, pSecondAhead, A, known, s, true);
    rectify(s, dBlock);
    const out = output + <usize>(h * O) * ROW;
    multiply(O, D, pLast, D, s, out, false);
    multiply(O, A, pLinear, A, known, out, true);
  }
}

function readPast(): void {
  const xBlock = <usize>X * ROW, gBlock = <usize>(4 * U) * ROW, gStep = <usize>G * ROW, uBlock = <usize>U * ROW;
  memory.fill(cells, 0, uBlock);
  for (let t = 0; t < T; t++) {
    const x = past + <usize>t * xBlock, g = gates + <usize>t * gStep;
    multiply(4 * U, t ? X : P, pLstm, X, x, g, false);
    const c0 = cells + <usize>t * uBlock, c1 = c0 + uBlock, flat = squashed + <usize>t * uBlock;
    const state = t + 1 < T ? x + xBlock + <usize>P * ROW : seen;
    // A loop of its own for each function keeps all its constants in registers.
    for (let j: usize = 0; j < gBlock; j += 16) v128.store(g + j, sigmoid(v128.load(g + j)));
    for (let j: usize = 0; j < uBlock; j += 16) {
      const opened = v128.load(g + j), kept = v128.load(g + uBlock + j);
      const shown = v128.load(g + 2 * uBlock + j), fresh = v128.load(g + 3 * uBlock + j);
      const candidate = f32x4.sub(f32x4.add(fresh, fresh), f32x4.splat(1));
      const cell = fma(kept, v128.load(c0 + j), f32x4.mul(opened, candidate));
      const squash = tanh(cell);
      v128.store(c1 + j, cell); v128.store(flat + j, squash); v128.store(state + j, f32x4.mul(shown, squash));
    }
  }
}

function rectify(at: usize, bytes: usize): void {
  for (let j: usize = 0; j < bytes; j += 16) v128.store(at + j, f32x4.pmax(v128.load(at + j), f32x4.splat(0)));
}
