import type { AccuracyRow } from '../../models/forecast/backtest/accuracy-report.ts';
import type { Backtest } from '../../models/forecast/backtest/backtest.ts';
import type { Published } from '../../models/forecast/published.ts';
import { NO_VALUE } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { copyQuantiles, QUANTILES, quantileColumns } from './quantile-columns.ts';

/** Forecasts of one model (or of one level) with what names them. */
export interface PublishedModel {
  model: string;
  published: Published;
  /** Per node. */
  isChampion: (node: number) => boolean;
  /** Nodes to write; others have no row of this model. */
  has: (node: number) => boolean;
}

/**
 * `out_forecast_series`: every model's forecast of every series, ordered by series, model and period.
 *
 * @param champion what is published, with quantiles learnt from the errors of the published forecasts
 */
export async function writeSeriesForecasts(
  warehouse: Warehouse,
  models: readonly PublishedModel[],
  champion: Published,
  codes: readonly string[],
  horizon: number,
): Promise<void> {
  let rows = 0;
  codes.forEach((_, s) => {
    for (const { has } of models) if (has(s)) rows += horizon;
  });
  const columns = {
    series_idx: new Int32Array(rows),
    h: new Int32Array(rows),
    model: new Array<string>(rows),
    is_champion: new Uint8Array(rows),
    fallback_code: new Array<string | null>(rows),
    mean: new Float64Array(rows),
    ...quantileColumns(rows),
  };
  let row = 0;
  codes.forEach((code, s) => {
    for (const { model, published, isChampion, has } of models) {
      if (!has(s)) continue;
      for (let h = 0; h < horizon; h++, row++) {
        columns.series_idx[row] = s;
        columns.h[row] = h;
        columns.model[row] = model;
        columns.is_champion[row] = isChampion(s) ? 1 : 0;
        columns.fallback_code[row] = isChampion(s) && code !== '' ? code : null;
        columns.mean[row] = published.mean[s * horizon + h]!;
        copyQuantiles(columns, row, (isChampion(s) ? champion : published).quantiles, s * horizon + h);
      }
    }
  });
  await warehouse.write(
    'out_forecast_series',
    {
      series_idx: 'i32',
      h: 'i32',
      model: 'text',
      is_champion: 'flag',
      fallback_code: 'text',
      mean: 'f64',
      ...QUANTILES,
    },
    columns,
  );
}

/** `out_forecast_node`: the sums of the champions at every level above the series. */
export async function writeNodeForecasts(
  warehouse: Warehouse,
  levels: readonly { level: string; labels: readonly string[]; published: Published }[],
  horizon: number,
): Promise<void> {
  const rows = levels.reduce((sum, { labels }) => sum + labels.length * horizon, 0);
  const columns = {
    level: new Array<string>(rows),
    series: new Array<string>(rows),
    h: new Int32Array(rows),
    mean: new Float64Array(rows),
    ...quantileColumns(rows),
  };
  let row = 0;
  for (const { level, labels, published } of levels) {
    labels.forEach((label, node) => {
      for (let h = 0; h < horizon; h++, row++) {
        columns.level[row] = level;
        columns.series[row] = label;
        columns.h[row] = h;
        columns.mean[row] = published.mean[node * horizon + h]!;
        copyQuantiles(columns, row, published.quantiles, node * horizon + h);
      }
    });
  }
  await warehouse.write(
    'out_forecast_node',
    { level: 'text', series: 'text', h: 'i32', mean: 'f64', ...QUANTILES },
    columns,
  );
}

/** `out_backtest_series`: what the champions forecast at each cutoff and what happened. */
export async function writeBacktest(warehouse: Warehouse, { nodes, cutoffs, horizon, actual, forecast }: Backtest) {
  const rows = nodes * cutoffs * horizon;
  const columns = {
    series_idx: new Int32Array(rows),
    cutoff_idx: new Int32Array(rows),
    h: new Int32Array(rows),
    actual,
    forecast,
  };
  for (let i = 0; i < rows; i++) {
    columns.h[i] = i % horizon;
    columns.cutoff_idx[i] = Math.floor(i / horizon) % cutoffs;
    columns.series_idx[i] = Math.floor(i / (horizon * cutoffs));
  }
  await warehouse.write(
    'out_backtest_series',
    { series_idx: 'i32', cutoff_idx: 'i32', h: 'i32', actual: 'f32', forecast: 'f32' },
    columns,
  );
}

/** `out_forecast_accuracy`: measures by level, model and slice; what is not narrowed down reads `all` or NULL. */
export async function writeAccuracy(
  warehouse: Warehouse,
  rows: readonly AccuracyRow[],
  labelOf: (level: string, node: number) => string,
  bucketName: (bucket: number) => string,
  periodsBack: (cutoff: number) => number,
): Promise<void> {
  const number = (pick: (row: AccuracyRow) => number): Float64Array => Float64Array.from(rows, pick);
  const text = (pick: (row: AccuracyRow) => string): string[] => rows.map(pick);
  await warehouse.write(
    'out_forecast_accuracy',
    {
      level: 'text',
      series: 'text',
      segment: 'text',
      model: 'text',
      periods_back: 'i32',
      horizon: 'text',
      n: 'i32',
      wape: 'f64',
      rmsse: 'f64',
      mase: 'f64',
      bias: 'f64',
      pinball: 'f64',
      coverage_80: 'f64',
      coverage_95: 'f64',
      rmspe: 'f64',
      skill: 'f64',
    },
    {
      level: text((row) => row.level),
      series: text((row) => (row.node === undefined ? 'all' : labelOf(row.level, row.node))),
      segment: text((row) => row.segment ?? 'all'),
      model: text((row) => row.model),
      periods_back: Int32Array.from(rows, (row) => (row.cutoff === undefined ? NO_VALUE : periodsBack(row.cutoff))),
      horizon: text((row) => (row.bucket === undefined ? 'all' : bucketName(row.bucket))),
      n: Int32Array.from(rows, (row) => row.accuracy.n),
      wape: number((row) => row.accuracy.wape),
      rmsse: number((row) => row.accuracy.rmsse),
      mase: number((row) => row.accuracy.mase),
      bias: number((row) => row.accuracy.bias),
      pinball: number((row) => row.accuracy.pinball),
      coverage_80: number((row) => row.accuracy.coverage80),
      coverage_95: number((row) => row.accuracy.coverage95),
      rmspe: number((row) => row.accuracy.rmspe),
      skill: number((row) => row.skill),
    },
  );
}
