import { z } from 'zod';

/** What the past is replayed with when nothing else is asked for. */
export const replayConfig = z.strictObject({
  /** Days before the as-of date that `leadtime replay` plays where it is not told from when. */
  days: z.int().min(7).max(3650).default(84),
  /** What demand is forecast with every week: one of the models that are quick, or the mean of some, joined by `+`. */
  model: z.string().min(1).default('calendar_regression'),
});
