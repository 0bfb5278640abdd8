import { z } from 'zod';

/** When stock is marked down, and how far. */
export const discountConfig = z
  .strictObject({
    /** Days of cover over which stock counts as too much. */
    maxDaysOfCover: z.number().min(1).max(3650).default(90),
    /** Smallest margin left, as a fraction of the discounted price. */
    marginFloor: z.number().min(-1).max(0.99).default(0.05),
    /** Advice is given in steps between these depths, in per cent. */
    minDiscountPct: z.number().min(1).max(90).default(5),
    maxDiscountPct: z.number().min(1).max(90).default(40),
    stepPct: z.number().min(1).max(50).default(5),
    /** Depth where overstock is certain but the elasticity gives no advice, in per cent. */
    defaultDiscountPct: z.number().min(1).max(90).default(20),
    /** Longest markdown; it ends earlier where the surplus is gone. */
    durationDays: z.int().min(7).max(182).default(28),
    /** Stock that is not sold within its shelf life, or within so many days, is worth its salvage value. */
    sellThroughDays: z.int().min(30).max(3650).default(365),
    /** Value of such a unit, in per cent of its cost. */
    salvagePct: z.number().min(0).max(100).default(25),
    /** Yearly cost of keeping stock in per cent of its cost, where `supply` gives none: capital, space, ageing. */
    holdingCostPctPerYear: z.number().min(0).max(200).default(25),
    /** Margin in per cent of the price that is assumed where a product's cost is not given. */
    assumedMarginPct: z.number().min(0).max(99).default(35),
  })
  .refine((config) => config.minDiscountPct <= config.maxDiscountPct, {
    message: 'minDiscountPct must not be above maxDiscountPct',
  });

export type DiscountConfig = z.infer<typeof discountConfig>;
