import { nameOf, phrase } from '../phrases.ts';
import { both, type Html } from './html.ts';

/** Codes that the report shows as words, in both languages. */
const TERMS: Record<string, readonly [string, string]> = {
  high: ['high', '高'],
  medium: ['medium', '中'],
  funnel_drop: ['funnel drop', '漏斗下跌'],
  forecast_error: ['forecast error', '预测误差'],
  lost_sales: ['lost sales', '缺货损失'],
  input_drift: ['input drift', '输入漂移'],
  stale_input: ['stale input', '输入过期'],
  quarantine: ['quarantine', '隔离'],
  stockout_ahead: ['stock-out ahead', '即将断货'],
  late_delivery: ['late delivery', '到货延误'],
  dead_stock: ['dead stock', '呆滞库存'],
  rising: ['rising', '上升'],
  falling: ['falling', '下降'],
  stable: ['stable', '平稳'],
  new: ['new', '新客户'],
  others: ['others', '其他'],
};

/** A code in words; one without an entry is shown with spaces for underscores. */
export function inBoth(code: string): Html {
  const [en, zh] = TERMS[code] ?? [code.replaceAll('_', ' '), code.replaceAll('_', ' ')];
  return both(en, zh);
}

/** A level of the hierarchy in words. */
export function levelInBoth(level: string): Html {
  return both(phrase(`level_${level}`, 'en'), phrase(`level_${level}`, 'zh'));
}

/** The name of a category, a region or an owner, or that there is none. */
export function nameInBoth(attribute: Parameters<typeof nameOf>[0], name: string): Html {
  return both(nameOf(attribute, name, 'en'), nameOf(attribute, name, 'zh'));
}
