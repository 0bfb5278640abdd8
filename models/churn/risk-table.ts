import type { CustomerReasons } from './customer-reasons.ts';
import { customerReasons, nextAction, tiersByValue } from './customer-reasons.ts';
import type { CustomerScores } from './customer-scores.ts';
import type { Signal } from './customer-signals.ts';
import type { Sentence, SentenceUnits } from './reason-sentences.ts';

/** One customer as published. NaN where not known. */
export interface RiskRow {
  customer_idx: number;
  method: string;
  horizon_days: number;
  risk: number;
  usual_risk: number;
  risk_before: number;
  p_alive: number;
  status: string;
  trend: string;
  tier: string;
  recency_days: number;
  frequency: number;
  age_days: number;
  last_order_on: number;
  year_value: number;
  total_value: number;
  value_per_order: number;
  expected_orders: number;
  expected_orders_year: number;
  value_at_risk: number;
  value_at_risk_year: number;
  lifetime_value: number;
  health_rhythm: number;
  health_spend: number;
  health_payment: number;
  health_contact: number;
  reasons: Sentence[];
  action: Sentence;
}

/** Part of health from a signal: 100 where all is as ever, falling by half for each 0.7 of strength. */
function part(scores: CustomerScores, i: number, signal: Signal): number {
  const { strength, now } = scores.signals[i]![signal];
  return Number.isNaN(now) ? Number.NaN : Math.round(100 * Math.exp(-Math.max(0, strength)));
}

/**
 * One row per customer of the scores.
 *
 * @param contractEndsOn day per customer index; NaN where there is none
 */
export function orderRiskRows(
  scores: CustomerScores,
  asOf: number,
  contractEndsOn: Float64Array,
  units: SentenceUnits,
): RiskRow[] {
  const { history } = scores;
  const tiers = tiersByValue(history.yearValue);
  return Array.from(history.customer, (c, i) => {
    const found: CustomerReasons = customerReasons(scores, i, contractEndsOn[c]! - asOf, units);
    return {
      customer_idx: c,
      method: scores.method,
      horizon_days: units.window,
      risk: scores.risk[i]!,
      usual_risk: scores.usualRisk[i]!,
      risk_before: scores.riskBefore[i]!,
      p_alive: scores.pAlive[i]!,
      status: scores.status[i]!,
      trend: scores.trend[i]!,
      tier: tiers[i]!,
      recency_days: history.silence[i]!,
      frequency: history.frequency[i]! + 1,
      age_days: history.age[i]!,
      last_order_on: asOf - history.silence[i]!,
      year_value: history.yearValue[i]!,
      total_value: history.totalValue[i]!,
      value_per_order: scores.valuePerOrder[i]!,
      expected_orders: scores.expectedOrders[i]!,
      expected_orders_year: scores.expectedOrdersYear[i]!,
      value_at_risk: scores.valueAtRisk[i]!,
      value_at_risk_year: scores.valueAtRiskYear[i]!,
      lifetime_value: scores.lifetimeValue[i]!,
      health_rhythm: Math.round(100 * scores.pAlive[i]!),
      health_spend: part(scores, i, 'spend'),
      health_payment: part(scores, i, 'payment'),
      health_contact: part(scores, i, 'contact'),
      reasons: found.reasons,
      action: nextAction(found.code, scores.status[i]!, tiers[i]!),
    };
  });
}

export interface AttributeRiskInput {
  customer: number[];
  risk: Float64Array;
  reasons: Sentence[][];
  hasLeft: boolean[];
  /** Worth per day, NaN where not known. */
  valuePerDay: Float64Array;
  horizon: number;
}

const UNKNOWN_REASON: Sentence = {
  en: 'Its other attributes are those of the average customer.',
  zh: '其他属性与平均客户相同。',
};

/** One row per customer whose risk comes from attributes. Those who have left already have no money at risk. */
export function attributeRiskRows(input: AttributeRiskInput): RiskRow[] {
  const none = Number.NaN;
  const perDay = input.valuePerDay.map((value, i) => (Number.isFinite(value) && !input.hasLeft[i] ? value : 0));
  const tiers = tiersByValue(perDay);
  return input.customer.map((c, i) => {
    const risk = input.risk[i]!;
    const hasLeft = input.hasLeft[i]!;
    const status = hasLeft ? 'lost' : risk >= 0.5 ? 'at risk' : risk >= 0.25 ? 'watch' : 'active';
    const reasons = [...input.reasons[i]!, UNKNOWN_REASON, UNKNOWN_REASON, UNKNOWN_REASON].slice(0, 3);
    return {
      customer_idx: c,
      method: 'attributes',
      horizon_days: input.horizon,
      risk,
      usual_risk: none,
      risk_before: none,
      p_alive: hasLeft ? 0 : 1 - risk,
      status,
      trend: 'unknown',
      tier: tiers[i]!,
      recency_days: none,
      frequency: none,
      age_days: none,
      last_order_on: none,
      year_value: perDay[i]! * 365,
      total_value: none,
      value_per_order: none,
      expected_orders: none,
      expected_orders_year: none,
      value_at_risk: perDay[i]! * input.horizon * risk,
      value_at_risk_year: perDay[i]! * 365 * risk,
      lifetime_value: none,
      health_rhythm: Math.round(100 * (1 - risk)),
      health_spend: none,
      health_payment: none,
      health_contact: none,
      reasons,
      action: nextAction(status === 'active' ? 'none' : 'attributes', status, tiers[i]!),
    };
  });
}
