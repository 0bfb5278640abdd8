import type { Row } from '../../pipelines/warehouse/warehouse.ts';
import { formatDate, formatMoney, formatPercent, type Language } from '../format.ts';
import { explainWords } from '../phrases/explain.ts';
import { columnIn, labelled, listed, phrase } from '../phrases.ts';

/** Each work order of a thing: what it is, its life, what it is worth, and its arithmetic line by line. */
export function workOrderLines(rows: readonly Row[], currency: string, language: Language): string[] {
  const words = explainWords[language];
  return rows.flatMap((row) => {
    const date = (column: string): string => formatDate(String(row[column]), language);
    const life = [phrase(String(row.status), language), words.opened(date('opened_on'))];
    if (row.updated_on !== row.opened_on) life.push(words.updated(date('updated_on')));
    if (row.value_at_stake !== null) {
      life.push(words.worth(formatMoney(Number(row.value_at_stake), currency, language)));
    }
    if (row.status !== 'closed') {
      life.push(words.probability(formatPercent(Number(row.probability), language, 0)));
    }
    const title = listed([phrase(`kind_${row.kind}`, language), String(row.location_id)], language);
    const arithmetic = String(row[columnIn('arithmetic', language)]);
    return [
      '',
      labelled(title, listed(life, language), language),
      ...(row.action === 'order' && row.status !== 'closed' ? [] : [`  ${row[columnIn('reason', language)]}`]),
      ...(arithmetic === '' ? [] : arithmetic.split('\n').map((each) => `    ${each}`)),
    ];
  });
}
