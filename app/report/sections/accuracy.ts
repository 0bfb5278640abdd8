import { formatNumber, formatPercent } from '../../format.ts';
import { fractionBar } from '../bars.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { number, type Row, type SnapshotRows, text } from '../snapshot-rows.ts';

const LEVELS: Record<string, string> = {
  total: '总计',
  region: '区域',
  category: '品类',
  location: '地点',
  product: '产品',
  series: '产品 × 地点',
};

const share = (value: number): string => (Number.isFinite(value) ? formatPercent(value, 'en') : '–');

/** How good forecasts were on past cutoffs, by level and by model. */
export async function accuracySection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_forecast_accuracy')) return html``;
  const level = (row: Row): Html => {
    const name = text(row, 'level');
    return both(name === 'series' ? 'product × location' : name, LEVELS[name] ?? name);
  };
  return section(
    both('How good the forecasts were', '预测准确度'),
    both(
      'Measured on past cutoffs with what was known then. The bar is 1 − WAPE per day; the mark is the baseline.',
      '以历史截点回测，只用当时已知的数据。条形为每日 1 − WAPE；竖线为基准模型。',
    ),
    table(await rows.read('accuracy_by_level'), [
      { title: both('Level', '层级'), cell: level },
      {
        title: both('1 − WAPE', '1 − WAPE'),
        cell: (row) =>
          html`${fractionBar({ value: 1 - number(row, 'wape'), reference: 1 - number(row, 'baseline_wape') }, text(row, 'level'))} ${share(1 - number(row, 'wape'))}`,
      },
      { title: both('Better than baseline', '优于基准'), kind: 'number', cell: (row) => share(number(row, 'skill')) },
      { title: both('RMSSE', 'RMSSE'), kind: 'number', cell: (row) => formatNumber(number(row, 'rmsse'), 'en', 3) },
      { title: both('Bias', '偏差'), kind: 'number', cell: (row) => share(number(row, 'bias')) },
      {
        title: both('In the 80 % range', '80% 区间覆盖率'),
        kind: 'number',
        cell: (row) => share(number(row, 'coverage_80')),
      },
      {
        title: both('In the 95 % range', '95% 区间覆盖率'),
        kind: 'number',
        cell: (row) => share(number(row, 'coverage_95')),
      },
    ]),
    html`<h3>${both('Models, by product and location', '各模型（产品 × 地点）')}</h3>`,
    table(await rows.read('accuracy_by_model'), [
      { title: both('Model', '模型'), cell: (row) => text(row, 'model').replaceAll('_', ' ') },
      {
        title: both('1 − WAPE', '1 − WAPE'),
        cell: (row) =>
          html`${fractionBar({ value: 1 - number(row, 'wape') }, text(row, 'model'))} ${share(1 - number(row, 'wape'))}`,
      },
      { title: both('RMSSE', 'RMSSE'), kind: 'number', cell: (row) => formatNumber(number(row, 'rmsse'), 'en', 3) },
      {
        title: both('Series won', '入选序列数'),
        kind: 'number',
        // the champion is the winner of each series, not a model that could win
        cell: (row) => (text(row, 'model') === 'champion' ? '–' : formatNumber(number(row, 'series_won'), 'en', 0)),
      },
    ]),
  );
}
