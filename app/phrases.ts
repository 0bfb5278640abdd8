import type { Language } from './format.ts';
import { CHINESE_COUNTS } from './phrases/counts.ts';
import { CHINESE_FALLBACKS, CHINESE_MODELS } from './phrases/models.ts';

/** Words people read on the terminal, in both languages. A word without an entry is shown as it is. */
const words: Record<string, Record<Language, string>> = {
  topOrders: { en: 'Work orders that matter most', zh: '最重要的补货单' },
  topDiscounts: { en: 'Discounts that pay most', zh: '收益最高的折扣' },
  topCustomers: { en: 'Customers most at risk', zh: '流失风险最大的客户' },
  moneyAtStake: { en: 'Money at stake', zh: '涉及金额' },
  input: { en: 'input', zh: '输入' },
  table: { en: 'table', zh: '表' },
  records: { en: 'records', zh: '记录' },
  loaded: { en: 'loaded', zh: '已载入' },
  quarantined: { en: 'quarantined', zh: '已隔离' },
  refused: { en: 'refused', zh: '拒收' },
  step: { en: 'step', zh: '步骤' },
  status: { en: 'status', zh: '状态' },
  seconds: { en: 'seconds', zh: '秒' },
  result: { en: 'result', zh: '结果' },
  done: { en: 'done', zh: '完成' },
  reused: { en: 'current', zh: '已是最新' },
  skipped: { en: 'skipped', zh: '跳过' },
  running: { en: 'running', zh: '运行中' },
  failed: { en: 'failed', zh: '失败' },
  missed: { en: 'missed', zh: '已错过' },
  busy: { en: 'busy', zh: '项目占用中' },
  no_rows: { en: '(no rows)', zh: '（无记录）' },
  kind_order: { en: 'Order', zh: '订货' },
  kind_surge: { en: 'Surge', zh: '需求激增' },
  kind_stockout_ahead: { en: 'Stock-out ahead', zh: '即将断货' },
  kind_late_delivery: { en: 'Late delivery', zh: '到货延误' },
  kind_dead_stock: { en: 'Dead stock', zh: '呆滞库存' },
  open: { en: 'open', zh: '待处理' },
  updated: { en: 'updated', zh: '已更新' },
  closed: { en: 'closed', zh: '已关闭' },
  product: { en: 'product', zh: '产品' },
  location: { en: 'location', zh: '地点' },
  order: { en: 'order', zh: '订购' },
  order_by: { en: 'order by', zh: '最迟下单' },
  value: { en: 'value', zh: '价值' },
  reason: { en: 'reason', zh: '原因' },
  discount: { en: 'discount', zh: '折扣' },
  gain: { en: 'gain', zh: '增益' },
  customer: { en: 'customer', zh: '客户' },
  owner: { en: 'owner', zh: '负责人' },
  risk: { en: 'risk', zh: '风险' },
  at_risk: { en: 'at risk', zh: '涉险金额' },
  level_total: { en: 'total', zh: '总计' },
  level_region: { en: 'region', zh: '区域' },
  level_category: { en: 'category', zh: '品类' },
  level_location: { en: 'location', zh: '地点' },
  level_product: { en: 'product', zh: '产品' },
  level_series: { en: 'product × location', zh: '产品 × 地点' },
  no_category: { en: 'no category', zh: '未分类' },
  no_region: { en: 'no region', zh: '未分区域' },
  no_owner: { en: 'no owner', zh: '无负责人' },
};

/** What the published tables say where an attribute is not given. */
const NOT_GIVEN = '(none)';

const moneyNames: Record<string, Record<Language, string>> = {
  replay_saved: { en: 'what replayed orders cost less than what the company did', zh: '回放订货较公司实际节省' },
  replay_promised: { en: 'what replayed orders promised', zh: '回放订单预计价值' },
  replay_realised: { en: 'what they brought', zh: '回放订单实际价值' },
  restock_value_at_stake: { en: 'margin and shortage that restock orders protect', zh: '补货单可保住的价值' },
  discount_expected_gain: { en: 'expected gain of discounts', zh: '折扣的预期增益' },
  transfer_value: { en: 'value of transfers between locations', zh: '调拨可保住的价值' },
  deal_value_stuck: { en: 'value of deals that stand still', zh: '停滞商机的金额' },
  churn_value_at_risk: { en: 'revenue of customers at risk', zh: '流失风险客户的收入' },
};

export function phrase(key: string, language: Language): string {
  return words[key]?.[language] ?? key;
}

/** The name of a category, a region or an owner; where none is given, `no category` and so on. */
export function nameOf(attribute: 'category' | 'region' | 'owner', name: string, language: Language): string {
  return name === NOT_GIVEN ? phrase(`no_${attribute}`, language) : name;
}

/** `restock_value_at_stake` in words. */
export function moneyName(name: string, language: Language): string {
  return moneyNames[name]?.[language] ?? name.replaceAll('_', ' ');
}

const CHAMPION_COUNT = 'champion_';
const FALLBACK_COUNT = 'fallback_';

/** The name of a step's count in words: `withAdvice` and `rows_quarantined` are `with advice` and `rows quarantined`. */
export function countName(name: string, language: Language = 'en'): string {
  if (language === 'zh') {
    if (name.startsWith(CHAMPION_COUNT)) return `入选 ${modelName(name.slice(CHAMPION_COUNT.length), language)}`;
    if (name.startsWith(FALLBACK_COUNT)) {
      const code = name.slice(FALLBACK_COUNT.length).toUpperCase();
      return `备用预测 ${CHINESE_FALLBACKS[code] ?? code}`;
    }
    if (CHINESE_COUNTS[name]) return CHINESE_COUNTS[name];
  }
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('_', ' ');
}

/** A model in words: `croston_sba` is `croston sba`. */
export function modelName(model: string, language: Language): string {
  return (language === 'zh' && CHINESE_MODELS[model]) || model.replaceAll('_', ' ');
}

/** The code of a fallback, in Chinese with what it means. */
export function fallbackName(code: string, language: Language): string {
  const meaning = language === 'zh' && CHINESE_FALLBACKS[code];
  return meaning ? `${meaning} ${code}` : code;
}

/** Several things said one after the other. */
export function listed(parts: readonly string[], language: Language): string {
  return parts.join(language === 'zh' ? '，' : ', ');
}

/** Sentences one after the other. */
export function told(sentences: readonly string[], language: Language): string {
  return sentences.filter((sentence) => sentence !== '').join(language === 'zh' ? '' : ' ');
}

/** Something with a remark in brackets. */
export function bracketed(text: string, remark: string, language: Language): string {
  return language === 'zh' ? `${text}（${remark}）` : `${text} (${remark})`;
}

/** So many days or weeks. */
export function spanOf(count: number, frequency: 'daily' | 'weekly', language: Language): string {
  if (language === 'zh') return `${count} ${frequency === 'daily' ? '天' : '周'}`;
  return `${count} ${frequency === 'daily' ? 'day' : 'week'}${count === 1 ? '' : 's'}`;
}

/** The published column that says the same in the language: `reason` in English, `reason_zh` in Chinese. */
export function columnIn(name: string, language: Language): string {
  return language === 'zh' ? `${name}_zh` : name;
}

/** Something and what is said of it. */
export function labelled(label: string, text: string, language: Language): string {
  return `${label}${language === 'zh' ? '：' : ': '}${text}`;
}

/** What a forecast is made of, in the order in which it is told. */
export const DRIVER_WORDS: Record<string, Record<Language, string>> = {
  level: { en: 'level', zh: '水平' },
  trend: { en: 'trend', zh: '趋势' },
  week: { en: 'day of the week', zh: '星期' },
  year: { en: 'season of the year', zh: '年内季节' },
  holiday: { en: 'holidays, events', zh: '节假日与活动' },
  promotion: { en: 'promotions', zh: '促销' },
  price: { en: 'prices', zh: '价格' },
  macro: { en: 'economy', zh: '宏观经济' },
  rest: { en: 'rest', zh: '其余' },
  override: { en: 'planner', zh: '计划员' },
};
