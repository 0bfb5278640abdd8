/** What the champions erred at each cutoff for one group of series; cutoffs oldest first. */
export interface GroupErrors {
  absoluteError: number[];
  actual: number[];
  forecast: number[];
}

export interface ForecastBand {
  measure: 'wape' | 'bias';
  value: number;
  expected: number;
  /** The value beyond which it is out of its band. */
  limit: number;
}

/** Widths of the band: standard deviations over cutoffs, and at least this share of the usual error, or this much bias. */
const SPREADS = 3;
const MIN_WAPE_SHARE = 0.25;
const MIN_BIAS = 0.1;

/**
 * Whether the latest cutoff's error left the band of the earlier ones: too much error, or a bias to one side.
 *
 * @returns what is out of its band; nothing with fewer than 3 cutoffs or without sales
 */
export function forecastOutOfBand({ absoluteError, actual, forecast }: GroupErrors): ForecastBand[] {
  const last = actual.length - 1;
  if (last < 2 || actual.some((sum) => !(sum > 0))) return [];
  const wape = absoluteError.map((error, k) => error / actual[k]!);
  const bias = forecast.map((sum, k) => sum / actual[k]! - 1);
  const found: ForecastBand[] = [];
  const usual = spreadOf(wape.slice(0, last));
  const limit = usual.mean + Math.max(SPREADS * usual.sd, MIN_WAPE_SHARE * usual.mean);
  if (wape[last]! > limit) found.push({ measure: 'wape', value: wape[last]!, expected: usual.mean, limit });
  const lean = spreadOf(bias.slice(0, last));
  const reach = Math.max(SPREADS * lean.sd, MIN_BIAS);
  if (Math.abs(bias[last]! - lean.mean) > reach && Math.abs(bias[last]!) > MIN_BIAS) {
    const side = Math.sign(bias[last]! - lean.mean);
    found.push({ measure: 'bias', value: bias[last]!, expected: lean.mean, limit: lean.mean + side * reach });
  }
  return found;
}

function spreadOf(values: number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, sd: Math.sqrt(variance) };
}
