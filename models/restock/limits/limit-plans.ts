import type { OrderRule } from '../order-quantity.ts';
import type { Plan } from '../plan.ts';
import { type Allocation, allocateOrders, type ExactSolver } from './allocate.ts';
import { brokenComponents } from './components.ts';
import { lineOfPlan } from './line-of-plan.ts';
import type { Limit, OrderLine, Use } from './order-line.ts';

/** An order that limits may change. */
export interface OpenOrder {
  plan: Plan;
  rule: OrderRule;
  orderCost: number;
  /** Units that come from elsewhere and take the place of the first ones ordered. */
  moved: number;
  uses: readonly Use[];
}

/** Window demands that an order is stretched by at most to reach a minimum. */
const MOST_STRETCHED = 2;

/**
 * Quantities that keep all limits, [order], and what the limits are worth. Costs are worked out only for orders that a
 * broken limit touches; the order given decides ties. O(touched orders x quantities x scenarios).
 */
export function limitPlans(
  orders: readonly OpenOrder[],
  limits: readonly Limit[],
  solveExactly?: ExactSolver,
): { quantities: Float64Array; allocation: Allocation } {
  const quantities = Float64Array.from(orders, ({ plan }) => plan.quantity);
  const outline = orders.map(
    ({ plan, uses }): OrderLine => ({
      quantities: Float64Array.of(0, plan.quantity),
      costs: new Float64Array(2),
      preferred: plan.quantity > 0 ? 1 : 0,
      uses,
    }),
  );
  const isMinimum = ({ limit }: Use): boolean => limits[limit]!.kind === 'at_least_if_any';
  const touched = brokenComponents(outline, limits)
    .flatMap((component) => component.lines)
    // what is not wanted can only be wanted to reach a minimum
    .filter((line) => orders[line]!.plan.quantity > 0 || orders[line]!.uses.some(isMinimum))
    .sort((a, b) => a - b);
  const lines = touched.map((line) => {
    const { plan, rule, orderCost, moved, uses } = orders[line]!;
    const stretch = uses.some(isMinimum) ? MOST_STRETCHED * plan.windowDemand + rule.packSize : 0;
    return lineOfPlan({
      costOf: (quantity) => plan.costOf(quantity + moved),
      rule,
      orderCost,
      preferred: plan.quantity,
      most: plan.quantity + stretch,
      uses,
    });
  });
  const allocation = allocateOrders(lines, limits, solveExactly);
  touched.forEach((line, i) => {
    quantities[line] = lines[i]!.quantities[allocation.choice[i]!]!;
  });
  return { quantities, allocation };
}
