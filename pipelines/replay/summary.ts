import type { StockProduct } from '../../models/replay/stock-product.ts';
import type { PlacedOrder } from '../../models/replay/stock-state.ts';
import { costOf } from '../../models/replay/tally.ts';
import type { JobResult } from '../job.ts';
import type { ReplayRange } from './replay-range.ts';
import type { ReplayOutcome } from './write-results.ts';

const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** What a person reads at the end of the run. */
export function summariseReplay(
  outcomes: readonly ReplayOutcome[],
  orders: readonly PlacedOrder[][],
  products: readonly StockProduct[],
  { days, warmUp }: ReplayRange,
  demandCase: string,
): JobResult {
  const cost = (policy: string): number | undefined =>
    outcomes.find((outcome) => outcome.policy === policy)?.sums.reduce((sum, own) => sum + costOf(own), 0);
  const over = orders.flat().filter(({ realised, promised }) => Number.isFinite(realised) && Number.isFinite(promised));
  const sum = (of: (order: PlacedOrder) => number): number => over.reduce((total, order) => total + of(order), 0);
  const [ours, company, rule] = [cost('economic')!, cost('company'), cost('z_sigma')];
  const saved = company === undefined ? undefined : company - ours;
  const beside = (other: number): string => {
    const share = 100 * (1 - ours / other);
    return `${Math.abs(share).toFixed(1)} % ${share < 0 ? 'more' : 'less'}`;
  };
  const notes = [
    ...(company !== undefined && outcomes.find(({ policy }) => policy === 'company')!.hasOrders
      ? [`Replayed orders cost ${beside(company)} than what the company did.`]
      : []),
    ...(rule !== undefined
      ? [`They cost ${beside(rule)} than the best rule of z times sigma times root of lead time.`]
      : []),
    demandCase === 'known'
      ? 'Demand of the replay is the true one.'
      : 'Demand on empty shelves is an estimate; costs at its bounds stand beside it.',
  ];
  return {
    counts: {
      days: days - warmUp,
      products: products.length,
      product_locations: products.reduce((count, { locations }) => count + locations.length, 0),
      orders: orders.reduce((count, own) => count + own.length, 0),
      orders_over: over.length,
    },
    money: [
      ...(saved === undefined ? [] : [{ name: 'replay_saved', amount: cents(saved) }]),
      { name: 'replay_promised', amount: cents(sum(({ promised }) => promised)) },
      { name: 'replay_realised', amount: cents(sum(({ realised }) => realised)) },
    ],
    notes,
  };
}
