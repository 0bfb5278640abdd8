import { createRandom } from '../../../data/random.ts';
import type { Panel } from '../../../models/panel.ts';

export interface SimulatedMarket {
  panel: Panel;
  /** True own elasticity per product. */
  elasticity: Float64Array;
  /** True elasticity of product 1's demand to the price of product 0. */
  cross: number;
}

/**
 * A small market with known elasticities: counts with overdispersion and shocks shared by all stores, weekly and yearly
 * season, one event, price steps, promotions of varying depth with a lift of their own.
 */
export function simulateMarket(
  options: {
    seed?: number;
    products?: number;
    locations?: number;
    periods?: number;
    level?: number;
    cross?: number;
  } = {},
): SimulatedMarket {
  const { seed = 1, products = 10, locations = 4, periods = 730, level = 6, cross = 0 } = options;
  const horizon = 28;
  const width = periods + horizon;
  const seriesCount = products * locations;
  const random = createRandom(seed).fork('market');
  const elasticity = Float64Array.from({ length: products }, () => -2 + 0.5 * random.normal());
  const price = new Float32Array(seriesCount * width);
  const discount = new Float32Array(seriesCount * width);
  const promotionKind = new Uint8Array(seriesCount * width);
  const quantity = new Float32Array(seriesCount * periods);
  const hasEvent = new Uint8Array(width).map((_, t) => (t % 365 === 340 ? 1 : 0));
  for (let p = 0; p < products; p++) {
    const stream = random.fork(p);
    let regular = 5 + 10 * stream.uniform();
    const list = regular;
    let promotionLeft = 0;
    let depth = 0;
    for (let t = 0; t < width; t++) {
      if (stream.uniform() < 1 / 120) regular = list * (0.9 + 0.2 * stream.uniform());
      if (promotionLeft === 0 && stream.uniform() < 1 / 40) {
        promotionLeft = 7;
        depth = [0, 0.1, 0.15, 0.2, 0.3][stream.below(5)]!;
      }
      for (let l = 0; l < locations; l++) {
        const at = (p * locations + l) * width + t;
        discount[at] = promotionLeft > 0 ? depth : 0;
        promotionKind[at] = promotionLeft > 0 ? 1 : 0;
        price[at] = regular * (1 - discount[at]!);
      }
      if (promotionLeft > 0) promotionLeft--;
    }
  }
  for (let p = 0; p < products; p++) {
    const stream = random.fork(`demand ${p}`);
    let shock = 0;
    for (let t = 0; t < periods; t++) {
      shock = 0.7 * shock + 0.1 * stream.normal();
      for (let l = 0; l < locations; l++) {
        const at = (p * locations + l) * width + t;
        const other = p === 1 ? cross * Math.log(price[l * width + t]! / price[l * width]!) : 0;
        const mean =
          level *
          (1 + 0.3 * l) *
          Math.exp(
            elasticity[p]! * Math.log(price[at]! / price[(p * locations + l) * width]!) +
              0.25 * promotionKind[at]! +
              0.3 * Math.sin((2 * Math.PI * t) / 365) +
              0.2 * Math.sin((2 * Math.PI * t) / 7) +
              0.8 * hasEvent[t]! +
              shock +
              other,
          );
        quantity[(p * locations + l) * periods + t] = negativeBinomial(mean, 8, stream);
      }
    }
  }
  return {
    elasticity,
    cross,
    panel: {
      frequency: 'daily',
      periodDays: 1,
      startDay: 19000,
      periods,
      horizon,
      seriesCount,
      productOf: Int32Array.from({ length: seriesCount }, (_, s) => Math.floor(s / locations)),
      locationOf: Int32Array.from({ length: seriesCount }, (_, s) => s % locations),
      products: {
        ids: Array.from({ length: products }, (_, p) => `p${p}`),
        category: new Array<string>(products).fill('c'),
        department: new Array<string>(products).fill('(none)'),
      },
      locations: {
        ids: Array.from({ length: locations }, (_, l) => `l${l}`),
        region: new Array<string>(locations).fill('(none)'),
      },
      quantity,
      firstPeriod: new Int32Array(seriesCount),
      inStock: new Uint8Array(seriesCount * periods).fill(1),
      price,
      discount,
      promotionKind,
      promotionKinds: ['flyer'],
      calendar: {
        events: ['feast'],
        calendarOf: new Int32Array(locations),
        calendarCount: 1,
        hasEvent,
        isClosed: new Uint8Array(width),
      },
      indicators: { names: [], values: new Float32Array(0) },
    },
  };
}

/** Gamma by Marsaglia and Tsang, then Poisson by inversion or its normal limit. */
function negativeBinomial(mean: number, shape: number, random: ReturnType<typeof createRandom>): number {
  const d = shape - 1 / 3;
  let gamma = mean;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
      gamma = (mean * d * v) / shape;
      break;
    }
  }
  if (gamma > 500) return Math.max(0, Math.round(gamma + Math.sqrt(gamma) * random.normal()));
  let count = 0;
  for (let product = random.uniform(); product > Math.exp(-gamma); product *= random.uniform()) count++;
  return count;
}
