import { fitBgNbd } from './bg-nbd.ts';
import type { CustomerRecord } from './customer-signals.ts';
import { orderHistory, silentAfter } from './order-history.ts';
import { type KnownOutcome, type RiskFeatures, riskFeatures } from './risk-features.ts';
import { fitRecencyRule, fitRiskLayer, layeredRisk, recencyRisk } from './risk-layer.ts';
import { type ReliabilityBand, type RiskScore, reliabilityOf, scoreRisk } from './risk-metrics.ts';
import { seasonShift, shifted } from './risk-season.ts';

/** From plain to rich: BG/NBD with last year's season, with the layer on both, and the rule to beat. */
export const RISK_METHODS = ['recency', 'bg_nbd', 'seasonal', 'layered'] as const;
export type RiskMethod = (typeof RISK_METHODS)[number];

export interface BacktestRow extends RiskScore {
  cutoff: number;
  method: RiskMethod;
}

export interface RiskBacktest {
  /** Every cutoff, oldest first, with what came after. */
  known: KnownOutcome[];
  rows: BacktestRow[];
  /** Over the cutoffs at which all three methods could be judged. */
  pooled: Record<RiskMethod, RiskScore> | undefined;
  reliability: Record<RiskMethod, ReliabilityBand[]>;
  /** The method with the smallest squared error; BG/NBD where there was nothing to judge by. */
  champion: RiskMethod;
}

/**
 * Days of rolling cutoffs, oldest first: a horizon apart where history allows, else closer. Each leaves a horizon of
 * history before it and a horizon of outcome after it.
 */
export function riskCutoffs(firstDay: number, asOf: number, horizon: number, count: number): number[] {
  const latest = asOf - horizon;
  const room = latest - (firstDay + horizon);
  if (room < 0) return [];
  const step = Math.max(7, Math.min(horizon, Math.floor(room / Math.max(1, count - 1))));
  const fitting = Math.min(count, Math.floor(room / step) + 1);
  return Array.from({ length: fitting }, (_, k) => latest - (fitting - 1 - k) * step);
}

/**
 * Judges BG/NBD, the layer on it, and the recency rule at each cutoff, each as it could have been known then: outcomes
 * that end after the cutoff are not learnt from.
 *
 * Cost: a BG/NBD fit and a logistic fit per cutoff.
 */
export function backtestRisk(record: CustomerRecord, cutoffs: readonly number[], horizon: number): RiskBacktest {
  const known: KnownOutcome[] = [];
  const rows: BacktestRow[] = [];
  const pool: Record<RiskMethod, number[]> = { recency: [], bg_nbd: [], seasonal: [], layered: [] };
  const poolLeft: number[] = [];
  for (const cutoff of cutoffs) {
    const history = orderHistory(record.orders, cutoff);
    const model = fitBgNbd(history);
    if (!model) continue;
    const features = riskFeatures(record, history, model, horizon);
    const left = silentAfter(record.orders, history, horizon);
    const past = known.filter((outcome) => outcome.features.history.cutoff + horizon <= cutoff);
    const risks = riskByMethod(past, features, horizon);
    for (const method of RISK_METHODS) {
      const risk = risks[method];
      if (!risk) continue;
      rows.push({ cutoff, method, ...scoreRisk(risk, left) });
      if (risks.layered) for (const value of risk) pool[method].push(value);
    }
    if (risks.layered) for (const value of left) poolLeft.push(value);
    known.push({ features, left });
  }
  const byMethod = <T>(of: (risk: number[]) => T): Record<RiskMethod, T> => ({
    recency: of(pool.recency),
    bg_nbd: of(pool.bg_nbd),
    seasonal: of(pool.seasonal),
    layered: of(pool.layered),
  });
  const pooled = poolLeft.length > 0 ? byMethod((risk) => scoreRisk(risk, poolLeft)) : undefined;
  const champion = pooled
    ? RISK_METHODS.reduce((best, method) => (pooled[method].brier < pooled[best].brier ? method : best))
    : 'bg_nbd';
  return {
    known,
    rows,
    pooled,
    champion,
    reliability: byMethod((risk) => reliabilityOf(risk, poolLeft)),
  };
}

/** The risk by each method that `past` outcomes allow. BG/NBD needs none, the recency rule and the layer at least one. */
export function riskByMethod(
  past: readonly KnownOutcome[],
  features: RiskFeatures,
  horizon: number,
  shift = seasonShift(past, features.history.cutoff),
): Partial<Record<RiskMethod, Float64Array>> {
  const seasonal = shifted(features.bgNbdRisk, shift);
  if (past.length === 0) return { bg_nbd: features.bgNbdRisk, seasonal };
  const layer = fitRiskLayer(past);
  const level = seasonal.reduce((sum, value) => sum + value, 0) / Math.max(1, seasonal.length);
  return {
    recency: recencyRisk(fitRecencyRule(past, horizon), features),
    bg_nbd: features.bgNbdRisk,
    seasonal,
    ...(layer ? { layered: layeredRisk(layer, features, level) } : {}),
  };
}
