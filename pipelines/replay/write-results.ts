import type { PolicyOutcome } from '../../models/replay/choose-variant.ts';
import type { StockProduct } from '../../models/replay/stock-product.ts';
import type { PlacedOrder } from '../../models/replay/stock-state.ts';
import { costOf, TALLIES } from '../../models/replay/tally.ts';
import type { JobContext } from '../job.ts';
import type { ReplayRange } from './replay-range.ts';

/** What one policy came to, with its cost had demand on empty shelves been least and most. */
export interface ReplayOutcome extends PolicyOutcome {
  lower: Float64Array[];
  upper: Float64Array[];
  /** Whether its orders are known; of a company's past they may not be. */
  hasOrders: boolean;
}

const FIGURES = {
  demanded: 'f64',
  served: 'f64',
  shortage: 'f64',
  holding: 'f64',
  ordering: 'f64',
  waste: 'f64',
  wasted_units: 'f64',
  orders: 'f64',
  ordered_units: 'f64',
  cycles: 'f64',
  cycles_short: 'f64',
  stock_value_days: 'f64',
  cost_of_sales: 'f64',
  revenue: 'f64',
  purchases: 'f64',
} as const;

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Writes `out_replay`, one row per policy and stretch. */
export async function writeOutcomes(
  warehouse: JobContext['warehouse'],
  outcomes: readonly ReplayOutcome[],
  { stretches, days, base }: Pick<ReplayRange, 'stretches' | 'days' | 'base'>,
  { startDay, periodDays }: { startDay: number; periodDays: number },
  demandCase: string,
): Promise<void> {
  const rows = outcomes.flatMap((outcome) => stretches.map((from, k) => ({ outcome, from, k })));
  const dayOf = (day: number): number => startDay + (base + day) * periodDays;
  const spec = {
    policy: 'text',
    setting: 'text',
    demand_case: 'text',
    from_on: 'day',
    to_on: 'day',
    has_orders: 'flag',
    cost_lower: 'f64',
    cost_upper: 'f64',
    ...FIGURES,
  } as const;
  const figures = Object.fromEntries(
    TALLIES.map((name, i) => [snake(name), Float64Array.from(rows, ({ outcome, k }) => outcome.sums[k]![i]!)]),
  ) as Record<keyof typeof FIGURES, Float64Array>;
  await warehouse.write('out_replay', spec, {
    policy: rows.map(({ outcome }) => outcome.policy),
    setting: rows.map(({ outcome }) => outcome.setting),
    demand_case: rows.map(() => demandCase),
    from_on: Int32Array.from(rows, ({ from }) => dayOf(from)),
    to_on: Int32Array.from(rows, ({ k }) => dayOf(stretches[k + 1] ?? days) - 1),
    has_orders: Uint8Array.from(rows, ({ outcome }) => (outcome.hasOrders ? 1 : 0)),
    cost_lower: Float64Array.from(rows, ({ outcome, k }) => costOf(outcome.lower[k]!)),
    cost_upper: Float64Array.from(rows, ({ outcome, k }) => costOf(outcome.upper[k]!)),
    ...figures,
  });
}

const ORDER = {
  pair_idx: 'i32',
  ordered_on: 'day',
  promised_on: 'day',
  arrived_on: 'day',
  asked_quantity: 'f64',
  quantity: 'f64',
  promised_value: 'f64',
  realised_value: 'f64',
} as const;

/** Writes `out_replay_order`, one row per order of ours. */
export async function writeOrders(
  warehouse: JobContext['warehouse'],
  products: readonly StockProduct[],
  orders: readonly PlacedOrder[][],
  base: number,
  { startDay, periodDays }: { startDay: number; periodDays: number },
): Promise<void> {
  const rows = orders
    .flatMap((own, p) => own.map((order) => ({ order, pair: products[p]!.locations[order.location]!.pair })))
    .sort((a, b) => a.pair - b.pair || a.order.day - b.order.day);
  const days = (of: (order: PlacedOrder) => number): Int32Array =>
    Int32Array.from(rows, ({ order }) => startDay + (base + of(order)) * periodDays);
  const figures = (of: (order: PlacedOrder) => number): Float64Array =>
    Float64Array.from(rows, ({ order }) => of(order));
  await warehouse.write('out_replay_order', ORDER, {
    pair_idx: Int32Array.from(rows, ({ pair }) => pair),
    ordered_on: days(({ day }) => day),
    promised_on: days(({ promisedOn }) => promisedOn),
    arrived_on: days(({ arrivesOn }) => arrivesOn),
    asked_quantity: figures(({ asked }) => asked),
    quantity: figures(({ quantity }) => quantity),
    promised_value: figures(({ promised }) => promised),
    realised_value: figures(({ realised }) => realised),
  });
}

/** What replayed orders cost by the model they were forecast with. */
export interface ModelOutcome {
  model: string;
  cost: number;
  /** Sum of absolute errors over sum of demand, of windows of lead time and review. */
  wape: number;
}

/** Writes `out_replay_model`, one row per model that was tried. */
export async function writeModels(warehouse: JobContext['warehouse'], models: readonly ModelOutcome[]): Promise<void> {
  await warehouse.write(
    'out_replay_model',
    { model: 'text', cost: 'f64', wape: 'f64' },
    {
      model: models.map(({ model }) => model),
      cost: Float64Array.from(models, ({ cost }) => cost),
      wape: Float64Array.from(models, ({ wape }) => wape),
    },
  );
}
