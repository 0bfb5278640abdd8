import { z } from 'zod';

/** When a price elasticity is sure enough to give advice. */
export const elasticityConfig = z.strictObject({
  /** Confidence of the published interval. */
  confidence: z.number().min(0.5).max(0.99).default(0.9),
});
