/** Above this mean a count is as good as one in steps of a two-hundredth of the mean. */
const LARGE_MEAN = 200;
/** Weight of a term, beside the largest, from which a sum goes on no further; most terms of a sum. */
const SMALLEST = 1e-10;
const MOST_TERMS = 20_000;

/**
 * Mean and mean square of a count given that it is at least `least`: negative binomial with the given mean and variance
 * `dispersion * mean`, Poisson at 1.
 *
 * @example tailMoments(2, 1, 3).mean // 3.6743, R: sum(3:60 * dpois(3:60, 2)) / sum(dpois(3:60, 2))
 * O(least) below the mean, O(standard deviation) above it, at most some thousand steps.
 */
export function tailMoments(mean: number, dispersion: number, least: number): { mean: number; square: number } {
  const variance = Math.max(1, dispersion) * mean;
  if (!(least > 0)) return { mean, square: variance + mean * mean };
  if (!(mean > 0)) return { mean: least, square: least * least };
  const step = Math.max(1, mean / LARGE_MEAN);
  const m = mean / step;
  const d = Math.max(1, Math.max(1, dispersion) / step);
  const first = Math.ceil(least / step);
  const tail = first <= m ? byComplement(m, d, first) : bySeries(m, d, first);
  const conditional = Math.max(least, step * tail.mean);
  return { mean: conditional, square: Math.max(conditional ** 2, step * step * tail.square) };
}

/** The whole less what lies below `first`. */
function byComplement(mean: number, dispersion: number, first: number): { mean: number; square: number } {
  const { size, share } = binomialOf(mean, dispersion);
  let p = size === Number.POSITIVE_INFINITY ? Math.exp(-mean) : Math.exp(-size * Math.log(dispersion));
  let weight = 1;
  let sum = mean;
  let squares = dispersion * mean + mean * mean;
  for (let k = 0; k < first; k++) {
    weight -= p;
    sum -= p * k;
    squares -= p * k * k;
    p *= size === Number.POSITIVE_INFINITY ? mean / (k + 1) : ((k + size) / (k + 1)) * share;
  }
  return { mean: sum / weight, square: squares / weight };
}

/** Upwards from `first`, each weight from the one before; what they are in all cancels. */
function bySeries(mean: number, dispersion: number, first: number): { mean: number; square: number } {
  const { size, share } = binomialOf(mean, dispersion);
  let p = 1;
  let weight = 0;
  let sum = 0;
  let squares = 0;
  for (let k = first; p > SMALLEST && k < first + MOST_TERMS; k++) {
    weight += p;
    sum += p * k;
    squares += p * k * k;
    p *= size === Number.POSITIVE_INFINITY ? mean / (k + 1) : ((k + size) / (k + 1)) * share;
  }
  return { mean: sum / weight, square: squares / weight };
}

function binomialOf(mean: number, dispersion: number): { size: number; share: number } {
  const isPoisson = dispersion < 1 + 1e-6;
  return isPoisson
    ? { size: Number.POSITIVE_INFINITY, share: 0 }
    : { size: mean / (dispersion - 1), share: 1 - 1 / dispersion };
}
