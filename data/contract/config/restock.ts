import { z } from 'zod';

/** Terms used where the `supply` table does not give them. */
export const restockConfig = z.strictObject({
  leadTimeDays: z.number().min(0).max(730).default(7),
  reviewPeriodDays: z.number().min(0).max(365).default(7),
  /** Wanted probability of no stock-out, used where no shortage cost is known. */
  serviceLevel: z.number().min(0.5).max(0.999).default(0.95),
});
