import { expect, it } from 'vitest';
import { type ReplayedPolicy, replayText } from '../../../app/cli/replay-tables.ts';

const ours: ReplayedPolicy = {
  policy: 'economic',
  setting: null,
  demand_case: 'estimate',
  from_on: '2025-08-11',
  to_on: '2025-11-02',
  cost: 1981,
  cost_lower: 1500,
  cost_upper: 2500,
  shortage: 320,
  holding: 761,
  ordering: 900,
  waste: 0,
  fill_rate: 0.985,
  cycle_service: 0.9,
  stock_value: 15038,
  turns: 3.3,
  orders: 24,
  cash: null,
  against_company: -2076,
  against_perfect_foresight: 655,
};
const orders = { orders: 24, orders_over: 21, promised_value: 721, realised_value: -166 };
const model = { model: 'theta', cost: 1981, wape: 0.31, place_by_cost: 1, place_by_error: 1 };
const text = (language: 'en' | 'zh', currency: string): string[] =>
  replayText([ours], orders, [model], ['A note.'], { language, currency }).split('\n');

it('a replay is told in English', () => {
  expect(text('en', 'EUR').slice(0, -1)).toEqual([
    '11 Aug 2025 – 2 Nov 2025',
    '',
    'policy        cost  lost sales  keeping  ordering  thrown away  against company  against foresight',
    'our orders  €1,981        €320     €761      €900           €0          -€2,076               €655',
    '',
    'policy      demand served  cycles without gap    stock  turns  orders  cash',
    'our orders          98.5%               90.0%  €15,038    3.3      24',
    '',
    'cost had demand on empty shelves been least, and most',
    '  our orders: €1,500 – €2,500',
    '',
    'forecast by  cost of its orders  error of windows (WAPE)',
    'theta                    €1,981                    31.0%',
    '',
    'Of our orders 21 are over: they promised €721 and brought -€166.',
    '',
    '- A note.',
  ]);
});

it('a replay is told in Chinese, and its columns line up', () => {
  expect(text('zh', 'CNY').slice(0, -1)).toEqual([
    '2025年8月11日至2025年11月2日',
    '',
    '策略      总成本  缺货损失  持有成本  订货成本  报废  与公司实际相比  与全知相比',
    '我方订单  ¥1,981      ¥320      ¥761      ¥900    ¥0         -¥2,076        ¥655',
    '',
    '策略      需求满足率  无缺货周期  库存金额  周转次数  订单数  现金',
    '我方订单       98.5%       90.0%   ¥15,038       3.3      24',
    '',
    '缺货期间需求取下限与上限时的成本',
    '  我方订单：¥1,500 至 ¥2,500',
    '',
    '预测模型  按其订货的成本  窗口误差（WAPE）',
    'theta             ¥1,981             31.0%',
    '',
    '我方订单中 21 个已到期：预计价值 ¥721，实际 -¥166。',
    '',
    '- A note.',
  ]);
});
