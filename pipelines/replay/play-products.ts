import type { Panel } from '../../models/panel.ts';
import type { MeasuredSpreads } from '../../models/replay/knowledge.ts';
import type { MeasuredSpread, SpreadRequest } from '../../models/replay/measure-spreads.ts';
import type { OriginForecasts } from '../../models/replay/origin-forecasts.ts';
import type { ReplayCompany, ReplayRequest, ReplayResult } from '../../models/replay/replay-products.ts';
import type { PlacedOrder } from '../../models/replay/stock-state.ts';
import { TALLY_COUNT } from '../../models/replay/tally.ts';
import type { Task } from '../executor/tasks.ts';
import type { JobContext } from '../job.ts';
import type { ReplayRange } from './replay-range.ts';

type Workers = Pick<JobContext, 'executor' | 'progress'>;

/** Products per task: enough tasks that no core waits long for the last, and that little is lost when a replay is stopped. */
const PRODUCTS_PER_TASK = 4;
/** Stretches after which spreads are measured anew. */
const STRETCHES_PER_MEASUREMENT = 3;

/** Measures spreads on the first day and every twelve weeks, each from what was over by then. */
export async function measureAll(
  { executor, progress }: Workers,
  panel: Panel,
  products: ReplayCompany['products'],
  forecasts: OriginForecasts,
  { base, stretches }: ReplayRange,
): Promise<MeasuredSpreads> {
  const from = [base, ...stretches.filter((_, i) => i % STRETCHES_PER_MEASUREMENT === 0).map((day) => base + day)];
  progress.update('replay: how far forecasts were off');
  const tasks: Task<SpreadRequest>[] = from.map((at) => ({
    kind: 'replay-spreads',
    key: `spreads ${at}`,
    input: { at },
  }));
  return { from, spreads: await executor.map<MeasuredSpread>(tasks, { panel, products, forecasts }) };
}

/** What a replay came to. */
export interface Played {
  variants: string[];
  /** `TALLIES` over all products, [variant][stretch]. */
  sums: Float64Array[][];
  /** Orders of each product by the first variant. */
  orders: PlacedOrder[][];
}

/** Plays all products, some per task; the executor keeps what is done, so that a replay that was stopped goes on from there. */
export async function playProducts(
  { executor, progress }: Workers,
  company: ReplayCompany,
  variants: string[],
  title: string,
): Promise<Played> {
  const count = company.products.length;
  const tasks: Task<ReplayRequest>[] = [];
  for (let from = 0; from < count; from += PRODUCTS_PER_TASK) {
    const to = Math.min(count, from + PRODUCTS_PER_TASK);
    tasks.push({ kind: 'replay-products', key: `${title} ${from}`, input: { from, to, variants } });
  }
  const parts = await executor.map<ReplayResult>(tasks, company, (done) => {
    progress.update(`${title}, ${done * PRODUCTS_PER_TASK} of ${count} products`, done / tasks.length);
  });
  const sums = variants.map(() => company.stretches.map(() => new Float64Array(TALLY_COUNT)));
  for (const part of parts) {
    part.sums.forEach((byStretch, v) => {
      byStretch.forEach((own, k) => {
        own.forEach((amount, i) => {
          sums[v]![k]![i]! += amount;
        });
      });
    });
  }
  return { variants, sums, orders: parts.flatMap(({ orders }) => orders) };
}
