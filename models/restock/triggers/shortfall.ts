import { demandUntil } from '../demand-curve.ts';
import { demandQuantiles } from '../demand-quantiles.ts';
import type { TriggerFacts } from './trigger.ts';

/** Equally likely demands looked at. */
const POINTS = 64;
const PROBABILITIES = Float64Array.from({ length: POINTS }, (_, i) => (i + 0.5) / POINTS);

/** What may be missed of a demand that meets a stock. */
export interface Shortfall {
  /** Probability that demand is larger than the stock. */
  probability: number;
  /** Expected units missed. */
  units: number;
  /** Expected demand. */
  demand: number;
}

/** Demand of the coming days against a stock, by 64 equally likely demands. O(mean). */
export function shortfall(
  { curve, spread, isCount }: Pick<TriggerFacts, 'curve' | 'spread' | 'isCount'>,
  days: number,
  stock: number,
): Shortfall {
  const demand = demandUntil(curve, days) * spread.bias;
  const points = new Float64Array(POINTS);
  demandQuantiles(demand, spread.dispersion + spread.levelVariance * demand, PROBABILITIES, isCount, points);
  let [short, units] = [0, 0];
  for (const point of points) {
    if (point <= stock) continue;
    short++;
    units += point - stock;
  }
  return { probability: short / POINTS, units: units / POINTS, demand };
}
