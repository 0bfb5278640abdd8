import { z } from 'zod';

/** When an input or a forecast is reported as out of its usual band. */
export const monitorConfig = z.strictObject({
  /** A funnel stage further below its expected day than this fraction raises an alert. */
  funnelDrop: z.number().min(0.01).max(1).default(0.1),
  /** Days after which an input without new rows counts as stale. */
  staleAfterDays: z.int().min(1).max(365).default(3),
});
