import { formatDate, formatMoney, formatNumber, formatPercent } from '../../format.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { number, type SnapshotRows, text } from '../snapshot-rows.ts';
import { inBoth } from '../terms.ts';

/** Work orders that are no orders: stock-outs that an order comes too late for, late deliveries, dead stock. */
export async function workOrderSection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_work_order')) return html``;
  const todo = await rows.read('work_orders');
  if (todo.length === 0) return html``;
  return section(
    both('To do besides ordering', '订货之外的待办'),
    both('What an order alone does not mend, by the money at stake.', '仅靠订货无法解决的事项，按涉及金额排列。'),
    table(todo, [
      { title: both('What', '事项'), cell: (row) => inBoth(text(row, 'kind')) },
      {
        title: both('Product', '产品'),
        cell: (row) => html`${text(row, 'product_id')}<small>${text(row, 'location_id')}</small>`,
      },
      {
        title: both('Units', '数量'),
        kind: 'number',
        cell: (row) => formatNumber(number(row, 'quantity'), 'en'),
      },
      {
        title: both('Value', '价值'),
        kind: 'number',
        cell: (row) =>
          Number.isNaN(number(row, 'value_at_stake'))
            ? ''
            : formatMoney(number(row, 'value_at_stake'), rows.manifest.currency, 'en'),
      },
      {
        title: both('Probability', '概率'),
        kind: 'number',
        cell: (row) => formatPercent(number(row, 'probability'), 'en', 0),
      },
      {
        title: both('Since', '开立于'),
        kind: 'date',
        cell: (row) => both(formatDate(text(row, 'opened_on'), 'en'), formatDate(text(row, 'opened_on'), 'zh')),
      },
      {
        title: both('Why', '原因'),
        kind: 'reason',
        cell: (row) => both(text(row, 'reason'), text(row, 'reason_zh')),
      },
    ]),
  );
}
