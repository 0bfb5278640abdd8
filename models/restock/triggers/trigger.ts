import type { EpochDay } from '../../../data/day.ts';
import type { DemandCurve } from '../demand-curve.ts';
import type { Inbound } from '../inbound.ts';
import type { Note } from '../limits/limit-note.ts';
import type { Plan } from '../plan.ts';
import type { RestockCode } from '../reason-code.ts';
import type { Spread } from '../spread.ts';
import type { SupplyTerms } from '../supply-terms.ts';

/** What makes a work order: one row of each kind at most per product and location. */
export const TRIGGER_KINDS = ['order', 'surge', 'stockout_ahead', 'late_delivery', 'dead_stock'] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];

/** What is to be done: order it, have a delivery come sooner, ask where one is, or clear stock. */
export type TriggerAction = 'order' | 'expedite' | 'chase' | 'clear';

export interface Trigger {
  kind: TriggerKind;
  action: TriggerAction;
  code: string;
  /** Units that the action is about. */
  quantity: number;
  /** Money at stake; NaN where prices or costs are not known. */
  value: number;
  /** How likely it is that what the trigger warns of happens. */
  probability: number;
  reason: Note;
  /** The arithmetic, line by line. */
  arithmetic: Note[];
}

/** What triggers are worked out from: a pair, its plan, and what may happen. */
export interface TriggerFacts {
  asOf: EpochDay;
  currency: string;
  plan: Plan;
  code: RestockCode;
  isSurge: boolean;
  /** On hand; of a warehouse together with what its stores can use. */
  onHand: number;
  withStores: boolean;
  /** Units that neighbours are to send. */
  moved: number;
  inbound: Inbound;
  terms: SupplyTerms;
  curve: DemandCurve;
  spread: Spread;
  isCount: boolean;
  unitCost: number;
  demand30Days: number;
  sold30Days: number;
  /** Why the plan is what it is. */
  reason: Note;
}

/** When triggers other than orders are raised. */
export interface TriggerRules {
  /** Probability of running out from which a stock-out is called ahead and a delivery too late. */
  stockoutProbability: number;
  /** Days of demand beyond which stock is dead. */
  deadStockDays: number;
}
