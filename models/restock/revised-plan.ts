import type { Plan } from './plan.ts';

/**
 * A plan with another quantity: probability, units saved and value follow. What neighbours send counts first, so that the
 * order is only worth what it adds.
 *
 * @param moved units that neighbours send
 * @param orderCost cost of placing the order
 */
export function revisedPlan(plan: Plan, quantity: number, moved: number, orderCost: number): Plan {
  const after = plan.outcomeOf(quantity + moved);
  const before = plan.outcomeOf(moved);
  const isOrdered = quantity > 0;
  return {
    ...plan,
    quantity,
    stockoutProbabilityAfter: after.stockoutProbabilityAfter,
    stockoutAfterArrival: after.stockoutAfterArrival,
    unitsWasted: after.unitsWasted,
    unitsSaved: isOrdered ? after.unitsSaved - before.unitsSaved : 0,
    // both outcomes with an order in them carry its cost, which is paid once
    value: isOrdered ? after.value - before.value - (moved > 0 ? orderCost : 0) : 0,
  };
}
