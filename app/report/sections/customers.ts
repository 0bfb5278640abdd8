import { formatDate, formatMoney, formatNumber, formatPercent } from '../../format.ts';
import { both, type Html, html } from '../html.ts';
import { section, table } from '../page.ts';
import { number, type Row, type SnapshotRows, text } from '../snapshot-rows.ts';
import { inBoth, nameInBoth } from '../terms.ts';

/** Customers at risk, and deals that have stood too long. */
export async function customerSections(rows: SnapshotRows): Promise<Html[]> {
  const sections: Html[] = [];
  if (rows.has('mart_churn')) sections.push(churnSection(await rows.read('churn'), rows.manifest.currency));
  if (rows.has('mart_opportunity_alert')) {
    const deals = await rows.read('opportunities');
    if (deals.length > 0) sections.push(dealSection(deals, rows.manifest.currency));
  }
  return sections;
}

function churnSection(customers: readonly Row[], currency: string): Html {
  const reasons = (row: Row, ending: string): Html =>
    html`<ul class="reasons">${[1, 2, 3]
      .map((i) => text(row, `reason_${i}${ending}`))
      .filter(Boolean)
      .map((reason) => html`<li>${reason}</li>`)}</ul>`;
  return section(
    both('Customers at risk', '流失预警'),
    both(
      'Whom to call first: most money at risk on top, with the three main reasons.',
      '按涉险金额排序的客户，并列出三个主要原因。',
    ),
    table(customers, [
      {
        title: both('Customer', '客户'),
        cell: (row) =>
          html`${text(row, 'name') || text(row, 'customer_id')}<small>${text(row, 'customer_id')} · ${inBoth(text(row, 'tier'))}</small>`,
      },
      {
        title: both('Risk', '风险'),
        kind: 'number',
        cell: (row) => html`${formatPercent(number(row, 'risk'), 'en', 0)}<small>${inBoth(text(row, 'trend'))}</small>`,
      },
      {
        title: both('At risk', '涉险金额'),
        kind: 'number',
        cell: (row) => formatMoney(number(row, 'value_at_risk'), currency, 'en'),
      },
      {
        title: both('Why', '原因'),
        kind: 'reason',
        cell: (row) => html`<div lang="en">${reasons(row, '')}</div><div lang="zh">${reasons(row, '_zh')}</div>`,
      },
      {
        title: both('Next', '下一步'),
        kind: 'reason',
        cell: (row) =>
          html`${both(text(row, 'action'), text(row, 'action_zh'))}<small>${nameInBoth('owner', text(row, 'owner'))}</small>`,
      },
    ]),
  );
}

function dealSection(deals: readonly Row[], currency: string): Html {
  return section(
    both('Deals that stand still', '停滞的商机'),
    both('Open deals that are in their stage much longer than usual.', '在当前阶段停留明显超过常规时间的商机。'),
    table(deals, [
      {
        title: both('Deal', '商机'),
        cell: (row) => html`${text(row, 'opportunity_id')}<small>${text(row, 'customer_name')}</small>`,
      },
      { title: both('Stage', '阶段'), cell: (row) => text(row, 'stage') },
      {
        title: both('Days', '天数'),
        kind: 'number',
        cell: (row) =>
          html`${formatNumber(number(row, 'days_in_stage'), 'en')}<small>${both(`usually ${formatNumber(number(row, 'expected_days'), 'en')}`, `通常 ${formatNumber(number(row, 'expected_days'), 'zh')}`)}</small>`,
      },
      {
        title: both('Amount', '金额'),
        kind: 'number',
        cell: (row) => (row.amount === null ? '' : formatMoney(number(row, 'amount'), currency, 'en')),
      },
      {
        title: both('Last activity', '最近活动'),
        kind: 'date',
        cell: (row) =>
          row.last_activity_on === null
            ? ''
            : both(formatDate(text(row, 'last_activity_on'), 'en'), formatDate(text(row, 'last_activity_on'), 'zh')),
      },
      {
        title: both('Why', '原因'),
        kind: 'reason',
        cell: (row) =>
          html`${both(text(row, 'reason'), text(row, 'reason_zh'))}<small>${nameInBoth('owner', text(row, 'owner'))}</small>`,
      },
    ]),
  );
}
