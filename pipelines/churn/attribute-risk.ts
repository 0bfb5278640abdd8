import { encodeAttributes, readAttributes } from '../../models/churn/attribute-columns.ts';
import { attributeRisk } from '../../models/churn/attribute-risk.ts';
import { attributeRiskRows } from '../../models/churn/risk-table.ts';
import type { JobContext } from '../job.ts';
import type { CustomerList } from './customer-record.ts';
import type { RiskPart } from './order-risk.ts';

/** Risk of the customers in `among`, from their free attributes and the label of the config. */
export async function attributeRiskOf(context: JobContext, list: CustomerList, among: number[]): Promise<RiskPart> {
  const { label, positive, value, valueDays, ignore, horizonDays } = context.config.churn;
  const none = { rows: [], backtest: [], reliability: [] };
  context.progress.update('customers: risk from attributes');
  const attributes = readAttributes(among.map((c) => list.attributes[c]!));
  const labelled = attributes.find(({ name }) => name === label);
  if (!labelled) return { ...none, notes: [`No customer has the attribute "${label}" that churn.label names.`] };
  const labels = Float64Array.from(labelled.values, (text) => (text === '' ? Number.NaN : text === positive ? 1 : 0));
  const used = attributes.filter(({ name }) => name !== label && !ignore.includes(name));
  const result = attributeRisk(encodeAttributes(used), labels, context.seed);
  if (!result) {
    return { ...none, notes: [`"${label}" = "${positive}" does not tell enough customers apart to learn a risk.`] };
  }
  const worth = attributes.find(({ name }) => name === value);
  const rows = attributeRiskRows({
    customer: among,
    risk: result.risk,
    reasons: result.reasons,
    hasLeft: Array.from(labels, (left) => left === 1),
    valuePerDay: Float64Array.from(among, (_, i) => Number.parseFloat(worth?.values[i] ?? '') / valueDays),
    horizon: horizonDays,
  });
  const { score, baseline, reliability } = result;
  const judged = ([method, s]: [string, typeof score]) => ({
    method,
    cutoff_on: Number.NaN,
    customers: s.customers,
    base_rate: s.baseRate,
    auc: s.auc,
    brier: s.brier,
    log_loss: s.logLoss,
    bias: s.bias,
    is_champion: method === 'attributes',
  });
  return {
    rows,
    backtest: [judged(['attributes', score]), judged(['overall_share', baseline])],
    reliability: reliability.map(({ from, to, ...band }) => ({
      method: 'attributes',
      risk_from: from,
      risk_to: to,
      ...band,
      is_champion: true,
    })),
    notes: [
      `Customer risk from attributes: AUC ${score.auc.toFixed(3)} and Brier ${score.brier.toFixed(3)} on customers left out of the fit; ` +
        `the overall share alone gives Brier ${baseline.brier.toFixed(3)}.`,
      ...(worth ? [] : ["Name the attribute with a customer's worth in churn.value to see the money at risk."]),
    ],
  };
}
