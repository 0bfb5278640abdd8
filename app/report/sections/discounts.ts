import { formatMoney, formatNumber } from '../../format.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { number, type SnapshotRows, text } from '../snapshot-rows.ts';

/** The discounts that pay. */
export async function discountSection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_discount')) return html``;
  const money = (amount: number): string => formatMoney(amount, rows.manifest.currency, 'en');
  return section(
    both('Discounts', '折扣建议'),
    both(
      'Stock that will outlast its demand, and the depth with the best expected margin. Bounds in grey.',
      '库存将超过需求的商品，以及预期毛利最高的折扣力度；灰色为区间。',
    ),
    table(await rows.read('discounts'), [
      {
        title: both('Product', '产品'),
        cell: (row) => html`${text(row, 'product_id')}<small>${text(row, 'location_id')}</small>`,
      },
      {
        title: both('Off', '折扣'),
        kind: 'number',
        cell: (row) => `${formatNumber(number(row, 'discount_pct'), 'en', 0)} %`,
      },
      {
        title: both('Units', '预计销量'),
        kind: 'number',
        cell: (row) => formatNumber(number(row, 'expected_units'), 'en'),
      },
      {
        title: both('Margin', '预计毛利'),
        kind: 'number',
        cell: (row) =>
          html`${money(number(row, 'expected_margin'))}<small>${money(number(row, 'lo'))} – ${money(number(row, 'hi'))}</small>`,
      },
      { title: both('Gain', '增益'), kind: 'number', cell: (row) => money(number(row, 'gain')) },
      {
        title: both('Left', '剩余库存'),
        kind: 'number',
        cell: (row) => formatNumber(number(row, 'stock_after'), 'en'),
      },
      { title: both('Why', '原因'), kind: 'reason', cell: (row) => both(text(row, 'reason'), text(row, 'reason_zh')) },
    ]),
  );
}
