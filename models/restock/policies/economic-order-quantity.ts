/** Costs of ordering in lots against a steady demand. All rates are per the same unit of time. */
export interface LotCosts {
  orderCost: number;
  /** Cost of keeping one unit for one unit of time. */
  holding: number;
  demandRate: number;
}

export interface Lot {
  quantity: number;
  /** Cost per unit of time. */
  cost: number;
}

/**
 * Quantity at which ordering and holding cost the same (Harris 1913).
 *
 * `economicOrderQuantity({ orderCost: 8, holding: 0.225, demandRate: 1300 })` is 304.0 at 68.41 (Snyder and Shen 2019,
 * example 3.1).
 */
export function economicOrderQuantity({ orderCost, holding, demandRate }: LotCosts): Lot {
  return {
    quantity: Math.sqrt((2 * orderCost * demandRate) / holding),
    cost: Math.sqrt(2 * orderCost * demandRate * holding),
  };
}

/**
 * The same where customers wait, at a cost of `backorder` per unit and unit of time.
 *
 * @returns also the share of demand that waits
 */
export function lotWithBackorders(costs: LotCosts, backorder: number): Lot & { waitingShare: number } {
  const { quantity, cost } = economicOrderQuantity(costs);
  const { holding } = costs;
  return {
    quantity: quantity * Math.sqrt((holding + backorder) / backorder),
    waitingShare: holding / (holding + backorder),
    cost: cost * Math.sqrt(backorder / (holding + backorder)),
  };
}

/** The same where a lot comes in at a rate above demand instead of at once. */
export function productionLot(costs: LotCosts, productionRate: number): Lot {
  return economicOrderQuantity({ ...costs, holding: costs.holding * (1 - costs.demandRate / productionRate) });
}

/** A price that holds for orders from a quantity on. */
export interface PriceBreak {
  from: number;
  unitCost: number;
}

/**
 * The lot of least cost where the price of all units depends on the quantity. Each price's own best lot counts, pushed up
 * to where the price starts; one that lies in the next price's range counts there.
 *
 * @param holdingShare cost of keeping goods for one unit of time as a share of their price
 * @param breaks ascending; the first from 0
 * @returns cost including the goods
 */
export function lotWithDiscounts(
  { orderCost, demandRate }: Omit<LotCosts, 'holding'>,
  holdingShare: number,
  breaks: readonly PriceBreak[],
): Lot {
  let best: Lot = { quantity: Number.NaN, cost: Infinity };
  breaks.forEach(({ from, unitCost }, i) => {
    const holding = holdingShare * unitCost;
    const quantity = Math.max(from, economicOrderQuantity({ orderCost, holding, demandRate }).quantity);
    if (quantity >= (breaks[i + 1]?.from ?? Infinity)) return;
    const cost = unitCost * demandRate + (orderCost * demandRate) / quantity + (holding * quantity) / 2;
    if (cost < best.cost) best = { quantity, cost };
  });
  return best;
}
