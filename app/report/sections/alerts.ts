import { formatDate } from '../../format.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { type SnapshotRows, text } from '../snapshot-rows.ts';
import { inBoth } from '../terms.ts';

/** What left its usual band: inputs, the funnel, forecast errors. */
export async function alertSection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_alert')) return html``;
  return section(
    both('Alerts', '监控告警'),
    both('What left its usual band: inputs, the funnel, forecast errors.', '超出常态的输入、漏斗与预测误差。'),
    table(await rows.read('alerts'), [
      {
        title: both('When', '日期'),
        kind: 'date',
        cell: (row) =>
          row.ds === null ? '' : both(formatDate(text(row, 'ds'), 'en'), formatDate(text(row, 'ds'), 'zh')),
      },
      {
        title: both('What', '对象'),
        cell: (row) => html`${text(row, 'subject')}<small>${inBoth(text(row, 'kind'))}</small>`,
      },
      {
        title: both('Severity', '级别'),
        cell: (row) => html`<span class="tag ${text(row, 'severity')}">${inBoth(text(row, 'severity'))}</span>`,
      },
      {
        title: both('Message', '说明'),
        kind: 'reason',
        cell: (row) => both(text(row, 'message'), text(row, 'message_zh')),
      },
    ]),
  );
}
