/** Probability of 0, 1, 2, ... units, [units]; sums to 1. */
export type DiscreteDemand = Float64Array;

/** Probability beyond which a tail is cut off. */
const TAIL = 1e-13;
/** Longest table: a demand with more units should be counted in cases. */
const MAX_UNITS = 1_000_000;

/**
 * Poisson demand. Probabilities start at the mode and go outwards, so that a large mean does not underflow.
 *
 * `poissonDemand(2)[0]` is 0.1353 (R: `dpois(0, 2)`). O(mean + tail).
 */
export function poissonDemand(mean: number): DiscreteDemand {
  return fromMode(Math.floor(mean), (k) => mean / k);
}

/**
 * Negative binomial demand with mean and variance given; Poisson where the variance is not above the mean.
 *
 * `negativeBinomialDemand(16, 80)[0]` is 0.0016 (R: `dnbinom(0, 4, 0.2)`). O(mean + tail).
 */
export function negativeBinomialDemand(mean: number, variance: number): DiscreteDemand {
  if (!(variance > mean * (1 + 1e-9))) return poissonDemand(mean);
  const size = (mean * mean) / (variance - mean);
  const share = 1 - mean / variance;
  const mode = size > 1 ? Math.floor(((size - 1) * share) / (1 - share)) : 0;
  return fromMode(mode, (k) => ((k - 1 + size) / k) * share);
}

/** What was seen, each value equally likely; rounded to whole units, and unknown values left out. */
export function empiricalDemand(values: ArrayLike<number>): DiscreteDemand {
  const known = Array.from(values, (value) => Math.max(0, Math.round(value))).filter((value) => !Number.isNaN(value));
  const demand = new Float64Array(known.reduce((most, value) => Math.max(most, value), 0) + 1);
  for (const value of known) demand[value]! += 1 / known.length;
  if (known.length === 0) demand[0] = 1;
  return demand;
}

/** Demand of so many independent periods of one distribution. O(periods x units^2). */
export function demandOf(periods: number, one: DiscreteDemand): DiscreteDemand {
  let sum: DiscreteDemand = Float64Array.of(1);
  for (let period = 0; period < periods; period++) sum = sumOfDemands(sum, one);
  return sum;
}

/** Distribution of the sum of two independent demands. */
export function sumOfDemands(a: DiscreteDemand, b: DiscreteDemand): DiscreteDemand {
  const sum = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) sum[i + j]! += a[i]! * b[j]!;
  }
  return trimmed(sum);
}

export function meanDemand(demand: DiscreteDemand): number {
  return demand.reduce((mean, probability, units) => mean + probability * units, 0);
}

/** The least number of units that demand does not exceed with the probability. */
export function quantileOf(demand: DiscreteDemand, probability: number): number {
  let below = 0;
  for (let units = 0; units < demand.length; units++) {
    below += demand[units]!;
    if (below >= probability - TAIL) return units;
  }
  return demand.length - 1;
}

/** @param ratio probability of `k` over that of `k - 1` */
function fromMode(mode: number, ratio: (k: number) => number): DiscreteDemand {
  const down = [1];
  for (let k = mode; k > 0 && down.at(-1)! > TAIL * 1e-3; k--) down.push(down.at(-1)! / ratio(k));
  const up: number[] = [];
  let value = 1;
  for (let k = mode + 1; k < MAX_UNITS && value > TAIL * 1e-3; k++) {
    value *= ratio(k);
    up.push(value);
  }
  const demand = new Float64Array(mode + 1 + up.length);
  for (let i = 0; i < down.length; i++) demand[mode - i] = down[i]!;
  demand.set(up, mode + 1);
  const total = demand.reduce((sum, each) => sum + each, 0);
  return trimmed(demand.map((each) => each / total));
}

function trimmed(demand: Float64Array): DiscreteDemand {
  let length = demand.length;
  let tail = 0;
  while (length > 1 && tail + demand[length - 1]! < TAIL) tail += demand[--length]!;
  return demand.subarray(0, length);
}
