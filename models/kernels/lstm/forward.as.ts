// The way there.

import { fma, LOG2_E, logistic } from './arithmetic.as';
import {
  A, ahead, C, cells, context, D, F, first, G, gates, H, O, output, P, past, pContext, pFirst, pLast, pLinear, pLstm, pSecond,
  pSecondAhead, second, seen, squashed, T, U, X,
} from './layout.as';
import { multiply, ROW } from './products.as';
import { drop, lookUp } from './vectors.as';

// Reads past, entities, fixed and ahead; leaves the outputs, and what the way back needs.
export function forward(): void {
  readPast();
  lookUp();
  drop(seen);
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
  const one = f32x4.splat(1);
  memory.fill(cells, 0, uBlock);
  for (let t = 0; t < T; t++) {
    const x = past + <usize>t * xBlock, g = gates + <usize>t * gStep;
    multiply(4 * U, t ? X : P, pLstm, X, x, g, false);
    const c0 = cells + <usize>t * uBlock, c1 = c0 + uBlock, flat = squashed + <usize>t * uBlock;
    const state = t + 1 < T ? x + xBlock + <usize>P * ROW : seen;
    logistic(g, g, gBlock, LOG2_E);
    for (let j: usize = 0; j < uBlock; j += 16) {
      const fresh = v128.load(g + 3 * uBlock + j), candidate = f32x4.sub(f32x4.add(fresh, fresh), one);
      v128.store(c1 + j, fma(v128.load(g + uBlock + j), v128.load(c0 + j), f32x4.mul(v128.load(g + j), candidate)));
    }
    // tanh(x) = 2 / (1 + exp(-2 x)) - 1
    logistic(c1, flat, uBlock, 2 * LOG2_E);
    for (let j: usize = 0; j < uBlock; j += 16) {
      const s = v128.load(flat + j), squash = f32x4.sub(f32x4.add(s, s), one);
      v128.store(flat + j, squash);
      v128.store(state + j, f32x4.mul(v128.load(g + 2 * uBlock + j), squash));
    }
  }
}

function rectify(at: usize, bytes: usize): void {
  for (let j: usize = 0; j < bytes; j += 16) v128.store(at + j, f32x4.pmax(v128.load(at + j), f32x4.splat(0)));
}
