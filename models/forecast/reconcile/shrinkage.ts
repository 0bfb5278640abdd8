/** Least share of the target, so that the matrix can be inverted where nodes have the same errors. */
const LEAST_SHRINKAGE = 1e-3;

/**
 * A covariance matrix as `intensity * diag(variance) + (1 - intensity) * F' F`, never written out: `F` has a row per sample.
 */
export interface ShrunkCovariance {
  variance: Float64Array;
  /** Share of the diagonal target, 0 to 1. */
  intensity: number;
  /** Errors over the root of the number of samples, [sample][node]; empty for a diagonal matrix. */
  factors: Float64Array[];
}

/**
 * Covariance of errors, shrunk towards its diagonal by the intensity that costs least mean squared error (Schaefer and
 * Strimmer 2005, Statistical Applications in Genetics and Molecular Biology 4), uncentred as in Wickramasuriya,
 * Athanasopoulos and Hyndman (2019, JASA 114) so that a bias counts as error.
 *
 * @param errors a row per sample, [sample][node]; an unknown error is NaN, taken as none while its node's variance comes from
 *   the known ones
 * @param blockSize samples in a row that are not independent of each other, such as the days forecast from one cutoff; 1 gives
 *   the estimator of the paper
 * @returns variance 0 for nodes without any error. O(nodes x samples^2), without a nodes x nodes matrix
 */
export function shrinkCovariance(errors: readonly Float64Array[], blockSize = 1): ShrunkCovariance {
  const samples = errors.length;
  const nodes = errors[0]?.length ?? 0;
  const variance = new Float64Array(nodes);
  for (let i = 0; i < nodes; i++) {
    let known = 0;
    for (const row of errors) {
      if (!Number.isFinite(row[i]!)) continue;
      known++;
      variance[i]! += row[i]! * row[i]!;
    }
    if (known > 0) variance[i]! /= known;
  }
  const factors = errors.map((row) => row.map((error) => (Number.isFinite(error) ? error / Math.sqrt(samples) : 0)));
  return { variance, intensity: shrinkageIntensity(factors, variance, blockSize), factors };
}

/**
 * Sum of the variances of the correlations over the sum of their squares, each block of samples one observation of all
 * correlations. Both are had from products of samples instead of nodes: the squares of X'X and of XX' have the same sum.
 */
function shrinkageIntensity(factors: readonly Float64Array[], variance: Float64Array, blockSize: number): number {
  const n = factors.length;
  const blocks = Math.floor(n / blockSize);
  if (blocks < 2) return 1;
  const standard = factors.map((row) =>
    row.map((value, i) => (variance[i]! > 0 ? (value * Math.sqrt(n)) / Math.sqrt(variance[i]!) : 0)),
  );
  const blockOf = (sample: number): number => Math.min(blocks - 1, Math.floor(sample / blockSize));
  let inBlocks = 0;
  let inAll = 0;
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let i = 0; i < variance.length; i++) product += standard[a]![i]! * standard[b]![i]!;
      const square = (a === b ? 1 : 2) * product * product;
      inAll += square;
      if (blockOf(a) === blockOf(b)) inBlocks += square;
    }
  }
  const own = new Float64Array(blocks);
  for (let i = 0; i < variance.length; i++) {
    own.fill(0);
    for (let a = 0; a < n; a++) own[blockOf(a)]! += standard[a]![i]! ** 2;
    inAll -= own.reduce((sum, squares) => sum + squares, 0) ** 2;
    inBlocks -= own.reduce((sum, squares) => sum + squares * squares, 0);
  }
  const noise = (inBlocks - inAll / blocks) / (blocks * (blocks - 1));
  const signal = inAll / (blocks * blocks);
  if (!(signal > 0)) return 1;
  return Math.min(1, Math.max(LEAST_SHRINKAGE, noise / signal));
}

/** Writes the matrix times `x` to `out`. O(nodes x samples). */
export function timesCovariance(
  { variance, intensity, factors }: ShrunkCovariance,
  x: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < x.length; i++) out[i] = intensity * variance[i]! * x[i]!;
  if (intensity === 1) return;
  for (const row of factors) {
    let product = 0;
    for (let i = 0; i < x.length; i++) product += row[i]! * x[i]!;
    product *= 1 - intensity;
    for (let i = 0; i < x.length; i++) out[i]! += product * row[i]!;
  }
}
