import { demandCurve } from '../../../models/restock/demand-curve.ts';
import type { Situation } from '../../../models/restock/plan.ts';
import type { SupplyTerms } from '../../../models/restock/supply-terms.ts';

const terms: SupplyTerms = {
  leadDays: 3,
  leadSdDays: 0,
  reviewDays: 1,
  orderCost: 0,
  holdingPerUnitDay: Number.NaN,
  shortagePerUnit: Number.NaN,
  holdingEstimate: 0.01,
  shortageEstimate: 6,
  serviceLevel: 0.95,
  serviceKind: 'cycle_service',
  unitCost: 4,
  shelfLifeDays: Infinity,
  endsInDays: Infinity,
  packSize: 1,
  minOrderQuantity: 0,
};

/** A steady Poisson demand of which the level is known. */
export function situation(
  perDay: number,
  given: Partial<SupplyTerms>,
  onHand = 0,
  arrivals: Situation['arrivals'] = [],
): Situation {
  return {
    curve: demandCurve(new Float64Array(60).fill(perDay), 1),
    spread: { dispersion: 1, levelVariance: 0, bias: 1 },
    isCount: true,
    onHand,
    arrivals,
    terms: { ...terms, ...given },
    onwardDays: 0,
    floorDays: 0,
  };
}
