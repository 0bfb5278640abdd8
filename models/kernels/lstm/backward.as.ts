// The way back.

import {
  A, ahead, C, cells, D, E, F, first, G, gates, gradient, H, O, P, parameters, past, second, seen, slope, slopeCell, slopeContext,
  slopeFirst, slopeSecond, slopeSeen, slopeState, squashed, T, tContext, tLast, tSecond, tState, U, wContext, wFirst, wLast,
  wLinear, wLstm, wSecond, wSecondAhead, X,
} from './layout.as';
import { multiply, outer, ROW } from './products.as';
import { addToTables, drop } from './vectors.as';

// Adds the gradients of all parameters, given the slope at the outputs and what `forward` left.
export function backward(): void {
  const dBlock = <usize>D * ROW, step = <usize>F * ROW, offset = gradient - parameters;
  memory.fill(slopeContext, 0, dBlock);
  for (let h = 0; h < H; h++) {
    const s1 = slopeFirst + <usize>h * step, s2 = slopeSecond + <usize>h * step;
    multiply(D, O, tLast, O, slope + <usize>(h * O) * ROW, s2, false);
    gate(s2, second + <usize>h * step, dBlock);
    multiply(D, D, tSecond, D, s2, s1, false);
    gate(s1, first + <usize>h * step, dBlock);
    for (let j: usize = 0; j < dBlock; j += 16)
      v128.store(slopeContext + j, f32x4.add(v128.load(slopeContext + j), v128.load(s1 + j)));
  }
  outer(O, A, H, slope, O, ahead, A, wLinear + offset, A);
  outer(O, D, H, slope, O, second, F, wLast + offset, D);
  outer(D, A, H, slopeSecond, F, ahead, A, wSecondAhead + offset, A);
  outer(D, D, H, slopeSecond, F, first, F, wSecond + offset, D);
  outer(D, A, H, slopeFirst, F, ahead, A, wFirst + offset, A);
  outer(D, C, 1, slopeContext, D, seen, C, wContext + offset, C);
  multiply(U + E, D, tContext, D, slopeContext, slopeSeen, false);
  drop(slopeSeen);
  addToTables(offset);
  backwardThroughTime();
  // The first state is zero, so that step has no part in the gradient of the state's weights.
  const state = <usize>P << 2;
  outer(4 * U, P, T, gates, G, past, X, wLstm + offset, X);
  outer(4 * U, U, T - 1, gates + <usize>G * ROW, G, past + <usize>(X + P) * ROW, X, wLstm + offset + state, X);
}

// Slopes at the sums of all gates, which take the place of the gates.
function backwardThroughTime(): void {
  const gStep = <usize>G * ROW, uBlock = <usize>U * ROW, one = f32x4.splat(1);
  memory.copy(slopeState, slopeSeen, uBlock);
  memory.fill(slopeCell, 0, uBlock);
  for (let t = T - 1; t >= 0; t--) {
    const g = gates + <usize>t * gStep, c0 = cells + <usize>t * uBlock, flat = squashed + <usize>t * uBlock;
    for (let j: usize = 0; j < uBlock; j += 16) {
      const opened = v128.load(g + j), kept = v128.load(g + uBlock + j);
      const shown = v128.load(g + 2 * uBlock + j), fresh = v128.load(g + 3 * uBlock + j);
      const squash = v128.load(flat + j), state = v128.load(slopeState + j);
      const through = f32x4.mul(f32x4.mul(state, shown), f32x4.sub(one, f32x4.mul(squash, squash)));
      const cell = f32x4.add(v128.load(slopeCell + j), through);
      const candidate = f32x4.sub(f32x4.add(fresh, fresh), one);
      v128.store(g + j, f32x4.mul(f32x4.mul(cell, candidate), f32x4.mul(opened, f32x4.sub(one, opened))));
      v128.store(g + uBlock + j,
        f32x4.mul(f32x4.mul(cell, v128.load(c0 + j)), f32x4.mul(kept, f32x4.sub(one, kept))));
      v128.store(g + 2 * uBlock + j, f32x4.mul(f32x4.mul(state, squash), f32x4.mul(shown, f32x4.sub(one, shown))));
      v128.store(g + 3 * uBlock + j,
        f32x4.mul(f32x4.mul(f32x4.add(cell, cell), opened), f32x4.mul(fresh, f32x4.sub(one, fresh))));
      v128.store(slopeCell + j, f32x4.mul(cell, kept));
    }
    if (t) multiply(U, 4 * U, tState, 4 * U, g, slopeState, false);
  }
}

function gate(at: usize, by: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 16)
    v128.store(at + j, v128.and(v128.load(at + j), f32x4.gt(v128.load(by + j), zero)));
}
