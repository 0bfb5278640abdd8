import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CensoredDemand } from '../../models/forecast/censored/unconstrained-demand.ts';
import type { Panel } from '../../models/panel.ts';
import type { JobContext } from '../job.ts';
import { quoteText } from '../warehouse/columns.ts';
import type { ReplayRange } from './replay-range.ts';

/** What was wanted, units by [series][days]; more than one where empty shelves hid it. */
export interface WantedCase {
  name: 'known' | 'estimate' | 'lower' | 'upper';
  demand: Float32Array;
}

/**
 * Nine in ten hidden demands stay below so many times the expected excess over sales, where the excess is exponential (which the
 * tail of a negative binomial is nearly): the logarithm of 10.
 */
const UPPER_EXCESS = Math.log(10);

/**
 * True demand of a simulated company, else sales with, where shelves were empty, the estimate of what was wanted and its bounds:
 * sales themselves below, nine in ten hidden demands above.
 */
export async function readDemand(context: JobContext, panel: Panel, range: ReplayRange): Promise<WantedCase[]> {
  const sold = soldUnits(panel, range);
  const cells = sold.length / range.days;
  const place = (demand: Float32Array, series: number, period: number, units: number): void => {
    const day = period - range.base;
    if (series < cells && day >= 0 && day < range.days) demand[series * range.days + day] = units;
  };
  const truth = join(context.folder, 'truth', 'demand_censored.csv');
  if (existsSync(truth)) {
    await context.warehouse.runFile('replay/truth_demand', { file: quoteText(truth) });
    const spec = { series_idx: 'i32', period_idx: 'i32', demand: 'f64' } as const;
    const { rows, columns } = await context.warehouse.read('replay_truth_demand', spec, ['series_idx', 'period_idx']);
    for (let i = 0; i < rows; i++) place(sold, columns.series_idx[i]!, columns.period_idx[i]!, columns.demand[i]!);
    return [{ name: 'known', demand: sold }];
  }
  const start = Math.max(0, range.base - Math.round(364 / panel.periodDays));
  const task = { kind: 'hidden-demand', key: 'hidden demand', input: { origin: panel.periods, start } } as const;
  const [hidden] = await context.executor.map<CensoredDemand>([task], { panel });
  if (hidden!.series.length === 0) return [{ name: 'known', demand: sold }];
  const estimate = sharedCopy(sold);
  const upper = sharedCopy(sold);
  const { series, period, sold: low, demand: mean } = hidden!;
  const [middle, high] = [
    wholeUnits(series, mean),
    wholeUnits(
      series,
      mean.map((m, i) => low[i]! + UPPER_EXCESS * (m - low[i]!)),
    ),
  ];
  series.forEach((s, i) => {
    place(estimate, s, period[i]!, middle[i]!);
    place(upper, s, period[i]!, high[i]!);
  });
  return [
    { name: 'estimate', demand: estimate },
    { name: 'lower', demand: sold },
    { name: 'upper', demand: upper },
  ];
}

function sharedArray(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4) as unknown as ArrayBuffer);
}

function sharedCopy(values: Float32Array): Float32Array {
  const copy = sharedArray(values.length);
  copy.set(values);
  return copy;
}

function soldUnits({ seriesCount, periods, quantity }: Panel, { base, days }: ReplayRange): Float32Array {
  const sold = sharedArray(seriesCount * days);
  for (let s = 0; s < seriesCount; s++)
    for (let day = 0; day < days; day++) sold[s * days + day] = quantity[s * periods + base + day]! || 0;
  return sold;
}

/** Shoppers come in whole units: rounded, and what rounding takes or adds is carried on to the series' next one. */
function wholeUnits(series: Int32Array, units: Float32Array): Float32Array {
  let carried = 0;
  return units.map((value, i) => {
    if (series[i] !== series[i - 1]) carried = 0;
    const whole = Math.max(0, Math.round(value + carried));
    carried += value - whole;
    return whole;
  });
}
