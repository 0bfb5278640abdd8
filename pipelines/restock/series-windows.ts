import { type DemandCurve, demandUntil } from '../../models/restock/demand-curve.ts';
import { criticalRatio } from '../../models/restock/order-quantity.ts';
import { volumeSegments } from '../../models/restock/volume-segments.ts';
import { isKnown, type RestockPair } from './read-pairs.ts';

/** What the backtest of each series is summed over and judged by. */
export interface SeriesWindows {
  /** Whole periods of lead time plus review period, at least one, per series. */
  periods: Int32Array;
  segment: Int32Array;
  /** Probability of no stock-out that is aimed at, per series. */
  target: Float64Array;
  /** Whether all demand comes in whole units. */
  isCount: boolean;
}

export function seriesWindows(
  pairs: readonly RestockPair[],
  curves: readonly DemandCurve[],
  periodDays: number,
): SeriesWindows {
  const periods = new Int32Array(curves.length).fill(1);
  const target = new Float64Array(curves.length).fill(0.95);
  const demand = new Float64Array(curves.length);
  let isCount = true;
  for (const { series, terms, isWhole } of pairs) {
    if (!isKnown(series) || !curves[series]) continue;
    const days = terms.leadDays + terms.reviewDays;
    const costs = { shortage: terms.shortagePerUnit, holding: terms.holdingPerUnitDay * terms.reviewDays };
    periods[series] = Math.max(1, Math.round(days / periodDays));
    target[series] = costs.shortage > 0 && costs.holding > 0 ? criticalRatio(costs) : terms.serviceLevel;
    demand[series] = demandUntil(curves[series]!, days);
    isCount &&= isWhole;
  }
  return { periods, segment: volumeSegments(demand), target, isCount };
}
