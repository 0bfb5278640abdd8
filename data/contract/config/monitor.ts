import { z } from 'zod';

/** When an input or a forecast is reported as out of its usual band. */
export const monitorConfig = z.strictObject({
  /** A funnel stage further below its expected day than this fraction raises an alert, where chance does not explain it. */
  funnelDrop: z.number().min(0.01).max(1).default(0.1),
  /** Latest days of the funnel that are judged. */
  funnelDays: z.int().min(1).max(120).default(28),
  /** Days after which an input without new rows counts as stale; inputs that come rarely get twice their usual gap. */
  staleAfterDays: z.int().min(1).max(365).default(3),
  /** Population stability index over which an input has drifted; 0.2 is the usual limit of the trade. */
  driftIndex: z.number().min(0.01).max(10).default(0.2),
  /** Share of a table's records in quarantine over which it is reported. */
  quarantineShare: z.number().min(0).max(1).default(0.01),
});
