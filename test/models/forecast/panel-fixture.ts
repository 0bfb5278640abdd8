import { dayOf } from '../../../data/day.ts';
import { createRandom } from '../../../data/random.ts';
import type { Panel } from '../../../models/panel.ts';

export interface PanelInput {
  /** [series][period], NaN where unknown. */
  sales: number[][];
  horizon?: number;
  frequency?: 'daily' | 'weekly';
  startOn?: string;
  /** Product and location of each series; by default one product in a place of its own each. */
  products?: number[];
  locations?: number[];
  isClosed?: (location: number, t: number) => boolean;
  inStock?: (series: number, t: number) => boolean;
  events?: { name: string; on: (location: number, t: number) => boolean }[];
  /** Promotions with their discount, 0 for none. */
  discount?: (series: number, t: number) => number;
  /** Names of the kinds of promotion, and which of them one is, an index into them; one kind by default. */
  promotionKinds?: string[];
  kindOf?: (series: number, t: number) => number;
}

/** A panel over plain arrays, with one calendar for each location. */
export function panelOf(input: PanelInput): Panel {
  const { sales, horizon = 14, frequency = 'daily' } = input;
  const n = sales.length;
  const periods = sales[0]?.length ?? 0;
  const length = periods + horizon;
  const products = input.products ?? sales.map(() => 0);
  const locations = input.locations ?? sales.map((_, s) => s);
  const places = Math.max(0, ...locations) + 1;
  const kinds = Math.max(0, ...products) + 1;
  const events = input.events ?? [];
  const table = <T extends Uint8Array | Float32Array>(
    out: T,
    rows: number,
    columns: number,
    cell: (r: number, c: number) => number,
  ): T => {
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[r * columns + c] = cell(r, c);
    return out;
  };
  const { discount } = input;
  const hasEvent = new Uint8Array(places * events.length * length);
  for (let place = 0; place < places; place++) {
    events.forEach(({ on }, e) => {
      for (let t = 0; t < length; t++) hasEvent[(place * events.length + e) * length + t] = on(place, t) ? 1 : 0;
    });
  }
  return {
    frequency,
    periodDays: frequency === 'daily' ? 1 : 7,
    startDay: dayOf(input.startOn ?? '2024-01-01'),
    periods,
    horizon,
    seriesCount: n,
    productOf: Int32Array.from(products),
    locationOf: Int32Array.from(locations),
    products: {
      ids: Array.from({ length: kinds }, (_, i) => `P${i}`),
      category: Array.from({ length: kinds }, (_, i) => `C${i % 2}`),
      department: Array.from({ length: kinds }, () => '(none)'),
    },
    locations: {
      ids: Array.from({ length: places }, (_, i) => `L${i}`),
      region: Array.from({ length: places }, (_, i) => `R${i % 2}`),
    },
    quantity: table(new Float32Array(n * periods), n, periods, (s, t) => sales[s]![t]!),
    firstPeriod: Int32Array.from(sales, (own) =>
      Math.max(
        0,
        own.findIndex((value) => !Number.isNaN(value)),
      ),
    ),
    inStock: table(new Uint8Array(n * periods), n, periods, (s, t) => (input.inStock?.(s, t) === false ? 0 : 1)),
    price: new Float32Array(0),
    discount: discount ? table(new Float32Array(n * length), n, length, discount) : new Float32Array(0),
    promotionKind: discount
      ? table(new Uint8Array(n * length), n, length, (s, t) =>
          discount(s, t) > 0 ? 1 + (input.kindOf?.(s, t) ?? 0) : 0,
        )
      : new Uint8Array(0),
    promotionKinds: discount ? (input.promotionKinds ?? ['promotion']) : [],
    calendar: {
      events: events.map(({ name }) => name),
      calendarOf: Int32Array.from({ length: places }, (_, i) => i),
      calendarCount: places,
      hasEvent,
      isClosed: table(new Uint8Array(places * length), places, length, (p, t) => (input.isClosed?.(p, t) ? 1 : 0)),
    },
    indicators: { names: [], values: new Float32Array(0) },
  };
}

/** Sales with a weekly season and noise: `level` x weekday, rounded. */
export function weeklySales(level: number, periods: number, seed: number, noise = 0.1): number[] {
  const random = createRandom(seed);
  return Array.from({ length: periods }, (_, t) =>
    Math.max(0, Math.round(level * (1 + 0.4 * Math.sin((2 * Math.PI * t) / 7)) * (1 + noise * random.normal()))),
  );
}
