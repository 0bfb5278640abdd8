/** Why an elasticity does or does not carry advice; `OK` does. */
export type ElasticityReason =
  | 'OK'
  | 'TOO_FEW_ROWS'
  | 'PRICE_HARDLY_MOVED'
  | 'WRONG_SIGN'
  | 'INTERVAL_TOO_WIDE'
  | 'NOT_CLEARLY_NEGATIVE'
  | 'HOLDOUT_WORSE'
  | 'CROSS_EFFECT';

export interface AdviceInput {
  /** The product's own estimate, before pooling; NaN where its price hardly moved. */
  ownEstimate: number;
  /** Pooled estimate and interval. */
  estimate: number;
  lo: number;
  hi: number;
  /** NaN where prices stood still in the held-out weeks. */
  holdoutGainPct: number;
  /** Whether there were rows enough for a regression. */
  hasRows: boolean;
}

/**
 * The gate: an elasticity gives advice only where the price has moved, its interval is narrow and below zero, and it
 * predicted weeks it had not seen better than no price response did.
 */
export function adviceReason(input: AdviceInput, limits: { maxIntervalWidth: number }): ElasticityReason {
  if (!input.hasRows) return 'TOO_FEW_ROWS';
  if (!Number.isFinite(input.ownEstimate)) return 'PRICE_HARDLY_MOVED';
  if (input.estimate >= 0) return 'WRONG_SIGN';
  if (!(input.hi - input.lo <= limits.maxIntervalWidth)) return 'INTERVAL_TOO_WIDE';
  if (input.hi >= 0) return 'NOT_CLEARLY_NEGATIVE';
  if (input.holdoutGainPct < 0) return 'HOLDOUT_WORSE';
  return 'OK';
}
