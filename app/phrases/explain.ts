import type { Language } from '../format.ts';

/** What is told of a planner's override. */
export interface OverrideFacts {
  /** Empty where nobody is named. */
  planner: string;
  from: string;
  to: string;
  isEverywhere: boolean;
  /** Units or per cent that were entered. */
  change: string;
  before: string;
  after: string;
  reason: string;
}

const en = {
  forecast: (from: string, to: string, total: string, model: string, fallback: string) =>
    `Forecast ${from} to ${to}: ${total} units (model ${model}${fallback && `, fallback ${fallback}`})`,
  salesSoFar: 'sales so far',
  ahead: 'forecast',
  first: 'first day',
  until: (date: string) => `to ${date}`,
  range: (mean: string, low: string, high: string) => `${mean} units, between ${low} and ${high} in 80 of 100 cases`,
  why: 'why, in units over these days',
  most: (date: string, units: string) => `most on ${date}: ${units}`,
  units: (amount: string) => `${amount} units`,
  override: ({ planner, from, to, isEverywhere, change, before, after, reason }: OverrideFacts) =>
    `override${planner && ` by ${planner}`}, ${from} to ${to}${isEverywhere ? ' everywhere' : ''}: ${change}, ${before} become ${after} units (${reason})`,
  backtest: 'backtest',
  accuracy: (wape: string, bias: string) => `off by ${wape} of sales, bias ${bias}`,
  order: (units: string, location: string, by: string, value: string) =>
    `Order ${units} for ${location}${by && ` by ${by}`}${value && `, ${value} at stake`}`,
  noOrder: (location: string, by: string) => `Nothing to order for ${location} now${by && `; next order by ${by}`}`,
  stock: (onHand: string, underWay: string, wanted: string, stockout: string) =>
    `on hand ${onHand}, under way ${underWay}, wanted ${wanted}, stock-out ${stockout}`,
  opened: (date: string) => `opened ${date}`,
  updated: (date: string) => `updated ${date}`,
  worth: (value: string) => value,
  probability: (share: string) => `probability ${share}`,
  discount: (depth: string, location: string, gain: string) => `Discount ${depth} at ${location}: gain ${gain}`,
  elasticity: (middle: string, low: string, high: string, cheapest: string, dearest: string, isAllowed: boolean) =>
    `Price elasticity ${middle} (${low} to ${high}), prices seen ${cheapest} to ${dearest}, advice ${isAllowed ? 'allowed' : 'not allowed'}`,
};

const zh: typeof en = {
  forecast: (from, to, total, model, fallback) =>
    `预测 ${from}至${to}：共 ${total} 件（模型：${model}${fallback && `；备用预测：${fallback}`}）`,
  salesSoFar: '近期销量',
  ahead: '预测',
  first: '首期',
  until: (date) => `至 ${date}`,
  range: (mean, low, high) => `${mean} 件，80% 区间 ${low} 至 ${high} 件`,
  why: '预测构成（整个预测期的件数）',
  most: (date, units) => `最大：${date} ${units}`,
  units: (amount) => `${amount} 件`,
  override: ({ planner, from, to, isEverywhere, change, before, after, reason }) =>
    `人工调整${planner && `（${planner}）`}，${from}至${to}${isEverywhere ? '，所有地点' : ''}：${change}，由 ${before} 件调整为 ${after} 件（${reason}）`,
  backtest: '回测',
  accuracy: (wape, bias) => `误差占销量 ${wape}，偏差 ${bias}`,
  order: (units, location, by, value) =>
    `${location} 需补货 ${units} 件${by && `，最迟 ${by}下单`}${value && `，涉及金额 ${value}`}`,
  noOrder: (location, by) => `${location} 目前无需补货${by && `，下次最迟 ${by}下单`}`,
  stock: (onHand, underWay, wanted, stockout) =>
    `现有 ${onHand}，在途 ${underWay}，需备 ${wanted}，缺货概率 ${stockout}`,
  opened: (date) => `${date}开立`,
  updated: (date) => `${date}更新`,
  worth: (value) => `涉及金额 ${value}`,
  probability: (share) => `概率 ${share}`,
  discount: (depth, location, gain) => `${location} 降价 ${depth}：预期增益 ${gain}`,
  elasticity: (middle, low, high, cheapest, dearest, isAllowed) =>
    `价格弹性 ${middle}（${low} 至 ${high}），历史价格 ${cheapest} 至 ${dearest}，${isAllowed ? '可据以定价' : '不足以据以定价'}`,
};

/** What `leadtime explain` says. */
export const explainWords: Record<Language, typeof en> = { en, zh };
