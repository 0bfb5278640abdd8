import { writtenDate } from '../../../data/written.ts';
import { units } from '../reason.ts';
import { moneyLine, percentLine, percentOf, percentZh, quantityLine } from './arithmetic.ts';
import { type Shortfall, shortfall } from './shortfall.ts';
import type { Trigger, TriggerFacts, TriggerRules } from './trigger.ts';

/**
 * A delivery that comes too late: past its day, or due after stock has probably run out. At stake is what is missed because
 * of it: of one that is overdue, until an order placed now could take its place; of one still to come, until its day.
 */
export function lateTrigger(facts: TriggerFacts, rules: TriggerRules): Trigger | undefined {
  return overdueTrigger(facts) ?? dueTooLate(facts, rules);
}

function overdueTrigger(facts: TriggerFacts): Trigger | undefined {
  const { inbound, onHand, terms, plan, currency } = facts;
  const missing = inbound.overdue + inbound.lost;
  if (!(missing > 0)) return undefined;
  const days = plan.windowDays - terms.reviewDays;
  const others = Math.max(0, arriving(facts, days) - inbound.overdue);
  const without = shortfall(facts, days, onHand + others);
  const saved = without.units - shortfall(facts, days, onHand + others + missing).units;
  const lost = inbound.lost > 0 ? ` ${units(inbound.lost)} of them for so long that they are not counted on.` : '';
  const lostZh = inbound.lost > 0 ? `其中 ${units(inbound.lost)} 逾期过久，不再计入。` : '';
  return {
    kind: 'late_delivery',
    action: 'chase',
    code: inbound.overdue > 0 ? 'INBOUND_OVERDUE' : 'INBOUND_LOST',
    quantity: missing,
    value: saved * terms.shortageEstimate,
    probability: without.probability,
    reason: {
      en: `${units(missing)} should have come already.${lost} Without them it runs out with a probability of ${percentOf(without.probability)} before an order placed now could arrive.`,
      zh: `${units(missing)} 逾期未到。${lostZh}若不到货，新订单到达前断货概率为 ${percentZh(without.probability)}。`,
    },
    arithmetic: [
      quantityLine('overdue', '逾期', missing),
      ...stockLines(onHand, others, without),
      quantityLine('missed for want of it, on average', '因此平均少卖', saved),
      moneyLine('= value at stake', '= 涉及金额', saved, terms.shortageEstimate, currency),
    ],
  };
}

function dueTooLate(facts: TriggerFacts, { stockoutProbability }: TriggerRules): Trigger | undefined {
  const { inbound, onHand, terms, asOf, currency } = facts;
  for (const { day, quantity } of inbound.arrivals) {
    if (day === 0) continue;
    const before = arriving(facts, day);
    const without = shortfall(facts, day, onHand + before);
    const saved = without.units - shortfall(facts, day, onHand + before + quantity).units;
    if (without.probability < stockoutProbability || saved < 0.5) continue;
    const [en, zh] = [writtenDate(asOf + day, 'en'), writtenDate(asOf + day, 'zh')];
    return {
      kind: 'late_delivery',
      action: 'chase',
      code: 'INBOUND_AFTER_STOCKOUT',
      quantity,
      value: saved * terms.shortageEstimate,
      probability: without.probability,
      reason: {
        en: `${units(quantity)} are due on ${en}, and by then it has run out with a probability of ${percentOf(without.probability)}: about ${units(saved)} could still be sold if they came now.`,
        zh: `${units(quantity)} 定于 ${zh} 到货，届时断货概率已达 ${percentZh(without.probability)}：若现在到货，约可多卖 ${units(saved)}。`,
      },
      arithmetic: [
        quantityLine(`due on ${en}`, `${zh} 到货`, quantity),
        ...stockLines(onHand, before, without),
        quantityLine('missed for want of it, on average', '因此平均少卖', saved),
        moneyLine('= value at stake', '= 涉及金额', saved, terms.shortageEstimate, currency),
      ],
    };
  }
  return undefined;
}

/** Units due before a day. */
function arriving({ inbound }: TriggerFacts, day: number): number {
  return inbound.arrivals.filter((each) => each.day < day).reduce((sum, { quantity }) => sum + quantity, 0);
}

function stockLines(onHand: number, others: number, { demand, probability }: Shortfall) {
  return [
    quantityLine('on hand', '现有', onHand),
    quantityLine('+ other deliveries before', '+ 此前其他到货', others),
    quantityLine('asked for until then, on average', '届时平均需求', demand),
    percentLine('probability that it runs out', '断货概率', probability),
  ];
}
