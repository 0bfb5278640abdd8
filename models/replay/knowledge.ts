import type { Panel } from '../panel.ts';
import { type DemandCurve, demandCurve } from '../restock/demand-curve.ts';
import { type Spread, UNKNOWN_SPREAD } from '../restock/spread.ts';
import type { MeasuredSpread } from './measure-spreads.ts';
import type { OriginForecasts } from './origin-forecasts.ts';
import type { StockProduct } from './stock-product.ts';

/** Periods of recorded sales that the mean and the scatter of the simple rules are taken from. */
const RECENT_PERIODS = 28;
const SCATTER_PERIODS = 91;

/** Spreads as they were measured on some mornings. */
export interface MeasuredSpreads {
  /** Periods of the panel from which on each holds, ascending. */
  from: number[];
  spreads: MeasuredSpread[];
}

/** What was known about the demand of a product on each day of a replay. The company's own records, newest origin each day. */
export class ProductKnowledge {
  readonly #panel: Panel;
  readonly #product: StockProduct;
  readonly #base: number;
  readonly #forecasts: OriginForecasts;
  readonly #measured: MeasuredSpreads;
  readonly #sums = new Map<number, Float64Array>();
  readonly #recent = new Map<string, { mean: number; sd: number }>();

  /** @param base period of the panel that is day 0 of the replay */
  constructor(
    panel: Panel,
    product: StockProduct,
    base: number,
    forecasts: OriginForecasts,
    measured: MeasuredSpreads,
  ) {
    this.#panel = panel;
    this.#product = product;
    this.#base = base;
    this.#forecasts = forecasts;
    this.#measured = measured;
  }

  /** Forecast of a location's own demand from the morning of a day on. */
  curve(location: number, day: number): DemandCurve {
    const { series } = this.#product.locations[location]!;
    if (series < 0) return demandCurve([], 1);
    const { origins, horizon, means } = this.#forecasts;
    const period = this.#base + day;
    const k = newest(origins, period);
    const mean = means[k]!;
    return demandCurve(mean.subarray(series * horizon + period - origins[k]!, (series + 1) * horizon), 1);
  }

  /** Mean demand of a location's own series over some days from the morning of a day on; the mean rate beyond the forecast. O(1). */
  expected(location: number, day: number, days: number): number {
    const { series } = this.#product.locations[location]!;
    if (series < 0) return 0;
    const { origins, horizon, means } = this.#forecasts;
    const period = this.#base + day;
    const k = newest(origins, period);
    const key = location * origins.length + k;
    let sums = this.#sums.get(key);
    if (!sums) {
      sums = new Float64Array(horizon + 1);
      for (let h = 0; h < horizon; h++) sums[h + 1] = sums[h]! + Math.max(0, means[k]![series * horizon + h]!);
      this.#sums.set(key, sums);
    }
    const from = Math.min(horizon - 1, period - origins[k]!);
    const to = Math.min(horizon, from + Math.ceil(days));
    return ((sums[to]! - sums[from]!) * days) / (to - from);
  }

  /** How the demand of a location's own series scatters about its forecast. */
  spread(location: number, day: number): Spread {
    const { series } = this.#product.locations[location]!;
    return this.#measuredBy(day)?.series[series] ?? UNKNOWN_SPREAD;
  }

  /** How the demand of all that a location serves scatters; undefined where it was not measured. */
  serverSpread(location: number, day: number): Spread | undefined {
    return this.#measuredBy(day)?.servers.get(this.#product.locations[location]!.pair);
  }

  #measuredBy(day: number): MeasuredSpread | undefined {
    return this.#measured.spreads[newest(this.#measured.from, this.#base + day)];
  }

  /**
   * Mean of the last 28 and standard deviation of the last 91 periods recorded before the day's origin, of what is sold by the
   * given locations together; periods out of stock left out.
   */
  recent(locations: readonly number[], day: number): { mean: number; sd: number } {
    const { origins } = this.#forecasts;
    const origin = origins[newest(origins, this.#base + day)]!;
    const key = `${locations.join(' ')}/${origin}`;
    const kept = this.#recent.get(key);
    if (kept) return kept;
    const { quantity, inStock, periods } = this.#panel;
    let [mean, variance] = [0, 0];
    for (const location of locations) {
      const { series } = this.#product.locations[location]!;
      if (series < 0) continue;
      const at = series * periods;
      const known = (from: number): number[] => {
        const values: number[] = [];
        for (let t = Math.max(0, origin - from); t < origin; t++)
          if (inStock[at + t] === 1 && !Number.isNaN(quantity[at + t]!)) values.push(quantity[at + t]!);
        return values;
      };
      const near = known(RECENT_PERIODS);
      const far = known(SCATTER_PERIODS);
      if (near.length > 0) mean += near.reduce((sum, value) => sum + value, 0) / near.length;
      const centre = far.reduce((sum, value) => sum + value, 0) / Math.max(1, far.length);
      variance += far.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, far.length - 1);
    }
    const found = { mean, sd: Math.sqrt(variance) };
    this.#recent.set(key, found);
    return found;
  }
}

/** Index of the last entry that is not after `at`; the first where all are. */
function newest(ascending: readonly number[], at: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
