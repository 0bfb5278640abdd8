/** Error measures of one model over a set of cells, as published. NaN where there is nothing to divide by. */
export interface Accuracy {
  n: number;
  /** Sum of absolute errors over sum of actuals. */
  wape: number;
  /** Root mean squared error over the root mean squared one-step naive error of the training part, mean over nodes. */
  rmsse: number;
  /** Mean absolute error over the mean absolute seasonal naive error of the training part, mean over nodes. */
  mase: number;
  /** Sum of forecast minus actual over sum of actuals; positive is too high. */
  bias: number;
  /** Mean pinball loss over the published quantiles, times 2, over mean actual. */
  pinball: number;
  /** Share of actuals inside the 80 % and 95 % intervals; one on an end of it counts in part (`shareInside`). */
  coverage80: number;
  coverage95: number;
  /** Root mean squared relative error over cells with actual above 0. */
  rmspe: number;
}

/** Loss of forecasting quantile `p` by `q`: `pinballLoss(10, 8, 0.9)` is 1.8. */
export function pinballLoss(actual: number, q: number, p: number): number {
  return actual >= q ? p * (actual - q) : (1 - p) * (q - actual);
}

/**
 * Part of an actual's own probability that lies between two quantiles. Away from the quantiles that is 0 or 1. On them, where
 * whole units mostly are, the probability of the value spans the levels at which it stands and half way to the next ones: a day
 * with nothing sold, where 50 % and 75 % are 0 and 90 % is 1, spans 0 to 0.825, of which 0.725 is above 0.1. So intervals of counts
 * that are right hold what they say, not more (randomised probability integral transform: Czado, Gneiting and Held 2009).
 *
 * @param levels probabilities, ascending; `low` and `high` are among them
 * @param quantiles values at those levels, starting at `at`
 */
export function shareInside(
  actual: number,
  levels: readonly number[],
  quantiles: ArrayLike<number>,
  at: number,
  low: number,
  high: number,
): number {
  let first = 0;
  while (first < levels.length && quantiles[at + first]! < actual) first++;
  let next = first;
  while (next < levels.length && quantiles[at + next]! <= actual) next++;
  let from = levels[first - 1] ?? 0;
  let to = levels[next] ?? 1;
  if (next > first) {
    from = actual === 0 ? 0 : (from + levels[first]!) / 2;
    to = (levels[next - 1]! + to) / 2;
  }
  return Math.max(0, Math.min(to, high) - Math.max(from, low)) / (to - from);
}

/** Collects cells, then gives the measures. Squared and absolute errors are also kept per node for RMSSE and MASE. */
export class AccuracyMeter {
  #n = 0;
  #actual = 0;
  #absolute = 0;
  #signed = 0;
  #relative = 0;
  #relativeCount = 0;
  #pinball = 0;
  #quantileCount = 0;
  #intervals = 0;
  #in80 = 0;
  #in95 = 0;
  #quantileActual = 0;
  #scaled = 0;
  #scaledNodes = 0;
  #scaledAbsolute = 0;
  #scaledAbsoluteNodes = 0;
  #nodeCells = 0;
  #nodeSquares = 0;
  #nodeAbsolute = 0;

  /** One cell; a NaN actual is left out. */
  add(actual: number, forecast: number): void {
    if (Number.isNaN(actual)) return;
    const error = forecast - actual;
    this.#n++;
    this.#actual += actual;
    this.#absolute += Math.abs(error);
    this.#signed += error;
    if (actual > 0) {
      this.#relative += (error / actual) ** 2;
      this.#relativeCount++;
    }
    this.#nodeCells++;
    this.#nodeSquares += error * error;
    this.#nodeAbsolute += Math.abs(error);
  }

  /**
   * Quantiles of a cell added before.
   *
   * @param levels probabilities, ascending, from 0.025 to 0.975 at the ends and 0.1 and 0.9 among them
   * @param quantiles values at those levels, starting at `at`
   */
  addQuantiles(actual: number, levels: readonly number[], quantiles: Float32Array, at: number): void {
    if (Number.isNaN(actual)) return;
    const last = levels.length - 1;
    for (let i = 1; i < last; i++) this.#pinball += 2 * pinballLoss(actual, quantiles[at + i]!, levels[i]!);
    this.#quantileCount += last - 1;
    this.#quantileActual += (last - 1) * actual;
    this.#intervals++;
    this.#in80 += shareInside(actual, levels, quantiles, at, 0.1, 0.9);
    this.#in95 += shareInside(actual, levels, quantiles, at, levels[0]!, levels[last]!);
  }

  /**
   * Ends a node (at one cutoff or over several).
   *
   * @param squaredScale mean squared one-step naive error of its training part
   * @param absoluteScale mean absolute seasonal naive error of its training part
   */
  endNode(squaredScale: number, absoluteScale: number): void {
    if (this.#nodeCells > 0 && squaredScale > 0) {
      this.#scaled += Math.sqrt(this.#nodeSquares / this.#nodeCells / squaredScale);
      this.#scaledNodes++;
    }
    if (this.#nodeCells > 0 && absoluteScale > 0) {
      this.#scaledAbsolute += this.#nodeAbsolute / this.#nodeCells / absoluteScale;
      this.#scaledAbsoluteNodes++;
    }
    this.#nodeCells = 0;
    this.#nodeSquares = 0;
    this.#nodeAbsolute = 0;
  }

  result(): Accuracy {
    const share = (part: number, whole: number): number => (whole > 0 ? part / whole : Number.NaN);
    return {
      n: this.#n,
      wape: share(this.#absolute, this.#actual),
      rmsse: share(this.#scaled, this.#scaledNodes),
      mase: share(this.#scaledAbsolute, this.#scaledAbsoluteNodes),
      bias: share(this.#signed, this.#actual),
      pinball: share(this.#pinball, this.#quantileActual),
      coverage80: share(this.#in80, this.#intervals),
      coverage95: share(this.#in95, this.#intervals),
      rmspe: Math.sqrt(share(this.#relative, this.#relativeCount)),
    };
  }
}

/**
 * What errors are scaled by: mean squared one-step naive error and mean absolute seasonal naive error of the training part,
 * from the first value above zero on (M5 competitors' guide; Hyndman and Koehler 2006).
 *
 * @param y training values, NaN where unknown
 * @param m periods in a season
 */
export function errorScales(y: Float64Array, m: number): { squared: number; absolute: number } {
  let first = 0;
  while (first < y.length && !(y[first]! > 0)) first++;
  let squares = 0;
  let squareCount = 0;
  let absolutes = 0;
  let absoluteCount = 0;
  for (let t = first + 1; t < y.length; t++) {
    const step = y[t]! - y[t - 1]!;
    if (!Number.isNaN(step)) {
      squares += step * step;
      squareCount++;
    }
    const season = t - m >= first ? y[t]! - y[t - m]! : Number.NaN;
    if (!Number.isNaN(season)) {
      absolutes += Math.abs(season);
      absoluteCount++;
    }
  }
  return {
    squared: squareCount > 0 ? squares / squareCount : Number.NaN,
    absolute: absoluteCount > 0 ? absolutes / absoluteCount : Number.NaN,
  };
}
