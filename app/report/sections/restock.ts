import { formatDate, formatMoney, formatNumber, formatPercent } from '../../format.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { number, type SnapshotRows, text } from '../snapshot-rows.ts';

/** The work orders in the order in which they should be placed. */
export async function restockSection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_restock')) return html``;
  const money = (amount: number): string => formatMoney(amount, rows.manifest.currency, 'en');
  const orders = await rows.read('restock_orders');
  return section(
    both('Work orders', '补货单'),
    both(
      'What to order, most urgent first. The value is what is lost on average if the order is not placed; stock-out is the probability that, if nothing is ordered now, it runs out before what is ordered at the next chance could arrive.',
      '按优先级排列的订货建议；“价值”为不订货的平均损失；“缺货概率”为现在不订货时，在下一次订货机会所订货物到达前断货的概率。',
    ),
    orders.length === 0
      ? html`<p>${both('Nothing needs to be ordered now.', '目前无需补货。')}</p>`
      : table(orders, [
          {
            title: both('Product', '产品'),
            cell: (row) => html`${text(row, 'product_id')}<small>${text(row, 'location_id')}</small>`,
          },
          {
            title: both('Order', '订购量'),
            kind: 'number',
            cell: (row) => formatNumber(number(row, 'order_quantity'), 'en'),
          },
          {
            title: both('Order by', '最迟下单'),
            kind: 'date',
            cell: (row) => both(formatDate(text(row, 'order_by'), 'en'), formatDate(text(row, 'order_by'), 'zh')),
          },
          {
            title: both('Cover', '可售天数'),
            kind: 'number',
            cell: (row) =>
              both(
                `${formatNumber(number(row, 'days_of_cover'), 'en')} days`,
                `${formatNumber(number(row, 'days_of_cover'), 'zh')} 天`,
              ),
          },
          {
            title: both('Stock-out', '缺货概率'),
            kind: 'number',
            cell: (row) => formatPercent(number(row, 'stockout_probability'), 'en', 0),
          },
          { title: both('Value', '价值'), kind: 'number', cell: (row) => money(number(row, 'value_at_stake')) },
          {
            title: both('Why', '原因'),
            kind: 'reason',
            cell: (row) => both(text(row, 'reason'), text(row, 'reason_zh')),
          },
        ]),
  );
}
