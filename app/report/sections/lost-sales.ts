import { formatDate, formatMoney, formatNumber } from '../../format.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { number, type SnapshotRows, text } from '../snapshot-rows.ts';

/** Where empty shelves cost most. */
export async function lostSalesSection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_lost_sales')) return html``;
  const units = (row: Parameters<typeof number>[0], column: string): string =>
    formatNumber(number(row, column), 'en', 0);
  return section(
    both('Sales lost to empty shelves', '缺货损失'),
    both(
      'The last 13 weeks. What was wanted on days without stock is estimated from the days with stock around them; forecasts do not take such days for low demand.',
      '最近 13 周。缺货日的需求由前后有货日推算；预测不会把缺货日当作低需求。',
    ),
    table(await rows.read('lost_sales'), [
      {
        title: both('Product', '产品'),
        cell: (row) => html`${text(row, 'product_id')}<small>${text(row, 'location_id')}</small>`,
      },
      { title: both('Days out', '缺货天数'), kind: 'number', cell: (row) => units(row, 'days_out') },
      { title: both('Sold then', '当时销量'), kind: 'number', cell: (row) => units(row, 'sold_quantity') },
      { title: both('Wanted', '估计需求'), kind: 'number', cell: (row) => units(row, 'demand_quantity') },
      {
        title: both('Lost', '损失'),
        kind: 'number',
        cell: (row) =>
          Number.isNaN(number(row, 'lost_revenue')) || row.lost_revenue === null
            ? both(`${units(row, 'lost_quantity')} units`, `${units(row, 'lost_quantity')} 件`)
            : formatMoney(number(row, 'lost_revenue'), rows.manifest.currency, 'en'),
      },
      {
        title: both('Last out', '最近缺货'),
        kind: 'date',
        cell: (row) => both(formatDate(text(row, 'last_out_on'), 'en'), formatDate(text(row, 'last_out_on'), 'zh')),
      },
    ]),
  );
}
