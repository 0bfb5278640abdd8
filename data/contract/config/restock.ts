import { z } from 'zod';

/** Terms used where the `supply` table does not give them, and when demand opens a work order by itself. */
export const restockConfig = z.strictObject({
  leadTimeDays: z.number().min(0).max(730).default(7),
  reviewPeriodDays: z.number().min(0).max(365).default(7),
  /** Wanted probability of no stock-out, used where no shortage cost is known. */
  serviceLevel: z.number().min(0.5).max(0.999).default(0.95),
  /** Yearly cost of keeping stock in per cent of its cost, where `supply` gives none: capital, space, ageing. */
  holdingCostPctPerYear: z.number().min(0).max(200).default(25),
  /** A forecast so many times the last 30 days' sales opens a work order at once. */
  surgeRatio: z.number().min(1).max(100).default(3),
  /** A 30-day forecast under this many units is not taken as a surge. */
  surgeMinQuantity: z.number().min(0).max(1e9).default(10),
  /** A delivery overdue by more days is taken as lost. */
  lostAfterDays: z.int().min(0).max(3650).default(30),
  /** A stock count older by more days is named on the row; it is brought forward by sales and deliveries since. */
  oldCountAfterDays: z.int().min(0).max(3650).default(14),
  /** Cost of moving a unit between locations, in per cent of its cost, and of each such move. */
  transferCostPct: z.number().min(0).max(100).default(5),
  transferCost: z.number().min(0).max(1e6).default(0),
});

export type RestockConfig = z.infer<typeof restockConfig>;
