import { nameOf } from '../../phrases.ts';
import { type ForecastPoint, fanChart, type HistoryPoint } from '../fan-chart.ts';
import { both, type Html, html } from '../html.ts';
import { section } from '../page.ts';
import { type Row, type SnapshotRows, text } from '../snapshot-rows.ts';
import { levelInBoth, nameInBoth } from '../terms.ts';

const NOTHING = html``;

interface Charted {
  name: string;
  history: HistoryPoint[];
  forecast: ForecastPoint[];
}

/** Fan charts: the total, then regions, categories and the largest series; no level whose only node is the total again. */
export async function forecastSection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_forecast') || !rows.has('mart_sales_history')) return NOTHING;
  const total = await charted(rows, 'total', 1);
  const parts = [
    ...(await levelCharts(rows, 'region', 4)),
    ...(await levelCharts(rows, 'category', 8)),
    ...(await levelCharts(rows, 'series', 6)),
  ];
  return section(
    both('Forecasts', '销售预测'),
    both(
      'Sales so far, then the forecast with the ranges that hold it in 50, 80 and 90 of 100 cases.',
      '历史销量与预测；色带由深到浅分别为 50%、80%、90% 的区间。',
    ),
    total.length > 0 ? totalChart(total[0]!) : NOTHING,
    html`<p class="legend"><span class="key" style="background:#1d2733"></span>${both('sales', '销量')}<span class="key" style="background:#0b6e99"></span>${both('forecast', '预测')}<span class="key" style="background:#82bbd4"></span>50 %<span class="key" style="background:#b5d7e6"></span>80 %<span class="key" style="background:#d9ebf3"></span>90 %</p>`,
    html`<div class="multiples">${parts}</div>`,
  );
}

type Part = 'region' | 'category' | 'series';

/** The charts of a level; none where it has a single node, which would be the total once more. */
async function levelCharts(rows: SnapshotRows, level: Part, most: number): Promise<Html[]> {
  const charts = await charted(rows, level, most);
  return charts.length > 1 ? charts.map((chart) => smallChart(level, chart)) : [];
}

function smallChart(level: Part, { name, history, forecast }: Charted): Html {
  const isSeries = level === 'series';
  const title = isSeries ? html`${name}` : html`${nameInBoth(level, name)} <small>${levelInBoth(level)}</small>`;
  const label = isSeries ? name : nameOf(level, name, 'en');
  return html`<div><h3>${title}</h3>${fanChart(history, forecast, { width: 340, height: 150, label })}</div>`;
}

/** Drawn once for a wide screen and once for a telephone, whose labels would be too small to read if it were scaled down. */
function totalChart({ history, forecast }: Charted): Html {
  const label = 'Total';
  const wide = fanChart(history, forecast, { width: 1060, height: 300, label });
  const narrow = fanChart(history, forecast, { width: 340, height: 190, label });
  return html`<div class="on-wide">${wide}</div><div class="on-narrow">${narrow}</div>`;
}

/** The largest nodes of a level by what they are expected to sell. */
async function charted(rows: SnapshotRows, level: string, most: number): Promise<Charted[]> {
  const values = { level: `'${level}'`, most: String(most) };
  const forecast = bySeries(await rows.read('forecast_points', values));
  const history = bySeries(await rows.read('history_points', values));
  return [...forecast].map(([name, points]) => ({
    name,
    history: (history.get(name) ?? []) as unknown as HistoryPoint[],
    forecast: points as unknown as ForecastPoint[],
  }));
}

function bySeries(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = text(row, 'series');
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
