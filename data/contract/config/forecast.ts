import { z } from 'zod';

/** How forecasts are made and judged. */
export const forecastConfig = z.strictObject({
  /** Rolling-origin cutoffs of the backtest; each one is a horizon before the next. */
  cutoffs: z.int().min(1).max(26).default(4),
  /**
   * `full` lets every model take part. `quick` takes a fifth of the time: boosted trees that forecast each period directly, trained half as long, once
   * before the first cutoff and once on all history, and the quick models of single series; no networks, no recursion, no trees of windows.
   */
  effort: z.enum(['full', 'quick']).default('full'),
  /** Engine of the neural network: `kernel` (our own), `tfjs` (TensorFlow.js, slower), or `none` to leave it out. */
  engine: z.enum(['kernel', 'tfjs', 'none']).default('kernel'),
  /** Whether gradient-boosted trees over all series take part. */
  boostedTrees: z.boolean().default(true),
  /** Whether boosted trees forecast the quantiles of sums over windows beside the sample paths. */
  windowTrees: z.boolean().default(true),
  /**
   * How the levels are made to agree: `bottom_up` sums the series; `min_t` forecasts every level and moves each as little as
   * past errors allow; `top_down` forecasts the total and shares it out.
   */
  reconciliation: z.enum(['bottom_up', 'min_t', 'top_down']).default('bottom_up'),
  /** A day without a sales row: `zero` sold nothing, `unknown` is not used. */
  missingSales: z.enum(['zero', 'unknown']).default('zero'),
});
