import { z } from 'zod';

/** One scheduled run: which jobs, at what local time, and what to do after downtime. */
export const scheduleConfig = z.array(
  z.strictObject({
    name: z.string().min(1),
    jobs: z.array(z.string()).default([]),
    /** Local time of day, `HH:MM`, in `timeZone`. */
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    timeZone: z.string().default('UTC'),
    /** Days of the week, 1 Monday to 7 Sunday; empty: every day. */
    weekdays: z.array(z.int().min(1).max(7)).default([]),
    /** Missed dates after downtime: `latest` runs the last one, `all` runs each, `none` skips them. */
    catchUp: z.enum(['latest', 'all', 'none']).default('latest'),
  }),
);
