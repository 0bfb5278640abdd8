import type { CustomerScores, CustomerStatus } from './customer-scores.ts';
import { SIGNALS, type Signal } from './customer-signals.ts';
import { grouped, type Sentence, type SentenceUnits, signalSentence } from './reason-sentences.ts';

/** What drives the risk: a signal, or a circumstance. */
export type ReasonCode = Signal | 'contract' | 'single' | 'attributes' | 'none';

export interface CustomerReasons {
  /** The strongest reason. */
  code: ReasonCode;
  /** Exactly three. */
  reasons: Sentence[];
}

/** A signal weaker than this is everyday variation. */
const WORTH_TELLING = 0.25;

/**
 * Three reasons for customer `i`: its strongest signals, each the deviation from the customer's own past times what it adds
 * to the log odds; then circumstances until there are three.
 *
 * @param contractEndsIn days to the end of the contract; NaN where there is none
 */
export function customerReasons(
  scores: CustomerScores,
  i: number,
  contractEndsIn: number,
  units: SentenceUnits,
): CustomerReasons {
  const signals = scores.signals[i]!;
  const found = SIGNALS.filter((signal) => signals[signal].strength >= WORTH_TELLING)
    .map((signal) => ({
      code: signal as ReasonCode,
      weight: scores.weights[signal]! * signals[signal].strength,
      sentence: signalSentence(signal, signals[signal], units),
    }))
    .sort((a, b) => b.weight - a.weight);
  if (contractEndsIn >= 0 && contractEndsIn <= units.window) {
    found.splice(1, 0, { code: 'contract', weight: 0, sentence: contractSentence(contractEndsIn) });
  }
  const reasons = [...found.map((reason) => reason.sentence), ...circumstances(scores, i, units, found)].slice(0, 3);
  const single = scores.history.frequency[i] === 0;
  return { code: found[0]?.code ?? (single ? 'single' : 'none'), reasons };
}

function contractSentence(daysLeft: number): Sentence {
  return {
    en: `The contract ends in ${daysLeft} day${daysLeft === 1 ? '' : 's'}.`,
    zh: `合同还有 ${daysLeft} 天到期。`,
  };
}

function circumstances(
  scores: CustomerScores,
  i: number,
  units: SentenceUnits,
  found: readonly { code: ReasonCode }[],
): Sentence[] {
  const { history } = scores;
  const { currency, window } = units;
  const silence = history.silence[i]!;
  const orders = history.frequency[i]! + 1;
  const told = new Set(found.map((reason) => reason.code));
  const sentences: Sentence[] = [];
  if (orders === 1) {
    sentences.push({ en: `Ordered only once, ${silence} days ago.`, zh: `只下过一单，在 ${silence} 天前。` });
  } else if (!told.has('silence')) {
    const gap = Math.max(1, Math.round(scores.signals[i]!.silence.before));
    sentences.push({
      en: `Last order ${silence} day${silence === 1 ? '' : 's'} ago; usually one every ${gap} day${gap === 1 ? '' : 's'}.`,
      zh: `上次下单在 ${silence} 天前，平时约每 ${gap} 天一单。`,
    });
  }
  const alive = Math.round(100 * scores.pAlive[i]!);
  sentences.push(
    {
      en: `By its whole rhythm it is still active with ${alive} % probability.`,
      zh: `按其整体规律，仍活跃的概率为 ${alive} %。`,
    },
    {
      en: `Spent ${currency} ${grouped(history.yearValue[i]!)} in the last 365 days, in ${orders} order days since its first.`,
      zh: `近 365 天消费 ${currency} ${grouped(history.yearValue[i]!)}，首单以来共 ${orders} 个下单日。`,
    },
    {
      en: `Orders expected in the next ${window} days: ${scores.expectedOrders[i]!.toFixed(1)}.`,
      zh: `未来 ${window} 天预计下单 ${scores.expectedOrders[i]!.toFixed(1)} 次。`,
    },
  );
  return sentences;
}

const ACTIONS: Record<ReasonCode, Sentence> = {
  silence: { en: 'call, ask what changed and propose a reorder', zh: '致电了解变化，并提出补货建议' },
  orders: { en: 'call, ask who else supplies them now', zh: '致电了解是否转向其他供应商' },
  spend: { en: 'review the last orders with them and offer terms', zh: '与客户回顾近期订单并提供条件' },
  range: { en: 'ask which products they buy elsewhere now', zh: '询问哪些产品改在别处购买' },
  returns: { en: 'clear up the returns and the quality behind them', zh: '处理退货并查明质量原因' },
  payment: { en: 'talk about payment terms together with finance', zh: '与财务一起商谈付款条件' },
  contact: { en: 'set a meeting; contact has thinned out', zh: '安排会面；联系已减少' },
  score: { en: 'call about the low satisfaction and report back', zh: '就满意度下降致电并反馈' },
  contract: { en: 'open the renewal talk', zh: '启动续约沟通' },
  single: { en: 'send an offer for a second order', zh: '发送第二单优惠' },
  attributes: { en: 'call and make an offer that fits the reasons', zh: '致电并针对原因给出方案' },
  none: { en: 'keep in touch as usual', zh: '照常保持联系' },
};

/** What to do next, and how soon: the higher the tier, the sooner and the more personal. */
export function nextAction(code: ReasonCode, status: CustomerStatus, tier: string): Sentence {
  if (status === 'lost') return { en: 'Send a win-back offer; plan no calls.', zh: '发送挽回优惠，不安排电话。' };
  if (status === 'active') return { en: 'Keep in touch as usual.', zh: '照常保持联系。' };
  const action = ACTIONS[code];
  const when =
    status === 'at risk'
      ? tier === 'TOP 20'
        ? { en: 'Within 2 days', zh: '两天内' }
        : { en: 'This week', zh: '本周' }
      : { en: 'This month', zh: '本月' };
  return { en: `${when.en}: ${action.en}.`, zh: `${when.zh}：${action.zh}。` };
}

/** TOP 20 and TOP 100 by value, the first by index where equal; nobody without value. */
export function tiersByValue(value: ArrayLike<number>): string[] {
  const order = Array.from({ length: value.length }, (_, i) => i).sort((i, j) => value[j]! - value[i]! || i - j);
  const tiers = new Array<string>(value.length).fill('others');
  order.forEach((i, rank) => {
    if (value[i]! > 0 && rank < 100) tiers[i] = rank < 20 ? 'TOP 20' : 'TOP 100';
  });
  return tiers;
}
