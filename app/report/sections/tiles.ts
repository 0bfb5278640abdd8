import { formatMoney, formatNumber, formatPercent, type Language } from '../../format.ts';
import { spanOf } from '../../phrases.ts';
import { both, type Html, html } from '../html.ts';
import { number, type SnapshotRows } from '../snapshot-rows.ts';

function tile(value: string, en: string, zh: string): Html {
  return html`<div class="tile"><b>${value}</b><span>${both(en, zh)}</span></div>`;
}

/** The figures a person looks at first. */
export async function tiles(rows: SnapshotRows): Promise<Html> {
  const money = (amount: number): string => formatMoney(amount, rows.manifest.currency, 'en');
  const all: Html[] = [];
  if (rows.has('mart_forecast')) {
    const total = (await rows.read('total_ahead'))[0]!;
    const change = number(total, 'ahead') / number(total, 'before') - 1;
    const sign = change > 0 ? '+' : '';
    const against = Number.isFinite(change) ? ` (${sign}${formatPercent(change, 'en')})` : '';
    const frequency = number(total, 'period_days') === 7 ? 'weekly' : 'daily';
    const span = (language: Language): string => spanOf(number(total, 'periods'), frequency, language);
    const low = formatNumber(number(total, 'q10'), 'en');
    const high = formatNumber(number(total, 'q90'), 'en');
    all.push(
      tile(
        `${formatNumber(number(total, 'ahead'), 'en')}${against}`,
        `units expected in the next ${span('en')}, against the ${span('en')} before; between ${low} and ${high} in 80 of 100 cases`,
        `未来 ${span('zh')}预计销量（与此前 ${span('zh')}相比）；100 次中约 80 次介于 ${low} 与 ${high} 之间`,
      ),
    );
  }
  if (rows.has('mart_restock')) {
    const restock = (await rows.read('restock_total'))[0]!;
    const orders = formatNumber(number(restock, 'orders'), 'en');
    all.push(
      tile(money(number(restock, 'value')), `at stake in ${orders} work orders`, `${orders} 张补货单涉及的价值`),
    );
  }
  if (rows.has('mart_discount')) {
    const discount = (await rows.read('discount_total'))[0]!;
    const count = formatNumber(number(discount, 'discounts'), 'en');
    all.push(tile(money(number(discount, 'gain')), `expected gain of ${count} discounts`, `${count} 项折扣的预期增益`));
  }
  if (rows.has('mart_churn')) {
    const churn = (await rows.read('churn_total'))[0]!;
    const count = formatNumber(number(churn, 'customers'), 'en');
    all.push(
      tile(money(number(churn, 'value')), `at risk with ${count} customers`, `${count} 位客户涉及的流失风险金额`),
    );
  }
  return html`<div class="tiles">${all}</div>`;
}
