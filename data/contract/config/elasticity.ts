import { z } from 'zod';

/** When a price elasticity is sure enough to give advice. */
export const elasticityConfig = z.strictObject({
  /** Confidence of the published interval. */
  confidence: z.number().min(0.5).max(0.99).default(0.9),
  /** Widest interval (hi less lo) that still carries advice: at 2, a tenth off moves demand by 10 % more or less. */
  maxIntervalWidth: z.number().min(0.1).max(20).default(2),
  /** Least standard deviation of the log price, after location, calendar and promotion, that counts as movement. */
  minPriceVariation: z.number().min(0).max(1).default(0.01),
  /** Weeks at the end on which the price response has to predict better than none. */
  holdoutWeeks: z.int().min(4).max(104).default(26),
  /** Products of a category, those that sell most, whose prices are tried as cross prices; 0: none. */
  crossCandidates: z.int().min(0).max(200).default(30),
  /** Share of the published cross effects that may be chance. */
  crossFalseDiscoveryRate: z.number().min(0.001).max(0.5).default(0.05),
});

export type ElasticityConfig = z.infer<typeof elasticityConfig>;
