import type { DesignMatrix } from './design-matrix.ts';
import { chooseLambda, fitRidgeLogistic, type LogisticModel, logOdds } from './ridge-logistic.ts';
import { type KnownOutcome, RISK_COLUMNS, type RiskFeatures } from './risk-features.ts';
import { levelShift } from './risk-season.ts';
import { logistic } from './special-functions.ts';

/**
 * Learns from earlier cutoffs how recency, money and signals tell customers apart beyond BG/NBD. Each cutoff has a level of
 * its own, so that a season is not mistaken for a signal. Undefined where all did the same.
 */
export function fitRiskLayer(known: readonly KnownOutcome[]): LogisticModel | undefined {
  const rows = known.reduce((sum, { left }) => sum + left.length, 0);
  const columns = RISK_COLUMNS.length;
  const width = columns + known.length - 1;
  const matrix: DesignMatrix = { rows, width, values: new Float64Array(rows * width) };
  const labels = new Uint8Array(rows);
  let at = 0;
  known.forEach(({ features, left }, k) => {
    for (let i = 0; i < left.length; i++, at++) {
      matrix.values.set(features.matrix.values.subarray(i * columns, (i + 1) * columns), at * width);
      if (k > 0) matrix.values[at * width + columns + k - 1] = 1;
      labels[at] = left[i]!;
    }
  });
  const share = labels.reduce((sum, value) => sum + value, 0) / rows;
  if (rows < 50 || share === 0 || share === 1) return undefined;
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  const model = fitRidgeLogistic(matrix, labels, chooseLambda(matrix, labels, order));
  return {
    ...model,
    coefficients: model.coefficients.slice(0, columns),
    centre: model.centre.slice(0, columns),
  };
}

/** Risks in the layer's order and spread, at the mean `level` that BG/NBD and the season give. */
export function layeredRisk(layer: LogisticModel, features: RiskFeatures, level: number): Float64Array {
  const eta = logOdds(layer, features.matrix);
  const shift = levelShift(eta, level);
  return eta.map((value) => logistic(value + shift));
}

/** Bands of days since the last purchase, as multiples of the horizon, of the recency rule. */
const RECENCY_BANDS = [0.25, 0.5, 1, 1.5, 2, 3, 4] as const;

/** Probability of no purchase by days since the last one: the rule that a model has to beat. */
export interface RecencyRule {
  horizon: number;
  risk: number[];
}

/** The share that left in each band of recency at earlier cutoffs, with one pseudo-customer of the overall share. */
export function fitRecencyRule(known: readonly KnownOutcome[], horizon: number): RecencyRule {
  const counts = new Array<number>(RECENCY_BANDS.length + 1).fill(0);
  const lost = counts.slice();
  for (const { features, left } of known) {
    features.history.silence.forEach((silence, i) => {
      counts[bandOf(silence, horizon)]!++;
      lost[bandOf(silence, horizon)]! += left[i]!;
    });
  }
  const total = counts.reduce((sum, value) => sum + value, 0);
  const share = total > 0 ? lost.reduce((sum, value) => sum + value, 0) / total : 0.5;
  return { horizon, risk: counts.map((count, k) => (lost[k]! + share) / (count + 1)) };
}

export function recencyRisk(rule: RecencyRule, features: RiskFeatures): Float64Array {
  return Float64Array.from(features.history.silence, (silence) => rule.risk[bandOf(silence, rule.horizon)]!);
}

function bandOf(silence: number, horizon: number): number {
  const band = RECENCY_BANDS.findIndex((edge) => silence <= edge * horizon);
  return band < 0 ? RECENCY_BANDS.length : band;
}
