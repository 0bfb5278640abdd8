import { formatNumber } from '../../format.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { number, type SnapshotRows, text } from '../snapshot-rows.ts';

/** Every input file with its records, and what was put in quarantine and why. */
export async function inputSection(rows: SnapshotRows): Promise<Html> {
  if (!rows.has('mart_input_file')) return html``;
  const quarantined = rows.has('mart_quarantine') ? await rows.read('quarantine') : [];
  const examples =
    quarantined.length === 0
      ? html`<p>${both('Nothing was quarantined.', '没有被隔离的记录。')}</p>`
      : table(quarantined, [
          { title: both('File', '文件'), cell: (row) => text(row, 'path') },
          { title: both('Line', '行'), kind: 'number', cell: (row) => text(row, 'line') },
          { title: both('Column', '列'), cell: (row) => text(row, 'column_name') },
          { title: both('Value', '值'), cell: (row) => text(row, 'value') },
          {
            title: both('Reason', '原因'),
            kind: 'reason',
            cell: (row) => html`<span class="tag">${text(row, 'reason_code')}</span> ${text(row, 'message')}`,
          },
          {
            title: both('Such rows', '同类行数'),
            kind: 'number',
            cell: (row) => formatNumber(number(row, 'such_rows'), 'en', 0),
          },
        ]);
  return section(
    both('Inputs and quarantine', '输入与隔离'),
    both(
      'Every record of every file is loaded or quarantined; a row in quarantine is in no figure above.',
      '每个文件的每条记录要么已载入，要么被隔离；被隔离的记录不参与以上任何数字。',
    ),
    table(await rows.read('input_files'), [
      {
        title: both('File', '文件'),
        cell: (row) => html`${text(row, 'path')}<small>${text(row, 'table_name')}</small>`,
      },
      { title: both('Records', '记录'), kind: 'number', cell: (row) => formatNumber(number(row, 'records'), 'en', 0) },
      { title: both('Loaded', '已载入'), kind: 'number', cell: (row) => formatNumber(number(row, 'loaded'), 'en', 0) },
      {
        title: both('Quarantined', '已隔离'),
        kind: 'number',
        cell: (row) => formatNumber(number(row, 'quarantined'), 'en', 0),
      },
    ]),
    examples,
  );
}
