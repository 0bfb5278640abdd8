import { scoreCustomers } from '../../models/churn/customer-scores.ts';
import { backtestRisk, RISK_METHODS, type RiskBacktest, riskCutoffs } from '../../models/churn/risk-backtest.ts';
import type { RiskScore } from '../../models/churn/risk-metrics.ts';
import { orderRiskRows, type RiskRow } from '../../models/churn/risk-table.ts';
import type { JobContext } from '../job.ts';
import { type CustomerList, readCustomerRecord } from './customer-record.ts';
import type { CHURN_BACKTEST, CHURN_RELIABILITY, RowOf } from './tables.ts';

/** Risks of one kind, and how they did in backtest. */
export interface RiskPart {
  rows: RiskRow[];
  backtest: RowOf<typeof CHURN_BACKTEST>[];
  reliability: RowOf<typeof CHURN_RELIABILITY>[];
  notes: string[];
}

/** Risk of customers who order, from their rhythm and what else is known of them. */
export async function orderRisk(context: JobContext, list: CustomerList): Promise<RiskPart> {
  const { asOf, config, progress } = context;
  const { horizonDays, cutoffs, trendDays, lifetimeDays, discountRate } = config.churn;
  const record = await readCustomerRecord(context, list.customers);
  const firstDay = record.orders.day.reduce((first, day) => Math.min(first, day), asOf);

  progress.update('customers: backtest');
  const backtest = backtestRisk(record, riskCutoffs(firstDay, asOf, horizonDays, cutoffs), horizonDays);

  progress.update('customers: risk');
  const options = { asOf, horizon: horizonDays, trendDays, lifetimeDays, discountRate };
  const scores = scoreCustomers(record, backtest, options);
  if (!scores) {
    return {
      rows: [],
      backtest: [],
      reliability: [],
      notes: ['Too few customers order again to tell who is leaving.'],
    };
  }
  const units = { window: horizonDays, currency: config.currency };
  return {
    rows: orderRiskRows(scores, asOf, list.contractEndsOn, units),
    backtest: backtestRows(backtest),
    reliability: RISK_METHODS.flatMap((method) =>
      backtest.reliability[method].map(({ from, to, ...band }) => ({
        method: method as string,
        risk_from: from,
        risk_to: to,
        ...band,
        is_champion: method === scores.method,
      })),
    ),
    notes: backtestNotes(backtest),
  };
}

function backtestRows({ rows, pooled, champion }: RiskBacktest): RowOf<typeof CHURN_BACKTEST>[] {
  const row = (method: string, cutoff: number, score: RiskScore): RowOf<typeof CHURN_BACKTEST> => ({
    method,
    cutoff_on: cutoff,
    customers: score.customers,
    base_rate: score.baseRate,
    auc: score.auc,
    brier: score.brier,
    log_loss: score.logLoss,
    bias: score.bias,
    is_champion: method === champion,
  });
  return [
    ...rows.map(({ method, cutoff, ...score }) => row(method, cutoff, score)),
    ...(pooled ? RISK_METHODS.map((method) => row(method, Number.NaN, pooled[method])) : []),
  ];
}

function backtestNotes({ pooled, champion, rows }: RiskBacktest): string[] {
  const cutoffs = new Set(rows.map((row) => row.cutoff)).size;
  if (!pooled) return [`The risk rests on BG/NBD alone: ${cutoffs} earlier dates are too few to judge it by.`];
  const [own, rule] = [pooled[champion], pooled.recency];
  return [
    `Customer risk by "${champion}": AUC ${own.auc.toFixed(3)} and Brier ${own.brier.toFixed(3)} over ${cutoffs} earlier dates; ` +
      `days since the last order give ${rule.auc.toFixed(3)} and ${rule.brier.toFixed(3)}.`,
  ];
}
