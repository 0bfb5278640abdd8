import { writtenDate } from '../../../data/written.ts';
import type { Note } from '../limits/limit-note.ts';
import { isForSurge, isMissedBefore, units } from '../reason.ts';
import { line, moneyLine, percentOf, percentZh, quantityLine, written } from './arithmetic.ts';
import type { Trigger, TriggerFacts } from './trigger.ts';

/** An order to be placed: because stock falls under its target, or because demand is about to rise manifold. */
export function orderTrigger(facts: TriggerFacts): Trigger | undefined {
  const { plan, code, isSurge, reason } = facts;
  if (!(plan.quantity > 0)) return undefined;
  return {
    kind: isSurge ? 'surge' : 'order',
    action: 'order',
    code,
    quantity: plan.quantity,
    value: plan.value,
    probability: plan.stockoutProbability,
    reason,
    arithmetic: orderArithmetic(facts),
  };
}

function orderArithmetic(facts: TriggerFacts): Note[] {
  const { plan, asOf, onHand, moved, terms, currency, isSurge, demand30Days, sold30Days } = facts;
  const until = asOf + plan.windowDays;
  const [en, zh] = [writtenDate(until, 'en'), writtenDate(until, 'zh')];
  const position = onHand + plan.inbound + moved;
  const lines = [
    quantityLine('on hand', '现有', onHand),
    quantityLine(`+ due until ${en}`, `+ ${zh}前到货`, plan.inbound),
    ...(moved > 0 ? [quantityLine('+ from neighbours', '+ 邻店调入', moved)] : []),
    quantityLine('= position', '= 库存位置', position),
    quantityLine(`asked for until ${en}, on average`, `到 ${zh} 的平均需求`, plan.windowDemand),
    ...(isMissedBefore(plan)
      ? [quantityLine('of which missed before an order can come', '其中订货到达前平均流失', plan.unitsMissedBefore)]
      : []),
    isForSurge(facts)
      ? quantityLine('wanted for the next 30 days', '未来 30 天需备', plan.orderUpTo)
      : quantityLine(
          `wanted at a target of ${percentOf(plan.target)}`,
          `目标 ${percentZh(plan.target)} 需备`,
          plan.orderUpTo,
        ),
    quantityLine('wanted less position', '需备减库存位置', plan.orderUpTo - position),
    quantityLine(
      `ordered, in packs of ${units(terms.packSize)}`,
      `订货（每包 ${units(terms.packSize)}）`,
      plan.quantity,
    ),
  ];
  if (isSurge) {
    lines.push(
      line(
        'next 30 days against the last 30',
        '未来 30 天对过去 30 天',
        sold30Days > 0
          ? `${units(demand30Days)} / ${units(sold30Days)} = ${(demand30Days / sold30Days).toFixed(1)}`
          : `${units(demand30Days)} / 0`,
      ),
    );
  }
  const saved = plan.unitsSaved * terms.shortageEstimate;
  lines.push(moneyLine('saved from being missed', '避免的缺货', plan.unitsSaved, terms.shortageEstimate, currency));
  if (!Number.isNaN(plan.value)) {
    lines.push(
      line('- keeping it and placing the order', '- 持有与下单成本', written(saved - plan.value, currency)),
      line('= value at stake', '= 涉及金额', written(plan.value, currency)),
    );
  }
  return lines;
}
