import type { WeightedScale } from './demand-scenarios.ts';
import { followStock, type StockCase, type StockOutcome } from './stock-path.ts';

/** An elasticity with its interval. */
export interface ElasticityRange {
  mean: number;
  lo: number;
  hi: number;
  /** Standard deviation that the interval stands for. */
  deviation: number;
}

/** What bounds a depth; a guardrail is named where it kept the depth from being better. */
export type Guardrail = 'MARGIN_FLOOR' | 'PRICE_RANGE' | 'ELASTICITY_INTERVAL' | 'COST_ASSUMED';

export interface DepthLimits {
  /** Depths that may be advised, as fractions, ascending. */
  depths: readonly number[];
  /** Lowest price that leaves the margin floor, and the lowest price seen; 0 where there is none. */
  lowestForMargin: number;
  lowestSeen: number;
  /** Stock at which the surplus is gone and the markdown ends. */
  targetStock: number;
}

export interface Valued extends StockOutcome {
  depth: number;
  duration: number;
}

export interface Markdown extends Valued {
  marginWithout: number;
  guardrails: Guardrail[];
}

/** Nodes and weights of the five-point Gauss-Hermite rule for a standard normal. */
const NORMAL_NODES = [-2.8569700138728, -1.3556261799742, 0, 1.3556261799742, 2.8569700138728];
const NORMAL_WEIGHTS = [0.0112574113277, 0.2220759220056, 0.5333333333333, 0.2220759220056, 0.0112574113277];

/** Outcome of a depth in expectation over elasticity and demand. */
export function expectedOutcome(
  given: StockCase,
  depth: number,
  duration: number,
  elasticity: ElasticityRange,
  scales: readonly WeightedScale[],
): Valued {
  const sum: Valued = { depth, duration, units: 0, stockAfter: 0, margin: 0 };
  NORMAL_NODES.forEach((node, k) => {
    // A lower price never sells less.
    const drawn = Math.min(0, elasticity.mean + node * elasticity.deviation);
    for (const { weight, scale } of scales) {
      const outcome = followStock(given, { depth, duration, elasticity: drawn, demandScale: scale });
      const share = NORMAL_WEIGHTS[k]! * weight;
      sum.units += share * outcome.units;
      sum.stockAfter += share * outcome.stockAfter;
      sum.margin += share * outcome.margin;
    }
  });
  return sum;
}

/** Periods after which the expected stock is down to the target, at most the window. O(window^2). */
export function durationOf(given: StockCase, depth: number, elasticity: number, target: number): number {
  const window = given.demand.length;
  const demandScale = new Float64Array(window).fill(1);
  for (let duration = 1; duration < window; duration++) {
    if (followStock(given, { depth, duration, elasticity, demandScale }).stockAfter <= target) return duration;
  }
  return window;
}

/**
 * The depth with the best expected margin among those the guardrails allow: the margin floor, prices that have been
 * seen, and that the depth must not lose against no markdown at the cautious end of the elasticity's interval.
 *
 * @returns undefined where no allowed depth earns more than no markdown
 * @remarks O(depths x 15 scenarios x periods)
 */
export function bestDepth(
  given: StockCase,
  limits: DepthLimits,
  elasticity: ElasticityRange,
  scales: readonly WeightedScale[],
): Markdown | undefined {
  const without = expectedOutcome(given, 0, 0, elasticity, scales);
  const cautious: ElasticityRange = { mean: Math.min(0, elasticity.hi), lo: 0, hi: 0, deviation: 0 };
  const cautiousWithout = expectedOutcome(given, 0, 0, cautious, scales).margin;
  let best: Markdown | undefined;
  const blocked: { guardrail: Guardrail; margin: number }[] = [];
  for (const depth of limits.depths) {
    const duration = durationOf(given, depth, elasticity.mean, limits.targetStock);
    const valued = expectedOutcome(given, depth, duration, elasticity, scales);
    if (!(valued.margin > without.margin)) continue;
    const price = given.regularPrice * (1 - depth);
    const guardrail: Guardrail | undefined =
      price < limits.lowestForMargin - 1e-9
        ? 'MARGIN_FLOOR'
        : price < limits.lowestSeen * (1 - PRICE_TOLERANCE)
          ? 'PRICE_RANGE'
          : expectedOutcome(given, depth, duration, cautious, scales).margin < cautiousWithout
            ? 'ELASTICITY_INTERVAL'
            : undefined;
    if (guardrail) blocked.push({ guardrail, margin: valued.margin });
    else if (!best || valued.margin > best.margin) {
      best = { ...valued, marginWithout: without.margin, guardrails: [] };
    }
  }
  if (!best) return undefined;
  const chosen = best;
  const bound = blocked.filter(({ margin }) => margin > chosen.margin).map(({ guardrail }) => guardrail);
  return { ...chosen, guardrails: [...new Set(bound)] };
}

/** A price within half a per cent of the lowest seen counts as seen: prices are rounded to shelf prices. */
const PRICE_TOLERANCE = 0.005;

/** Worst and best of each figure over the corners of the elasticity's interval and of demand. */
export function boundsOf(
  given: StockCase,
  markdown: Pick<Valued, 'depth' | 'duration'>,
  elasticity: ElasticityRange,
  scales: readonly WeightedScale[],
): { lo: StockOutcome; hi: StockOutcome; gainLo: number; gainHi: number } {
  const lo: StockOutcome = { units: Infinity, stockAfter: Infinity, margin: Infinity };
  const hi: StockOutcome = { units: -Infinity, stockAfter: -Infinity, margin: -Infinity };
  let gainLo = Infinity;
  let gainHi = -Infinity;
  for (const { scale } of scales) {
    const without = followStock(given, { depth: 0, duration: 0, elasticity: 0, demandScale: scale }).margin;
    for (const value of [elasticity.lo, elasticity.mean, elasticity.hi]) {
      const outcome = followStock(given, { ...markdown, elasticity: Math.min(0, value), demandScale: scale });
      for (const key of ['units', 'stockAfter', 'margin'] as const) {
        lo[key] = Math.min(lo[key], outcome[key]);
        hi[key] = Math.max(hi[key], outcome[key]);
      }
      gainLo = Math.min(gainLo, outcome.margin - without);
      gainHi = Math.max(gainHi, outcome.margin - without);
    }
  }
  return { lo, hi, gainLo, gainHi };
}
