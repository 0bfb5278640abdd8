import type { Row } from '../../pipelines/warehouse/warehouse.ts';
import { formatDate, formatMoney, formatPercent, type Language } from '../format.ts';
import { phrase } from '../phrases.ts';

/** Each work order of a thing: what it is, its life, what it is worth, and its arithmetic line by line. */
export function workOrderLines(rows: readonly Row[], currency: string, language: Language): string[] {
  return rows.flatMap((row) => {
    const isChinese = language === 'zh';
    const date = (column: string): string => formatDate(String(row[column]), language);
    const value = row.value_at_stake === null ? '' : `, ${formatMoney(Number(row.value_at_stake), currency, language)}`;
    const sure =
      row.status === 'closed'
        ? ''
        : `, ${phrase('probability', language)} ${formatPercent(Number(row.probability), language, 0)}`;
    const changed = row.updated_on === row.opened_on ? '' : `, ${phrase('updated', language)} ${date('updated_on')}`;
    const arithmetic = String(isChinese ? row.arithmetic_zh : row.arithmetic);
    return [
      '',
      `${phrase(`kind_${row.kind}`, language)}, ${row.location_id}: ${phrase(String(row.status), language)}, ${phrase('opened', language)} ${date('opened_on')}${changed}${value}${sure}`,
      ...(row.action === 'order' && row.status !== 'closed' ? [] : [`  ${isChinese ? row.reason_zh : row.reason}`]),
      ...(arithmetic === '' ? [] : arithmetic.split('\n').map((each) => `    ${each}`)),
    ];
  });
}
