import { createRandom } from '../data/random.ts';
import type { Panel } from '../models/panel.ts';

/** Mean demand on each weekday, Monday first. */
export const WEEKDAY_SHAPE = [0.8, 0.8, 0.9, 1, 1.3, 1.6, 0.6];
export const PROMOTION_LIFT = 2;

/**
 * A daily panel of made-up series with a weekday shape, a level of their own and promotions that double sales, past and
 * ahead. `noise` is the standard deviation of the log.
 */
export function syntheticPanel(seriesCount: number, periods: number, horizon: number, noise = 0.1, seed = 1): Panel {
  const random = createRandom(seed).fork('synthetic');
  const width = periods + horizon;
  const startDay = 18_000;
  const quantity = new Float32Array(seriesCount * periods);
  const promotionKind = new Uint8Array(seriesCount * width);
  const discount = new Float32Array(seriesCount * width);
  for (let s = 0; s < seriesCount; s++) {
    const level = 5 + 45 * random.uniform();
    for (let t = 0; t < width; t++) {
      const isOn = Math.floor((t + s * 5) / 6) % 5 === 0;
      promotionKind[s * width + t] = isOn ? 1 : 0;
      discount[s * width + t] = isOn ? 0.2 : 0;
      if (t < periods) {
        quantity[s * periods + t] = syntheticMean(level, startDay + t, isOn) * Math.exp(noise * random.normal());
      }
    }
  }
  return {
    frequency: 'daily',
    periodDays: 1,
    startDay,
    periods,
    horizon,
    seriesCount,
    productOf: Int32Array.from({ length: seriesCount }, (_, s) => s),
    locationOf: new Int32Array(seriesCount),
    products: {
      ids: Array.from({ length: seriesCount }, (_, s) => `P${s}`),
      category: new Array<string>(seriesCount).fill('all'),
      department: new Array<string>(seriesCount).fill('all'),
    },
    locations: { ids: ['L'], region: ['R'] },
    quantity,
    firstPeriod: new Int32Array(seriesCount),
    inStock: new Uint8Array(seriesCount * periods).fill(1),
    price: new Float32Array(0),
    discount,
    promotionKind,
    promotionKinds: ['promotion'],
    calendar: {
      events: [],
      calendarOf: new Int32Array(1),
      calendarCount: 1,
      hasEvent: new Uint8Array(0),
      isClosed: new Uint8Array(width),
    },
    indicators: { names: [], values: new Float32Array(0) },
  };
}

export function syntheticMean(level: number, day: number, isOnPromotion: boolean): number {
  return level * WEEKDAY_SHAPE[(day + 3) % 7]! * (isOnPromotion ? PROMOTION_LIFT : 1);
}

/** Series that models trip over: all zero, constant, known for five periods, huge, never known, and one like any other. */
export function oddPanel(periods: number, horizon: number): Panel {
  const panel = syntheticPanel(6, periods, horizon);
  const row = (s: number): Float32Array => panel.quantity.subarray(s * periods, (s + 1) * periods);
  row(0).fill(0);
  row(1).fill(7);
  row(2).fill(Number.NaN, 0, periods - 5);
  panel.firstPeriod[2] = periods - 5;
  row(3).fill(1e7);
  row(4).fill(Number.NaN);
  panel.firstPeriod[4] = periods;
  return panel;
}
