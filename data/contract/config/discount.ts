import { z } from 'zod';

/** When stock is marked down, and how far. */
export const discountConfig = z.strictObject({
  /** Days of cover over which stock counts as too much. */
  maxDaysOfCover: z.number().min(1).max(3650).default(90),
  /** Smallest margin left, as a fraction of the discounted price. */
  marginFloor: z.number().min(-1).max(1).default(0.05),
  /** Advice is given in steps between these depths, in per cent. */
  minDiscountPct: z.number().min(0).max(100).default(5),
  maxDiscountPct: z.number().min(0).max(100).default(40),
  /** Depth where overstock is certain but the elasticity gives no advice, in per cent. */
  defaultDiscountPct: z.number().min(0).max(100).default(20),
});
