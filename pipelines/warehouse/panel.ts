import type { Config } from '../../data/contract/config.ts';
import { type EpochDay, isoDateOf } from '../../data/day.ts';
import type { Panel } from '../../models/panel.ts';
import { NO_VALUE } from './columns.ts';
import { readAttributes } from './panel-attributes.ts';
import { readCalendar } from './panel-calendar.ts';
import { pricesAndPromotions } from './panel-prices.ts';
import type { Warehouse } from './warehouse.ts';

/** The SQL models that a panel is read from. */
export const PANEL_MODELS = [
  'int_axis',
  'int_series',
  'int_products',
  'int_locations',
  'int_sales',
  'int_attributes',
  'int_promotion_kinds',
  'int_promotions',
  'int_prices',
  'int_calendar',
  'int_indicators',
] as const;

export interface PanelOptions {
  /** Leave attributes, prices, promotions, calendar and indicators out. */
  salesOnly?: boolean;
}

const shared = (bytes: number): ArrayBuffer => new SharedArrayBuffer(bytes) as unknown as ArrayBuffer;

/**
 * Reads all series into typed arrays over shared memory, so that worker threads see them without a copy.
 *
 * A period without a record is zero sales up to the location's newest record (`forecast.missingSales: 'zero'`), and
 * unknown (NaN) after it, before the series' first record, or always with `'unknown'`.
 * O(records + series x periods); 4 bytes of quantity and 1 of stock state per cell, and 9 more per cell with prices and
 * promotions.
 */
export async function readPanel(
  warehouse: Warehouse,
  config: Config,
  asOf: EpochDay,
  options: PanelOptions = {},
): Promise<Panel> {
  await warehouse.build(options.salesOnly ? PANEL_MODELS.slice(0, 5) : PANEL_MODELS);
  const axis = (await warehouse.readRows<{ periods: number; period_days: number; horizon: number }>('int_axis'))[0]!;
  const { periods, horizon } = axis;
  const periodDays = config.frequency === 'weekly' ? 7 : 1;
  const { columns: series, rows: seriesCount } = await warehouse.read(
    'int_series',
    { product_idx: 'i32', location_idx: 'i32' },
    ['series_idx'],
  );
  const { columns: products } = await warehouse.read(
    'int_products',
    { product_id: 'text', category: 'text', department: 'text', discontinued_on: 'day' },
    ['product_idx'],
  );
  const { columns: locations } = await warehouse.read('int_locations', { location_id: 'text', region: 'text' }, [
    'location_idx',
  ]);
  const startDay = asOf - periods * periodDays;
  const sales = await readSales(warehouse, seriesCount, periods, series.location_idx, config.forecast.missingSales);
  const attributes = options.salesOnly
    ? { products: [], locations: [] }
    : await readAttributes(warehouse, {
        products: products.product_id.length,
        locations: locations.location_id.length,
      });
  const empty = new Float32Array(0);
  const known = options.salesOnly
    ? { price: empty, discount: empty, promotionKind: new Uint8Array(0), promotionKinds: [] }
    : await pricesAndPromotions(warehouse, seriesCount, periods, horizon);
  const calendar = await readCalendar(
    options.salesOnly ? undefined : warehouse,
    locations.location_id.length,
    periods + horizon,
  );
  return {
    frequency: config.frequency,
    periodDays,
    startDay,
    periods,
    horizon,
    seriesCount,
    productOf: series.product_idx,
    locationOf: series.location_idx,
    products: {
      ids: products.product_id as string[],
      category: products.category as string[],
      department: products.department as string[],
      endsAt: Float64Array.from(products.discontinued_on, (day) =>
        day === NO_VALUE ? Number.POSITIVE_INFINITY : (day + 1 - startDay) / periodDays,
      ),
      attributes: attributes.products,
    },
    locations: {
      ids: locations.location_id as string[],
      region: locations.region as string[],
      attributes: attributes.locations,
    },
    ...sales,
    ...known,
    calendar,
    indicators: options.salesOnly
      ? { names: [], values: new Float32Array(0) }
      : await readIndicators(warehouse, periods),
  };
}

type SalesArrays = Pick<Panel, 'quantity' | 'inStock' | 'firstPeriod'>;

async function readSales(
  warehouse: Warehouse,
  seriesCount: number,
  periods: number,
  locationOf: Int32Array,
  missing: 'zero' | 'unknown',
): Promise<SalesArrays> {
  const quantity = new Float32Array(shared(seriesCount * periods * 4)).fill(Number.NaN);
  const inStock = new Uint8Array(shared(seriesCount * periods)).fill(1);
  const firstPeriod = new Int32Array(shared(seriesCount * 4)).fill(periods);
  const newest = new Int32Array(locationOf.reduce((most, location) => Math.max(most, location + 1), 0)).fill(-1);
  await warehouse.stream(
    'int_sales',
    { series_idx: 'i32', period_idx: 'i32', quantity: 'f32', in_stock: 'flag' },
    [],
    (chunk, rows) => {
      for (let i = 0; i < rows; i++) {
        const s = chunk.series_idx[i]!;
        const t = chunk.period_idx[i]!;
        quantity[s * periods + t] = chunk.quantity[i]!;
        inStock[s * periods + t] = chunk.in_stock[i]!;
        if (t < firstPeriod[s]!) firstPeriod[s] = t;
        if (t > newest[locationOf[s]!]!) newest[locationOf[s]!] = t;
      }
    },
  );
  if (missing === 'zero') {
    for (let s = 0; s < seriesCount; s++) {
      const last = s * periods + newest[locationOf[s]!]!;
      for (let i = s * periods + firstPeriod[s]!; i <= last; i++) if (Number.isNaN(quantity[i])) quantity[i] = 0;
    }
  }
  return { quantity, inStock, firstPeriod };
}

async function readIndicators(warehouse: Warehouse, periods: number): Promise<Panel['indicators']> {
  const { rows, columns } = await warehouse.read(
    'int_indicators',
    { indicator: 'text', period_idx: 'i32', value: 'f64' },
    ['indicator', 'period_idx'],
  );
  const names = [...new Set(columns.indicator as string[])];
  const values = new Float32Array(shared(names.length * periods * 4)).fill(Number.NaN);
  const row = new Map(names.map((name, i) => [name, i]));
  for (let i = 0; i < rows; i++) {
    values[row.get(columns.indicator[i]!)! * periods + columns.period_idx[i]!] = columns.value[i]!;
  }
  return { names, values };
}

/** Says where a series and period of the panel lie, for messages. */
export function cellName(panel: Panel, series: number, period: number): string {
  const product = panel.products.ids[panel.productOf[series]!];
  const location = panel.locations.ids[panel.locationOf[series]!];
  return `${product}@${location} on ${isoDateOf(panel.startDay + period * panel.periodDays)}`;
}
