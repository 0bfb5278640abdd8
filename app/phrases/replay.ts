import type { Language } from '../format.ts';

const en = {
  money: ['policy', 'cost', 'lost sales', 'keeping', 'ordering', 'thrown away', 'against company', 'against foresight'],
  service: ['policy', 'demand served', 'cycles without gap', 'stock', 'turns', 'orders', 'cash'],
  models: ['forecast by', 'cost of its orders', 'error of windows (WAPE)'],
  span: (from: string, to: string) => `${from} – ${to}`,
  between: (low: string, high: string) => `${low} – ${high}`,
  bounds: 'cost had demand on empty shelves been least, and most',
  orders: (over: string, promised: string, realised: string) =>
    `Of our orders ${over} are over: they promised ${promised} and brought ${realised}.`,
  simple:
    'Simplified: products do not compete for money or room; terms are those of today; lead times are drawn from the terms, the same for all policies; forecasts read the sales that the company recorded, not those of the replay.',
};

const zh: typeof en = {
  money: ['策略', '总成本', '缺货损失', '持有成本', '订货成本', '报废', '与公司实际相比', '与全知相比'],
  service: ['策略', '需求满足率', '无缺货周期', '库存金额', '周转次数', '订单数', '现金'],
  models: ['预测模型', '按其订货的成本', '窗口误差（WAPE）'],
  span: (from, to) => `${from}至${to}`,
  between: (low, high) => `${low} 至 ${high}`,
  bounds: '缺货期间需求取下限与上限时的成本',
  orders: (over, promised, realised) => `我方订单中 ${over} 个已到期：预计价值 ${promised}，实际 ${realised}。`,
  simple:
    '简化：产品之间不争用资金与库位；供货条款取今日之值；交货期按条款随机抽取，各策略相同；预测所用为公司实际销售记录，而非回放中的销量。',
};

/** What a replay says. */
export const replayWords: Record<Language, typeof en> = { en, zh };
