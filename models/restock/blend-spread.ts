import { demandQuantile, demandQuantiles } from './demand-quantiles.ts';
import type { Spread } from './spread.ts';

/** Quantiles of the demand of one window that were forecast directly. */
export interface WindowForecast {
  /** Probabilities, ascending. */
  levels: Float64Array;
  /** Units, one for each level. */
  quantiles: Float64Array;
  /** Share of these quantiles against those of the spread, 0 to 1. */
  share: number;
}

/** Steps by which the mean may move: 5 % each, up to 2.7 times either way; every fourth is tried first. */
const STEP = 0.05;
const MOST_STEPS = 20;
const COARSE = 4;
const LEVEL_VARIANCES = [0, 0.005, 0.01, 0.02, 0.03, 0.045, 0.07, 0.1, 0.15, 0.22, 0.33, 0.5, 0.75, 1.1, 1.6];
/** Price of moving the mean, in roots of the mean per log: it decides between moves that whole units cannot tell apart. */
const MOVE_PRICE = 0.01;

/**
 * The spread whose quantiles are nearest to the mean of its own and those forecast directly: its bias moves the mean, its
 * level variance widens or narrows it. The chance part stays, as the parts of a window have it too.
 *
 * @param mean forecast mean of the window, before the bias
 * @returns the spread itself where the share or the mean is 0. O(300 x mean), the mean capped as in `demandQuantiles`
 */
export function blendSpread(mean: number, spread: Spread, window: WindowForecast, isCount: boolean): Spread {
  const { levels, quantiles, share } = window;
  if (!(mean > 0 && share > 0)) return spread;
  const { dispersion } = spread;
  const target = levels.map((p, i) => {
    const own = demandQuantile(mean * spread.bias, dispersion, spread.levelVariance, p, isCount);
    return share * quantiles[i]! + (1 - share) * own;
  });
  const found = new Float64Array(levels.length);
  const price = MOVE_PRICE * Math.sqrt(1 + mean);
  const lossOf = (steps: number, levelVariance: number): number => {
    const moved = mean * spread.bias * Math.exp(STEP * steps);
    demandQuantiles(moved, dispersion + levelVariance * moved, levels, isCount, found);
    let loss = price * STEP * Math.abs(steps);
    for (let i = 0; i < levels.length; i++) loss += Math.abs(found[i]! - target[i]!);
    return loss;
  };
  let best = { steps: 0, levelVariance: spread.levelVariance };
  let least = lossOf(0, spread.levelVariance);
  for (const levelVariance of [spread.levelVariance, ...LEVEL_VARIANCES]) {
    let [middle, lowest] = [0, Infinity];
    const tryStep = (steps: number): void => {
      const loss = lossOf(steps, levelVariance);
      if (loss < lowest) [middle, lowest] = [steps, loss];
    };
    for (let steps = -MOST_STEPS; steps <= MOST_STEPS; steps += COARSE) tryStep(steps);
    const from = middle - COARSE + 1;
    for (let steps = from; steps < from + 2 * COARSE - 1; steps++) tryStep(steps);
    if (lowest >= least) continue;
    least = lowest;
    best = { steps: middle, levelVariance };
  }
  return { dispersion, levelVariance: best.levelVariance, bias: spread.bias * Math.exp(STEP * best.steps) };
}
