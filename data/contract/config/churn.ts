import { z } from 'zod';

/** How customers at risk are found. */
export const churnConfig = z.strictObject({
  /** Days ahead that the risk speaks of. */
  horizonDays: z.int().min(7).max(730).default(90),
});
