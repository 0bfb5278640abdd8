import { daysToSell, demandUntil } from '../demand-curve.ts';
import { units } from '../reason.ts';
import { line, percentLine, quantityLine, written } from './arithmetic.ts';
import { shortfall } from './shortfall.ts';
import type { Trigger, TriggerFacts, TriggerRules } from './trigger.ts';

/** Stock that does not sell is counted as costing money for a year at most. */
const LONGEST_DAYS = 365;

/** Stock that outlasts the demand of many days. At stake is what keeping the excess costs until it has sold. */
export function deadStockTrigger(facts: TriggerFacts, { deadStockDays }: TriggerRules): Trigger | undefined {
  const { onHand, curve, spread, terms, unitCost, currency } = facts;
  if (facts.code === 'STOCK_UNKNOWN' || !(onHand > 0)) return undefined;
  const sold = demandUntil(curve, deadStockDays) * spread.bias;
  const excess = Math.floor(onHand - sold);
  if (excess < 1) return undefined;
  const lasts = daysToSell(curve, onHand / spread.bias);
  const probability = 1 - shortfall(facts, deadStockDays, onHand).probability;
  // the excess sells last: it lies from today until, on average, half of it is gone
  const days = Math.min(LONGEST_DAYS, (deadStockDays + Math.min(lasts, LONGEST_DAYS * 2)) / 2);
  const value = excess * terms.holdingEstimate * days;
  const tied = excess * unitCost;
  const money = Number.isNaN(tied) ? '' : ` It ties up ${written(tied, currency)}.`;
  const moneyZh = Number.isNaN(tied) ? '' : `占用资金 ${written(tied, currency)}。`;
  const never = lasts === Infinity;
  return {
    kind: 'dead_stock',
    action: 'clear',
    code: never ? 'NO_DEMAND' : 'DEAD_STOCK',
    quantity: excess,
    value,
    probability,
    reason: {
      en: `${units(onHand)} on hand ${never ? 'and no demand is forecast' : `last for ${units(lasts)} days`}: ${units(excess)} are more than ${deadStockDays} days sell.${money}`,
      zh: `现有 ${units(onHand)}，${never ? '预计没有需求' : `够卖 ${units(lasts)} 天`}：超出 ${deadStockDays} 天销量 ${units(excess)}。${moneyZh}`,
    },
    arithmetic: [
      quantityLine('on hand', '现有', onHand),
      quantityLine(`- asked for in ${deadStockDays} days, on average`, `- ${deadStockDays} 天平均需求`, sold),
      quantityLine('= excess', '= 超出', excess),
      percentLine('probability that it is not all sold by then', '届时未售完的概率', probability),
      ...(Number.isNaN(value)
        ? []
        : [
            line(
              '= value at stake',
              '= 涉及金额',
              `${units(excess)} x ${units(days)} days x ${currency} ${terms.holdingEstimate.toFixed(4)} = ${written(value, currency)}`,
            ),
          ]),
    ],
  };
}
