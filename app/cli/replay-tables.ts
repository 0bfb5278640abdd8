import type { Config } from '../../data/contract/config.ts';
import { formatDate, formatMoney, formatNumber, formatPercent } from '../format.ts';
import { replayWords } from '../phrases/replay.ts';
import { labelled } from '../phrases.ts';
import { policyName } from '../policy-names.ts';
import { textTable } from './output.ts';

/** What one policy came to. */
export interface ReplayedPolicy {
  policy: string;
  setting: string | null;
  demand_case: string;
  from_on: string;
  to_on: string;
  cost: number;
  cost_lower: number;
  cost_upper: number;
  shortage: number;
  holding: number;
  ordering: number | null;
  waste: number;
  fill_rate: number | null;
  cycle_service: number | null;
  stock_value: number;
  turns: number | null;
  orders: number | null;
  cash: number | null;
  against_company: number | null;
  against_perfect_foresight: number;
}

export interface ReplayedOrders {
  orders: number;
  orders_over: number;
  promised_value: number | null;
  realised_value: number | null;
}

export interface ReplayedModel {
  model: string;
  cost: number;
  wape: number;
  place_by_cost: number;
  place_by_error: number;
}

/** What a person reads after a replay. */
export function replayText(
  policies: readonly ReplayedPolicy[],
  orders: ReplayedOrders,
  models: readonly ReplayedModel[],
  notes: readonly string[],
  { currency, language }: Pick<Config, 'currency' | 'language'>,
): string {
  const words = replayWords[language];
  const money = (amount: number | null): string => (amount === null ? '' : formatMoney(amount, currency, language));
  const percent = (share: number | null): string => (share === null ? '' : formatPercent(share, language));
  const name = ({ policy, setting }: ReplayedPolicy): string => policyName(policy, setting, language);
  const [first] = policies;
  const parts = [
    first ? words.span(formatDate(first.from_on, language), formatDate(first.to_on, language)) : '',
    textTable(
      words.money,
      policies.map((each) => [
        name(each),
        money(each.cost),
        money(each.shortage),
        money(each.holding),
        money(each.ordering),
        money(each.waste),
        money(each.against_company),
        money(each.against_perfect_foresight),
      ]),
      [1, 2, 3, 4, 5, 6, 7],
    ),
    textTable(
      words.service,
      policies.map((each) => [
        name(each),
        percent(each.fill_rate),
        percent(each.cycle_service),
        money(each.stock_value),
        each.turns === null ? '' : formatNumber(each.turns, language, 1),
        each.orders === null ? '' : formatNumber(each.orders, language, 0),
        money(each.cash),
      ]),
      [1, 2, 3, 4, 5, 6],
    ),
  ];
  if (first && first.demand_case !== 'known') {
    const bounds = policies.map((each) => {
      const between = words.between(money(each.cost_lower), money(each.cost_upper));
      return `  ${labelled(name(each), between, language)}`;
    });
    parts.push(`${words.bounds}\n${bounds.join('\n')}`);
  }
  if (models.length > 0) {
    const rows = models.map(({ model, cost, wape }) => [model, money(cost), percent(wape)]);
    parts.push(textTable(words.models, rows, [1, 2]));
  }
  if (orders.orders_over > 0) {
    const over = formatNumber(orders.orders_over, language, 0);
    parts.push(words.orders(over, money(orders.promised_value), money(orders.realised_value)));
  }
  parts.push([...notes, words.simple].map((note) => `- ${note}`).join('\n'));
  return parts.filter((part) => part !== '').join('\n\n');
}
