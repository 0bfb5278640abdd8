import { scaleLinear } from 'd3-scale';
import { formatDate, formatMoney, formatNumber, formatPercent, type Language } from '../../format.ts';
import { policyName } from '../../policy-names.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { number, type SnapshotRows, text } from '../snapshot-rows.ts';

/** Parts of the cost, in the order of the bar, with their class and name. */
const PARTS = [
  ['shortage', 'part-1', 'lost sales', '缺货损失'],
  ['holding', 'part-2', 'keeping', '持有'],
  ['ordering', 'part-3', 'ordering', '订货'],
  ['waste', 'part-4', 'thrown away', '报废'],
] as const;
const WIDTH = 560;
const BAR = 18;

type Row = Awaited<ReturnType<SnapshotRows['read']>>[number];

/** What orders by each policy would have cost on the company's own past. */
export async function replaySection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_replay')) return html``;
  const policies = await rows.read('replay');
  const [first] = policies;
  if (!first) return html``;
  const [orders] = await rows.read('replay_orders');
  const most = Math.max(...policies.map((row) => number(row, 'cost')));
  const money = (amount: number): string => formatMoney(amount, rows.manifest.currency, 'en');
  const name = (row: Row, language: Language): string =>
    policyName(text(row, 'policy'), row.setting === null ? null : text(row, 'setting'), language);
  const given = (row: Row, column: string, say: (value: number) => string): string =>
    row[column] === null || row[column] === undefined ? '' : say(number(row, column));
  return section(
    both('Replayed on the past', '历史回放'),
    both(
      `${formatDate(text(first, 'from_on'), 'en')} to ${formatDate(text(first, 'to_on'), 'en')}, day by day, each day with what was known that morning. ${demandEnglish(first)}`,
      `${formatDate(text(first, 'from_on'), 'zh')}至${formatDate(text(first, 'to_on'), 'zh')}，逐日回放，每天只用当天早晨已知的信息。${demandChinese(first)}`,
    ),
    table(policies, [
      { title: both('Orders by', '策略'), cell: (row) => both(name(row, 'en'), name(row, 'zh')) },
      { title: both('Cost', '成本'), kind: 'number', cell: (row) => money(number(row, 'cost')) },
      { title: html``, cell: (row) => costBar(row, most, name(row, 'en')) },
      {
        title: both('Demand served', '需求满足率'),
        kind: 'number',
        cell: (row) => given(row, 'fill_rate', (share) => formatPercent(share, 'en')),
      },
      { title: both('Stock', '库存金额'), kind: 'number', cell: (row) => money(number(row, 'stock_value')) },
      {
        title: both('Orders', '订单数'),
        kind: 'number',
        cell: (row) => given(row, 'orders', (count) => formatNumber(count, 'en', 0)),
      },
      {
        title: both('Against the company', '与公司实际相比'),
        kind: 'number',
        cell: (row) => given(row, 'against_company', money),
      },
    ]),
    html`<p class="legend">${PARTS.map(([, style, english, chinese]) => html`<span class="key ${style}"></span>${both(english, chinese)}`)}</p>`,
    orders && number(orders, 'orders_over') > 0
      ? html`<p class="legend">${both(
          `Our orders promised ${money(number(orders, 'promised_value'))} and brought ${money(number(orders, 'realised_value'))}.`,
          `我方订单预计价值 ${money(number(orders, 'promised_value'))}，实际 ${money(number(orders, 'realised_value'))}。`,
        )}</p>`
      : html``,
  );
}

/** One bar of a policy's cost by its parts; widths compare over policies. */
function costBar(row: Row, most: number, label: string): Html {
  const x = scaleLinear([0, most], [0, WIDTH]);
  let at = 0;
  const parts = PARTS.map(([column, style]) => {
    const amount = row[column] === null ? 0 : number(row, column);
    const from = x(at);
    at += amount;
    return html`<rect class="${style}" x="${from.toFixed(1)}" width="${(x(at) - from).toFixed(1)}" height="${BAR}"/>`;
  });
  return html`<svg class="costs" viewBox="0 0 ${WIDTH} ${BAR}" preserveAspectRatio="none" role="img" aria-label="${label}">${parts}</svg>`;
}

function demandEnglish(row: Row): string {
  return text(row, 'demand_case') === 'known'
    ? 'Demand is the true one.'
    : 'Demand on days with empty shelves is an estimate.';
}

function demandChinese(row: Row): string {
  return text(row, 'demand_case') === 'known' ? '需求为真实需求。' : '缺货日的需求为估计值。';
}
