import { z } from 'zod';

/** How customers at risk are found. */
export const churnConfig = z.strictObject({
  /** Days ahead that the risk speaks of. */
  horizonDays: z.int().min(7).max(730).default(90),
  /** Rolling cutoffs of the backtest, a horizon apart where history allows. */
  cutoffs: z.int().min(1).max(24).default(6),
  /** The trend compares today's risk with the one of so many days ago. */
  trendDays: z.int().min(7).max(365).default(30),
  /** Days ahead that lifetime value counts, and its discount per year as a fraction. */
  lifetimeDays: z.int().min(30).max(3650).default(1095),
  discountRate: z.number().min(0).max(1).default(0.1),
  /** Free attribute of `customers` that says who left. Empty: risk comes from orders. */
  label: z.string().default(''),
  /** Value of the label that means the customer left. */
  positive: z.string().default('Yes'),
  /** Free attribute with the customer's worth per `valueDays` days, for the money at risk. */
  value: z.string().default(''),
  valueDays: z.number().min(1).max(3650).default(30),
  /** Free attributes that the risk must not use, such as what is only known after the fact. */
  ignore: z.array(z.string()).default([]),
  /** A deal that is slower than this share of deals in its stage raises an alert. */
  stageQuantile: z.number().min(0.5).max(0.99).default(0.8),
});
