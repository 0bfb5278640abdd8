import { deadStockTrigger } from './dead-stock-trigger.ts';
import { lateTrigger } from './late-trigger.ts';
import { orderTrigger } from './order-trigger.ts';
import { stockoutTrigger } from './stockout-trigger.ts';
import type { Trigger, TriggerFacts, TriggerRules } from './trigger.ts';

/** All that is to be done about one product at one location, at most one of each kind. */
export function triggersOf(facts: TriggerFacts, rules: TriggerRules): Trigger[] {
  return [
    orderTrigger(facts),
    stockoutTrigger(facts, rules),
    lateTrigger(facts, rules),
    deadStockTrigger(facts, rules),
  ].filter((trigger) => trigger !== undefined);
}
