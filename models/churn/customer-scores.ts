import { activeRate, type BgNbd, expectedPurchases, fitBgNbd } from './bg-nbd.ts';
import type { CustomerRecord, Signals } from './customer-signals.ts';
import { expectedValue, fitGammaGamma, type GammaGamma } from './gamma-gamma.ts';
import { type OrderHistory, orderHistory } from './order-history.ts';
import { type RiskBacktest, type RiskMethod, riskByMethod } from './risk-backtest.ts';
import { RISK_COLUMNS, type RiskFeatures, riskFeatures } from './risk-features.ts';
import { fitRiskLayer } from './risk-layer.ts';
import { seasonShift, shifted } from './risk-season.ts';

export interface ScoreOptions {
  asOf: number;
  /** Days that the risk speaks of. */
  horizon: number;
  /** Days back to the risk that the trend compares with. */
  trendDays: number;
  /** Days that lifetime value looks ahead, and what a year's delay costs, as a fraction. */
  lifetimeDays: number;
  discountRate: number;
}

export type CustomerStatus = 'active' | 'watch' | 'at risk' | 'lost';
export type RiskTrend = 'rising' | 'stable' | 'falling' | 'new';

/** One entry per customer of `history`. Money in the config's currency. */
export interface CustomerScores {
  history: OrderHistory;
  signals: Signals[];
  method: RiskMethod;
  model: BgNbd;
  spend: GammaGamma | undefined;
  /** What each signal adds to the log odds, by name of the column. */
  weights: Record<string, number>;
  /** Probability of no order in the horizon. */
  risk: Float64Array;
  /** The same if the customer were surely still active: what its own rhythm makes likely. */
  usualRisk: Float64Array;
  /** Probability of being active still: the share of the usual chance of an order that is left. */
  pAlive: Float64Array;
  status: CustomerStatus[];
  trend: RiskTrend[];
  riskBefore: Float64Array;
  /** Orders expected in the horizon and in a year. */
  expectedOrders: Float64Array;
  expectedOrdersYear: Float64Array;
  valuePerOrder: Float64Array;
  /** Expected value of the horizon, and of a year, that is lost because the customer leaves; 0 where lost already. */
  valueAtRisk: Float64Array;
  valueAtRiskYear: Float64Array;
  lifetimeValue: Float64Array;
}

/** A change of risk by this much counts as a trend. */
const TREND_STEP = 0.05;
const YEAR_DAYS = 365;

/** Scores of everybody who ever bought before `asOf`; undefined where BG/NBD cannot be fitted. */
export function scoreCustomers(
  record: CustomerRecord,
  backtest: RiskBacktest,
  options: ScoreOptions,
): CustomerScores | undefined {
  const { asOf, horizon } = options;
  const history = orderHistory(record.orders, asOf);
  const model = fitBgNbd(history);
  if (!model) return undefined;
  const n = history.customer.length;
  const purchases = history.frequency.map((x) => x + 1);
  const spend = fitGammaGamma(purchases, history.meanValue);
  const features = riskFeatures(record, history, model, horizon);
  const shift = seasonShift(backtest.known, asOf);
  const risks = riskByMethod(backtest.known, features, horizon, shift);
  const method = risks[backtest.champion] ? backtest.champion : 'bg_nbd';
  const risk = risks[method]!;
  const usualRisk = method === 'bg_nbd' ? features.usualRisk : shifted(features.usualRisk, shift);
  const scores: CustomerScores = {
    history,
    signals: features.signals,
    method,
    model,
    spend,
    weights: signalWeights(method, backtest),
    risk,
    usualRisk,
    pAlive: new Float64Array(n),
    status: [],
    ...trendOf(record, backtest, features, risk, method, shift, options),
    expectedOrders: new Float64Array(n),
    expectedOrdersYear: new Float64Array(n),
    valuePerOrder: new Float64Array(n),
    valueAtRisk: new Float64Array(n),
    valueAtRiskYear: new Float64Array(n),
    lifetimeValue: new Float64Array(n),
  };
  const meanValue = history.meanValue.reduce((sum, value) => sum + value, 0) / Math.max(1, n);
  for (let i = 0; i < n; i++) scoreOne(scores, features, spend, meanValue, options, i);
  return scores;
}

function scoreOne(
  scores: CustomerScores,
  features: RiskFeatures,
  spend: GammaGamma | undefined,
  meanValue: number,
  options: ScoreOptions,
  i: number,
): void {
  const { history, model } = scores;
  const { horizon, lifetimeDays, discountRate } = options;
  const [x, recency, age] = [history.frequency[i]!, history.recency[i]!, history.age[i]!];
  const alive = Math.min(1, (1 - scores.risk[i]!) / Math.max(1 - scores.usualRisk[i]!, 1e-9));
  const rate = activeRate(model, x, age);
  // what the champion says of the horizon scales what BG/NBD expects
  const scale = (1 - scores.risk[i]!) / Math.max(1 - features.bgNbdRisk[i]!, 1e-9);
  const ahead = (days: number): number => scale * expectedPurchases(model, x, recency, age, days);
  const value = spend
    ? expectedValue(spend, x + 1, history.meanValue[i]!)
    : (history.meanValue[i]! * (x + 1) + meanValue) / (x + 2);
  const silence = history.silence[i]!;
  const lost = silence > Math.max(2 * horizon, 4 / activeRate(model, x, recency)) && alive < 0.5;
  const leaving = 1 - alive;
  scores.pAlive[i] = alive;
  scores.status[i] = lost ? 'lost' : leaving >= 0.5 ? 'at risk' : leaving >= 0.25 ? 'watch' : 'active';
  scores.expectedOrders[i] = ahead(horizon);
  scores.expectedOrdersYear[i] = ahead(YEAR_DAYS);
  scores.valuePerOrder[i] = value;
  scores.valueAtRisk[i] = lost ? 0 : leaving * rate * horizon * value;
  scores.valueAtRiskYear[i] = lost ? 0 : leaving * rate * YEAR_DAYS * value;
  let before = 0;
  for (let from = 0; from < lifetimeDays; from += YEAR_DAYS) {
    const to = Math.min(lifetimeDays, from + YEAR_DAYS);
    const orders = ahead(to);
    scores.lifetimeValue[i]! += ((orders - before) * value) / (1 + discountRate) ** ((from + to) / 2 / YEAR_DAYS);
    before = orders;
  }
}

/** The layer's coefficients where it is used and at least a tenth, so that no signal is mute; else all alike. */
function signalWeights(method: RiskMethod, backtest: RiskBacktest): Record<string, number> {
  const layer = method === 'layered' ? fitRiskLayer(backtest.known) : undefined;
  return Object.fromEntries(
    RISK_COLUMNS.map((column, j) => [column, layer ? Math.max(0.1, layer.coefficients[j]!) : 1]),
  );
}

function trendOf(
  record: CustomerRecord,
  backtest: RiskBacktest,
  features: RiskFeatures,
  risk: Float64Array,
  method: RiskMethod,
  shift: number,
  options: ScoreOptions,
): { trend: RiskTrend[]; riskBefore: Float64Array } {
  const earlier = orderHistory(record.orders, options.asOf - options.trendDays);
  const then = riskFeatures(record, earlier, features.model, options.horizon);
  const riskThen = riskByMethod(backtest.known, then, options.horizon, shift)[method]!;
  const of = new Map(Array.from(earlier.customer, (c, i) => [c, riskThen[i]!]));
  const riskBefore = Float64Array.from(features.history.customer, (c) => of.get(c) ?? Number.NaN);
  const trend = Array.from(riskBefore, (before, i): RiskTrend => {
    if (Number.isNaN(before)) return 'new';
    const change = risk[i]! - before;
    return change > TREND_STEP ? 'rising' : change < -TREND_STEP ? 'falling' : 'stable';
  });
  return { trend, riskBefore };
}
