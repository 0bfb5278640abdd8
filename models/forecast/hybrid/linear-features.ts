import type { LinearPart } from '../arima/linear-part.ts';
import type { Decomposition } from '../decomposition/decomposition.ts';
import type { Features } from '../lstm/features.ts';

/** The linear part counts at least this share of the level: its log is what the network corrects. */
const LEAST_SHARE = 0.05;
const LARGEST_LOG = 3;
const LARGEST_RESIDUAL = 3;

/** The linear part's mean as a ratio to the level; the level itself where the series has no linear model. */
export const linearRatio = (mean: number, level: number): number =>
  Number.isNaN(mean) ? 1 : Math.min(Math.exp(LARGEST_LOG), Math.max(LEAST_SHARE, mean / level));

/**
 * The features of the LSTM with those of a linear part: the log of its forecast for each period ahead, and its one-step
 * residuals over the past. The network starts as the linear part's forecast, so that what it learns is what that leaves.
 */
export function withLinearPart(features: Features, linear: LinearPart, decomposition: Decomposition, horizon: number) {
  const means = new Float64Array(horizon);
  let series = 0;
  let level = 1;
  const { pastWidth, names } = features;
  return {
    ...features,
    pastWidth: pastWidth + 1,
    aheadWidth: features.aheadWidth + 1,
    names: {
      past: [...names.past, 'linear_residual'],
      fixed: names.fixed,
      ahead: ['linear', ...names.ahead],
    },
    startWeights: Float32Array.of(1),
    begin(s, origin) {
      series = s;
      level = decomposition.level(s, 1);
      features.begin(s, origin);
      linear.ahead(s, origin, means);
    },
    writePast(into, at, t) {
      features.writePast(into, at, t);
      const residual = t >= 0 ? linear.residual(series, t) / level : Number.NaN;
      into[at + pastWidth] = Math.min(LARGEST_RESIDUAL, Math.max(-LARGEST_RESIDUAL, residual || 0));
    },
    writeAhead(into, at, h) {
      into[at] = Math.log(linearRatio(means[h]!, level));
      features.writeAhead(into, at + 1, h);
    },
  } satisfies Features;
}
