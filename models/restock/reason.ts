import type { EpochDay } from '../../data/day.ts';
import { writtenDate, writtenNumber } from '../../data/written.ts';
import type { Plan } from './plan.ts';
import type { RestockCode } from './reason-code.ts';

/** What the sentences are made of. */
export interface ReasonFacts {
  code: RestockCode;
  plan: Plan;
  asOf: EpochDay;
  onHand: number;
  /** Whether that is the stock of a warehouse together with the stores it serves. */
  withStores: boolean;
  packSize: number;
  leadDays: number;
  isSurge: boolean;
  /** Forecast of the next 30 days and sales of the last. */
  demand30Days: number;
  sold30Days: number;
}

/** A quantity for people: whole from ten on, one decimal below. */
export function units(quantity: number): string {
  return writtenNumber(quantity, Math.abs(quantity) >= 10 || Number.isInteger(quantity) ? 0 : 1);
}

function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 1) return 'under 1 %';
  return value > 99 && value < 100 ? 'over 99 %' : `${value.toFixed(0)} %`;
}

/** What is ordered beyond the window's need, where it is more than packs round up; 0 for nothing. */
function unitsForLater({ plan, onHand, packSize }: ReasonFacts): number {
  const later = plan.quantity - Math.max(0, plan.orderUpTo - onHand - plan.inbound);
  return later >= packSize && later >= 1 ? Math.round(later) : 0;
}

/** Share of the demand from which on what is missed before an order can come is told; less does not show in what is wanted. */
const TOLD_SHARE = 0.05;

/** Whether demand is lost before an order can come: the stock wanted is for the rest of it, and may be less than all of it. */
export const isMissedBefore = ({ unitsMissedBefore, windowDemand }: Plan): boolean =>
  unitsMissedBefore >= 0.5 && unitsMissedBefore >= TOLD_SHARE * windowDemand;

/** Whether the demand of the next 30 days, and not the target of the window, says how much is wanted. */
export const isForSurge = ({
  isSurge,
  plan,
  demand30Days,
}: Pick<ReasonFacts, 'isSurge' | 'plan' | 'demand30Days'>): boolean =>
  isSurge && plan.orderUpTo >= demand30Days && plan.quantity > 0;

/** Why, and the arithmetic, in English. */
export function reasonEnglish(facts: ReasonFacts): string {
  const { code, plan, asOf, onHand, withStores, packSize, leadDays, demand30Days, sold30Days } = facts;
  const until = writtenDate(asOf + plan.windowDays, 'en');
  const stock = `${units(onHand)} on hand${withStores ? ' here and in its stores' : ''}${plan.inbound > 0 ? `, ${units(plan.inbound)} on the way` : ''}`;
  const isMissed = isMissedBefore(plan);
  const aim = isForSurge(facts)
    ? 'for the next 30 days'
    : plan.method === 'fill_rate'
      ? `to serve ${percent(plan.target)} of ${isMissed ? 'the rest' : 'it'}`
      : `to be ${percent(plan.target)} sure${isMissed ? ' of the rest' : ''}`;
  const missed = isMissed
    ? `, ${units(plan.unitsMissedBefore)} of them while it is sold out before an order can come`
    : '';
  const target = `About ${units(plan.windowDemand)} will be asked for until ${until}${missed}, and ${units(plan.orderUpTo)} are wanted ${aim}: ${stock}`;
  const packs = packSize > 1 ? ` (${units(plan.quantity / packSize)} x ${units(packSize)})` : '';
  const later = unitsForLater(facts);
  const ahead = later > 0 ? ` ${units(later)} of them are for later, which costs less than ordering again.` : '';
  const waste = plan.unitsWasted >= 0.5 ? ` About ${units(plan.unitsWasted)} of them will not be sold in time.` : '';
  const order = `${target}, order ${units(plan.quantity)}${packs}.${ahead}${waste}`;
  switch (code) {
    case 'NO_FORECAST':
      return 'It was never sold here, so there is no demand to plan for.';
    case 'STOCK_UNKNOWN':
      return 'Its stock was never counted. Count it, then an order can be worked out.';
    case 'NO_DEMAND':
      return `No demand is forecast until ${until}; ${stock}.`;
    case 'COVERED':
      return `${target}, enough for ${units(plan.coverDays)} days.`;
    case 'NOT_WORTH_ORDERING':
      return `${target}. What an order would save is less than what it would cost.`;
    case 'HELD_BACK':
    case 'TRANSFER_COVERS':
      return `${target}.`;
    case 'STOCKED_OUT':
      return `Sold out, and a delivery takes ${leadDays} days. ${order}`;
    case 'SURGE':
      return `Demand is about to rise: ${units(demand30Days)} in the next 30 days against ${units(sold30Days)} in the last 30. ${order}`;
    case 'STOCKOUT_AHEAD':
      return `It may run out before a delivery can come (${percent(plan.stockoutBeforeArrival)}). ${order}`;
    case 'BELOW_TARGET':
      return `It runs out with a probability of ${percent(plan.stockoutProbability)} if nothing is ordered. ${order}`;
  }
}

/** The same in Chinese. */
export function reasonChinese(facts: ReasonFacts): string {
  const { code, plan, asOf, onHand, withStores, packSize, leadDays, demand30Days, sold30Days } = facts;
  // a figure is set off from the words before it by a space, a word is not
  const share = (value: number): string =>
    ` ${percent(value).replace(' %', '%')}`.replace(' under', '不到').replace(' over', '超过');
  const until = writtenDate(asOf + plan.windowDays, 'zh');
  const stock = `${withStores ? '本仓及所供门店' : ''}现有 ${units(onHand)}${plan.inbound > 0 ? `，在途 ${units(plan.inbound)}` : ''}`;
  const isMissed = isMissedBefore(plan);
  const aim = isForSurge(facts)
    ? '未来 30 天'
    : plan.method === 'fill_rate'
      ? `要满足${isMissed ? '其余' : '其中'}${share(plan.target)}`
      : `${isMissed ? '其余' : ''}要有${share(plan.target)} 把握`;
  const missed = isMissed ? `，其中约 ${units(plan.unitsMissedBefore)} 在订货到达前因断货流失` : '';
  const target = `到 ${until} 预计需求约 ${units(plan.windowDemand)}${missed}，${aim}需备 ${units(plan.orderUpTo)}：${stock}`;
  const packs = packSize > 1 ? `（${units(plan.quantity / packSize)} 包 × ${units(packSize)}）` : '';
  const later = unitsForLater(facts);
  const ahead = later > 0 ? `其中 ${units(later)} 供以后销售，比再订一次更省。` : '';
  const waste = plan.unitsWasted >= 0.5 ? `其中约 ${units(plan.unitsWasted)} 到期前卖不完。` : '';
  const order = `${target}，订 ${units(plan.quantity)}${packs}。${ahead}${waste}`;
  switch (code) {
    case 'NO_FORECAST':
      return '此处从未销售过，没有需求可供计划。';
    case 'STOCK_UNKNOWN':
      return '从未盘点库存。请先盘点，再计算订货量。';
    case 'NO_DEMAND':
      return `到 ${until} 预计没有需求；${stock}。`;
    case 'COVERED':
      return `${target}，够卖 ${units(plan.coverDays)} 天。`;
    case 'NOT_WORTH_ORDERING':
      return `${target}。现在订货省下的钱少于成本。`;
    case 'HELD_BACK':
    case 'TRANSFER_COVERS':
      return `${target}。`;
    case 'STOCKED_OUT':
      return `已售罄，到货需 ${leadDays} 天。${order}`;
    case 'SURGE':
      return `需求将激增：未来 30 天 ${units(demand30Days)}，过去 30 天 ${units(sold30Days)}。${order}`;
    case 'STOCKOUT_AHEAD':
      return `到货前可能断货（${share(plan.stockoutBeforeArrival).trim()}）。${order}`;
    case 'BELOW_TARGET':
      return `若不订货，断货概率为${share(plan.stockoutProbability)}。${order}`;
  }
}
