import type { OrderRule } from './order-quantity.ts';
import type { ServiceKind } from './service-quantity.ts';

/** Terms on which one product reaches one location. Money that is not known is NaN, but for the order's cost. */
export interface SupplyTerms extends OrderRule {
  leadDays: number;
  leadSdDays: number;
  reviewDays: number;
  orderCost: number;
  /** Costs that were given for the purpose; together they decide instead of the service level. */
  holdingPerUnitDay: number;
  shortagePerUnit: number;
  /** The same, or an estimate where they were not given: what the value at stake is counted in. */
  holdingEstimate: number;
  shortageEstimate: number;
  serviceLevel: number;
  /** What the service level is a share of. */
  serviceKind: ServiceKind;
  /** What a unit costs that is thrown away. */
  unitCost: number;
  /** Days from delivery to the last on which a unit can be sold; Infinity where goods keep. */
  shelfLifeDays: number;
  /** Days from the as-of morning to the end of the last day on which the product is sold; Infinity without an end. */
  endsInDays: number;
}
