/**
 * How demand scatters about its forecast mean. A sum with mean `m` has the variance
 * `dispersion * m + levelVariance * m * m`: the first part is chance from one period to the next, the second is the
 * uncertainty of the level itself, which all periods share.
 */
export interface Spread {
  /** Variance per unit of mean of the chance part; 1 is Poisson. */
  dispersion: number;
  /** Squared coefficient of variation of the level. */
  levelVariance: number;
  /** What happened over what was forecast, on average; the forecast is multiplied by it. */
  bias: number;
}

/** Where nothing is known about the errors: a Poisson count with a level known to about 30 %. */
export const UNKNOWN_SPREAD: Spread = { dispersion: 1, levelVariance: 0.1, bias: 1 };

/**
 * Adds the uncertainty of the delivery's day: demand goes on at its rate while the delivery is late.
 *
 * The variance of the window's sum grows by `rate^2 * sd^2`, which is a share `(sd / window)^2` of the squared mean
 * (Silver, Pyke and Thomas 2017, Inventory and Production Management in Supply Chains, section 6.10).
 */
export function withLeadTimeRisk(spread: Spread, leadTimeSdDays: number, windowDays: number): Spread {
  const share = windowDays > 0 ? leadTimeSdDays / windowDays : 0;
  return { ...spread, levelVariance: spread.levelVariance + share * share };
}
