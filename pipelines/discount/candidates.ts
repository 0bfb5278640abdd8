import type { DiscountCandidate } from '../../models/discount/decide.ts';
import { normalQuantile } from '../../models/numerics/distributions.ts';
import type { JobContext } from '../job.ts';
import { readPanel } from '../warehouse/panel.ts';

export interface SeriesCandidate {
  series: number;
  candidate: DiscountCandidate;
}

/** Every series with stock on hand, with its forecast, prices, deliveries and elasticity, ordered by series. */
export async function readCandidates({ warehouse, config, asOf }: JobContext): Promise<SeriesCandidate[]> {
  const panel = await readPanel(warehouse, config, asOf);
  await warehouse.build(['int_discount_case', 'int_discount_inbound']);
  const { rows, columns } = await warehouse.read(
    'int_discount_case',
    {
      series_idx: 'i32',
      on_hand: 'f64',
      unit_cost: 'f64',
      shelf_life_days: 'f64',
      holding_cost_per_unit_day: 'f64',
      elasticity: 'f64',
      elasticity_lo: 'f64',
      elasticity_hi: 'f64',
      price_min: 'f64',
      advice_allowed: 'flag',
    },
    ['series_idx'],
  );
  const horizon = panel.horizon;
  const forecast = await readForecast(warehouse, panel.seriesCount, horizon);
  const arrivals = await readArrivals(warehouse);
  const z = normalQuantile((1 + config.elasticity.confidence) / 2);
  const width = panel.periods + horizon;
  return Array.from({ length: rows }, (_, row) => {
    const series = columns.series_idx[row]!;
    const ahead = series * width + panel.periods;
    const part = (values: Float64Array): Float64Array => values.subarray(series * horizon, (series + 1) * horizon);
    const price = panel.price.length > 0 ? panel.price.subarray(ahead, ahead + horizon) : new Float32Array(0);
    const off = panel.discount.length > 0 ? panel.discount[ahead]! : 0;
    const [lo, hi] = [columns.elasticity_lo[row]!, columns.elasticity_hi[row]!];
    return {
      series,
      candidate: {
        periodDays: panel.periodDays,
        onHand: columns.on_hand[row]!,
        arrivals: arrivals.get(series) ?? new Float64Array(0),
        forecast: {
          mean: part(forecast.mean),
          low: part(forecast.q10),
          high: part(forecast.q90),
          highest: part(forecast.q95),
        },
        price,
        regularPrice: price.length > 0 ? price[0]! / (1 - off) : Number.NaN,
        unitCost: columns.unit_cost[row]!,
        shelfLifeDays: columns.shelf_life_days[row]!,
        holdingCostPerDay: columns.holding_cost_per_unit_day[row]!,
        elasticity: { mean: columns.elasticity[row]!, lo, hi, deviation: (hi - lo) / (2 * z) },
        advisesPrice: columns.advice_allowed[row] === 1,
        lowestPriceSeen: columns.price_min[row]!,
      },
    };
  });
}

type ForecastArrays = Record<'mean' | 'q10' | 'q90' | 'q95', Float64Array>;

/**
 * Published means, and what each period adds to the quantiles of the sum so far, [series][horizon]: so their sum over the first
 * periods is the quantile of what is sold in them. Zero where there is no forecast.
 */
async function readForecast(
  warehouse: JobContext['warehouse'],
  seriesCount: number,
  horizon: number,
): Promise<ForecastArrays> {
  const names = ['mean', 'q10', 'q90', 'q95'] as const;
  const arrays = Object.fromEntries(names.map((name) => [name, new Float64Array(seriesCount * horizon)]));
  await warehouse.stream(
    'out_window_series',
    { series_idx: 'i32', periods: 'i32', mean: 'f64', q10: 'f32', q90: 'f32', q95: 'f32' },
    [],
    (chunk, rows) => {
      for (let i = 0; i < rows; i++) {
        if (chunk.periods[i]! > horizon) continue;
        const at = chunk.series_idx[i]! * horizon + chunk.periods[i]! - 1;
        for (const name of names) arrays[name]![at] = chunk[name][i]!;
      }
    },
  );
  for (const name of names) {
    const values = arrays[name]!;
    for (let i = values.length - 1; i > 0; i--) if (i % horizon > 0) values[i]! -= values[i - 1]!;
  }
  return arrays as ForecastArrays;
}

/** Units arriving per period ahead, by series. */
async function readArrivals(warehouse: JobContext['warehouse']): Promise<Map<number, Float64Array>> {
  const { rows, columns } = await warehouse.read(
    'int_discount_inbound',
    { series_idx: 'i32', ahead_idx: 'i32', quantity: 'f64' },
    ['series_idx', 'ahead_idx'],
  );
  const bySeries = new Map<number, number[]>();
  for (let i = 0; i < rows; i++) {
    const units = bySeries.get(columns.series_idx[i]!) ?? [];
    while (units.length <= columns.ahead_idx[i]!) units.push(0);
    units[columns.ahead_idx[i]!] = columns.quantity[i]!;
    bySeries.set(columns.series_idx[i]!, units);
  }
  return new Map([...bySeries].map(([series, units]) => [series, Float64Array.from(units)]));
}
