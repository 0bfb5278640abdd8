import { writtenDate } from '../../../data/written.ts';
import { units } from '../reason.ts';
import { moneyLine, percentLine, percentOf, percentZh, quantityLine } from './arithmetic.ts';
import type { Trigger, TriggerFacts, TriggerRules } from './trigger.ts';

/** Stock that is likely to be gone before anything ordered now can arrive: only something faster than an order helps. */
export function stockoutTrigger(facts: TriggerFacts, { stockoutProbability }: TriggerRules): Trigger | undefined {
  const { plan, terms, asOf, onHand, currency } = facts;
  if (!(plan.windowDemand > 0) || facts.code === 'STOCK_UNKNOWN') return undefined;
  const missed = plan.unitsMissedBefore;
  if (!(plan.stockoutBeforeArrival >= stockoutProbability) || missed < 0.5) return undefined;
  const quantity = Math.round(missed);
  const arrives = asOf + plan.windowDays - terms.reviewDays;
  const [en, zh] = [writtenDate(arrives, 'en'), writtenDate(arrives, 'zh')];
  const sure = percentOf(plan.stockoutBeforeArrival);
  const due = facts.inbound.arrivals
    .filter(({ day }) => asOf + day < arrives)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    kind: 'stockout_ahead',
    action: 'expedite',
    code: onHand > 0 ? 'STOCKOUT_AHEAD' : 'STOCKED_OUT',
    quantity,
    value: missed * terms.shortageEstimate,
    probability: plan.stockoutBeforeArrival,
    reason: {
      en: `What is ordered now ${facts.withStores ? 'reaches its stores' : 'arrives'} on ${en}; until then it runs out with a probability of ${sure}, and about ${units(quantity)} will be missed. Have something come sooner, or move it here.`,
      zh: `现在订货要到 ${zh} 才到${facts.withStores ? '门店' : ''}；此前断货概率 ${percentZh(plan.stockoutBeforeArrival)}，预计少卖约 ${units(quantity)}。请加急或调拨。`,
    },
    arithmetic: [
      quantityLine('on hand', '现有', onHand),
      quantityLine(`+ due before ${en}`, `+ ${zh}前到货`, due),
      percentLine('probability that it runs out before', '此前断货概率', plan.stockoutBeforeArrival),
      quantityLine('missed before, on average', '此前平均少卖', missed),
      moneyLine('= value at stake', '= 涉及金额', missed, terms.shortageEstimate, currency),
    ],
  };
}
