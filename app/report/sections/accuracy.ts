import { formatNumber, formatPercent } from '../../format.ts';
import { fractionBar } from '../bars.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { number, type Row, type SnapshotRows, text } from '../snapshot-rows.ts';
import { levelInBoth } from '../terms.ts';

const share = (value: number): string => (Number.isFinite(value) ? formatPercent(value, 'en') : '–');

const STEP_WORDS: Record<string, readonly [string, string]> = {
  naive: ['naive', '朴素预测'],
  statistical: ['statistical', '统计预测'],
  final: ['final, with overrides', '最终（含人工调整）'],
};

/** What each step of forecasting was worth; nothing without overrides in the past, as the last step is then idle. */
async function valueAdded(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_forecast_value_added')) return html``;
  const steps = await rows.read('value_added');
  if (!steps.some((row) => text(row, 'scope') === 'overridden')) return html``;
  const scope = (row: Row): Html => {
    if (text(row, 'scope') === 'all') return both('all', '全部');
    if (text(row, 'scope') === 'overridden') return both('under an override', '有人工调整');
    return html`${text(row, 'subject')}`;
  };
  return html`<h3>${both('What each step added', '各步骤的增值')}</h3>${table(steps, [
    { title: both('Where', '范围'), cell: scope },
    {
      title: both('Step', '步骤'),
      cell: (row) => both(...(STEP_WORDS[text(row, 'step')] ?? [text(row, 'step'), text(row, 'step')])),
    },
    { title: both('1 − WAPE', '1 − WAPE'), kind: 'number', cell: (row) => share(1 - number(row, 'wape')) },
    { title: both('Bias', '偏差'), kind: 'number', cell: (row) => share(number(row, 'bias')) },
    {
      title: both('Error less than the step before', '误差较上一步减少'),
      kind: 'number',
      cell: (row) => (row.skill === null ? '–' : share(number(row, 'skill'))),
    },
  ])}`;
}

/** How good forecasts were on past cutoffs, by level and by model. */
export async function accuracySection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_forecast_accuracy')) return html``;
  return section(
    both('How good the forecasts were', '预测准确度'),
    both(
      'Measured on past cutoffs with what was known then. The bar is 1 − WAPE per day; the mark is the baseline.',
      '以历史截点回测，只用当时已知的数据。条形为每日 1 − WAPE；竖线为基准模型。',
    ),
    table(await rows.read('accuracy_by_level'), [
      { title: both('Level', '层级'), cell: (row) => levelInBoth(text(row, 'level')) },
      {
        title: both('1 − WAPE', '1 − WAPE'),
        cell: (row) =>
          html`${fractionBar({ value: 1 - number(row, 'wape'), reference: 1 - number(row, 'baseline_wape') }, text(row, 'level'))} ${share(1 - number(row, 'wape'))}`,
      },
      { title: both('Better than baseline', '优于基准'), kind: 'number', cell: (row) => share(number(row, 'skill')) },
      { title: both('RMSSE', 'RMSSE'), kind: 'number', cell: (row) => number(row, 'rmsse').toFixed(3) },
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
    html`<p>${both(
      'A series has the combination unless another model was clearly better in its own backtests; the error here is over all series, so that a smaller one need not win more.',
      '除非其他模型在某序列自身的回测中明显更好，该序列发布组合预测（combination）；此处误差为全部序列合计，误差较小的模型入选的序列不一定更多。',
    )}</p>`,
    table(await rows.read('accuracy_by_model'), [
      { title: both('Model', '模型'), cell: (row) => text(row, 'model').replaceAll('_', ' ') },
      {
        title: both('1 − WAPE', '1 − WAPE'),
        cell: (row) =>
          html`${fractionBar({ value: 1 - number(row, 'wape') }, text(row, 'model'))} ${share(1 - number(row, 'wape'))}`,
      },
      { title: both('RMSSE', 'RMSSE'), kind: 'number', cell: (row) => number(row, 'rmsse').toFixed(3) },
      {
        title: both('Series won', '入选序列数'),
        kind: 'number',
        // the champion is the winner of each series, not a model that could win
        cell: (row) => (text(row, 'model') === 'champion' ? '–' : formatNumber(number(row, 'series_won'), 'en', 0)),
      },
    ]),
    await valueAdded(rows),
  );
}
