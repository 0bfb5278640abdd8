import { z } from 'zod';

/** What orders of one date must not exceed; of one supplier, or of all suppliers together. At least one amount is given. */
const orderLimit = z
  .strictObject({
    /** Without it the limit holds for all suppliers together; orders to warehouses of one's own do not count. */
    supplier: z.string().min(1).optional(),
    /** Order dates it holds for; without them all. */
    from: z.iso.date().optional(),
    until: z.iso.date().optional(),
    /** Cost of the products, in the config's currency. */
    orderValue: z.number().min(0).optional(),
    volumeM3: z.number().min(0).optional(),
    weightKg: z.number().min(0).optional(),
    pallets: z.number().min(0).optional(),
  })
  .refine(
    ({ orderValue, volumeM3, weightKg, pallets }) =>
      [orderValue, volumeM3, weightKg, pallets].some((amount) => amount !== undefined),
    'needs one of orderValue, volumeM3, weightKg, pallets',
  );

/** Where work orders are sent after each publish. */
const webhook = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** Name of the environment variable that holds the secret which signs the messages. */
  secretEnv: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable'),
  /** Seconds to wait for an answer. */
  timeoutSeconds: z.number().min(0.1).max(120).default(10),
  /** Attempts per message and run, the waits between them doubling from one second. */
  attempts: z.int().min(1).max(10).default(4),
});

/** Terms used where the `supply` table does not give them, and when demand opens a work order by itself. */
export const restockConfig = z.strictObject({
  leadTimeDays: z.number().min(0).max(730).default(7),
  reviewPeriodDays: z.number().min(0).max(365).default(7),
  /** What a service level is a share of: order cycles without a stock-out, or demand that is served from the shelf. */
  target: z.enum(['cycle_service', 'fill_rate']).default('cycle_service'),
  /** Wanted service, used where holding and shortage cost are not both given. */
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
  /** Whether stock may be moved between the stores of a region; what is moved is not ordered. */
  transfers: z.boolean().default(true),
  /** Cost of moving a unit between locations, in per cent of its cost, and of each such move. */
  transferCostPct: z.number().min(0).max(100).default(5),
  transferCost: z.number().min(0).max(1e6).default(0),
  /** Days that such a move takes. */
  transferDays: z.int().min(0).max(60).default(1),
  /** Limits on all orders of a date together: budgets, containers. Those of a supplier can stand in `suppliers` as well. */
  limits: z.array(orderLimit).default([]),
  /** Orders of a supplier and date are at most so many per cent of its mean demand between two order dates; null: no smoothing. */
  smoothingPct: z.number().min(100).max(1000).nullable().default(null),
  /** Probability of running out first from which a stock-out is called ahead, and a delivery too late. */
  stockoutProbability: z.number().min(0.01).max(0.99).default(0.5),
  /** Stock that lasts longer than so many days is called dead. */
  deadStockDays: z.int().min(30).max(3650).default(180),
  webhook: webhook.optional(),
});

export type OrderLimit = z.infer<typeof orderLimit>;
export type WebhookConfig = z.infer<typeof webhook>;
export type RestockConfig = z.infer<typeof restockConfig>;
