import { type BgNbd, probabilityAlive, probabilitySilent } from './bg-nbd.ts';
import { type CustomerRecord, customerSignals, SIGNALS, type Signals } from './customer-signals.ts';
import type { DesignMatrix } from './design-matrix.ts';
import type { OrderHistory } from './order-history.ts';
import { logit } from './special-functions.ts';

/** Columns of the risk layer: what BG/NBD says, recency, frequency and money, then the signals. */
export const RISK_COLUMNS = ['bg_nbd', 'log_silence', 'log_frequency', 'log_value', 'is_single', ...SIGNALS] as const;

/** Everything the risk rests on at one cutoff, one entry per customer of `history`. */
export interface RiskFeatures {
  history: OrderHistory;
  model: BgNbd;
  signals: Signals[];
  /** BG/NBD's probability of no purchase in the horizon. */
  bgNbdRisk: Float64Array;
  /** Probability of no purchase in the horizon of a customer who is surely active. */
  usualRisk: Float64Array;
  matrix: DesignMatrix;
}

/** The risk at an earlier cutoff whose outcome is known by now. `left[i]` is 1 where customer `i` bought nothing. */
export interface KnownOutcome {
  features: RiskFeatures;
  left: Uint8Array;
}

/** @param horizon days ahead. Events on or after the history's cutoff are not read. */
export function riskFeatures(
  record: CustomerRecord,
  history: OrderHistory,
  model: BgNbd,
  horizon: number,
): RiskFeatures {
  const signals = customerSignals(record, history, model, horizon);
  const n = history.customer.length;
  const width = RISK_COLUMNS.length;
  const bgNbdRisk = new Float64Array(n);
  const usualRisk = new Float64Array(n);
  const values = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    const [x, recency, age] = [history.frequency[i]!, history.recency[i]!, history.age[i]!];
    usualRisk[i] = probabilitySilent(model, x, age, horizon);
    bgNbdRisk[i] = 1 - probabilityAlive(model, x, recency, age) * (1 - usualRisk[i]!);
    values.set(
      [
        logit(bgNbdRisk[i]!, 1e-4),
        Math.log1p(history.silence[i]!),
        Math.log1p(x),
        Math.log1p(history.meanValue[i]!),
        x === 0 ? 1 : 0,
        ...SIGNALS.map((signal) => signals[i]![signal].strength),
      ],
      i * width,
    );
  }
  return { history, model, signals, bgNbdRisk, usualRisk, matrix: { rows: n, width, values } };
}
