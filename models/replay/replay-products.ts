import type { Panel } from '../panel.ts';
import { type MeasuredSpreads, ProductKnowledge } from './knowledge.ts';
import type { OriginForecasts } from './origin-forecasts.ts';
import { play } from './play.ts';
import { stockPolicy } from './policies.ts';
import type { StockProduct } from './stock-product.ts';
import { emptyState, type PlacedOrder } from './stock-state.ts';
import { StockWorld } from './stock-world.ts';
import { TALLY_COUNT } from './tally.ts';

/** What all parts of a replay share. */
export interface ReplayCompany {
  panel: Panel;
  /** Period of the panel that is day 0. */
  base: number;
  days: number;
  /** First days of the stretches that count, ascending; days before the first are a warm-up. */
  stretches: number[];
  products: StockProduct[];
  /** Units wanted, [series][days]. */
  demand: Float32Array;
  forecasts: OriginForecasts;
  measured: MeasuredSpreads;
  seed: number;
}

/** Some products under some policies. */
export interface ReplayRequest {
  /** Products, as indexes. */
  from: number;
  to: number;
  /** Played names of policies. */
  variants: string[];
}

/** What they came to. */
export interface ReplayResult {
  /** `TALLIES` of each, [variant][stretch], over the products. */
  sums: Float64Array[][];
  /** Orders by the first variant in stretches that count, per product. */
  orders: PlacedOrder[][];
}

/** Plays products from the first to the last day; the body of a worker task. Products do not touch each other. */
export function replayProducts({ from, to, variants }: ReplayRequest, company: ReplayCompany): ReplayResult {
  const { panel, base, days, stretches, forecasts, measured } = company;
  const result: ReplayResult = {
    sums: variants.map(() => stretches.map(() => new Float64Array(TALLY_COUNT))),
    orders: [],
  };
  for (let p = from; p < to; p++) {
    const product = company.products[p]!;
    const world = new StockWorld(product, company.demand, days, company.seed);
    const knowledge = new ProductKnowledge(panel, product, base, forecasts, measured);
    variants.forEach((variant, v) => {
      const policy = stockPolicy(variant, product, knowledge, world, days);
      const state = emptyState(product.locations.length);
      play(world, policy, state, 0, stretches[0]!);
      state.orders = [];
      stretches.forEach((day, k) => {
        state.sums.fill(0);
        play(world, policy, state, day, stretches[k + 1] ?? days);
        state.sums.forEach((amount, i) => {
          result.sums[v]![k]![i]! += amount;
        });
      });
      if (v === 0) result.orders.push(state.orders);
    });
  }
  return result;
}
