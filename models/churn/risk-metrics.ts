/** How well risks told those who left from those who stayed. */
export interface RiskScore {
  customers: number;
  /** Share that left. */
  baseRate: number;
  /** Probability that one who left had the higher risk; NaN where all did the same. */
  auc: number;
  /** Mean squared error of the risk; lower is better. */
  brier: number;
  logLoss: number;
  /** Mean risk less the share that left. */
  bias: number;
}

/** One band of the reliability table: what was said and what came. */
export interface ReliabilityBand {
  from: number;
  to: number;
  customers: number;
  predicted: number;
  actual: number;
}

/**
 * Area under the ROC curve by ranks; ties count half. O(n log n).
 *
 * `areaUnderCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])` is 0.75 (scikit-learn's example of `roc_auc_score`).
 */
export function areaUnderCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const n = scores.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => scores[i]! - scores[j]! || i - j);
  let rankSum = 0;
  let positives = 0;
  for (let from = 0; from < n; ) {
    let to = from;
    while (to < n && scores[order[to]!] === scores[order[from]!]) to++;
    for (let i = from; i < to; i++) {
      if (labels[order[i]!] !== 1) continue;
      positives++;
      rankSum += (from + to + 1) / 2;
    }
    from = to;
  }
  const negatives = n - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** @param labels 1 where the customer left */
export function scoreRisk(risk: ArrayLike<number>, labels: ArrayLike<number>): RiskScore {
  const n = risk.length;
  let [left, brier, logLoss, sum] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const p = Math.min(1 - 1e-9, Math.max(1e-9, risk[i]!));
    left += labels[i]!;
    sum += p;
    brier += (p - labels[i]!) ** 2;
    logLoss -= labels[i]! === 1 ? Math.log(p) : Math.log1p(-p);
  }
  return {
    customers: n,
    baseRate: left / n,
    auc: areaUnderCurve(risk, labels),
    brier: brier / n,
    logLoss: logLoss / n,
    bias: (sum - left) / n,
  };
}

/** Bands of equal width in the risk; bands without customers are left out. */
export function reliabilityOf(risk: ArrayLike<number>, labels: ArrayLike<number>, bands = 10): ReliabilityBand[] {
  const table = Array.from({ length: bands }, (_, k) => ({
    from: k / bands,
    to: (k + 1) / bands,
    customers: 0,
    predicted: 0,
    actual: 0,
  }));
  for (let i = 0; i < risk.length; i++) {
    const band = table[Math.min(bands - 1, Math.max(0, Math.floor(risk[i]! * bands)))]!;
    band.customers++;
    band.predicted += risk[i]!;
    band.actual += labels[i]!;
  }
  return table
    .filter((band) => band.customers > 0)
    .map((band) => ({ ...band, predicted: band.predicted / band.customers, actual: band.actual / band.customers }));
}
