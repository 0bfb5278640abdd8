import type { Panel } from '../../models/panel.ts';
import type { forecastOrigins, OriginRequest } from '../../models/replay/forecast-origin.ts';
import type { Plans } from '../../models/replay/known-panel.ts';
import type { OriginForecasts } from '../../models/replay/origin-forecasts.ts';
import type { StockProduct } from '../../models/replay/stock-product.ts';
import type { Task } from '../executor/tasks.ts';
import type { JobContext } from '../job.ts';
import type { ReplayRange } from './replay-range.ts';

/** Days after which what is costly is fitted anew. */
const FIT_DAYS = 56;
/** Periods that forecasts reach at least and at most. */
const LEAST_PERIODS = 14;
const MOST_PERIODS = 90;

/** Forecasts all series every week from what was known that morning, one task per eight weeks, in whose first morning it fits. */
export async function forecastWeeks(
  { executor, progress }: Pick<JobContext, 'executor' | 'progress'>,
  panel: Panel,
  plans: Plans,
  products: readonly StockProduct[],
  { origins }: ReplayRange,
  model: string,
): Promise<OriginForecasts> {
  const horizon = reachOf(products);
  const blocks: number[][] = [];
  for (const origin of origins) {
    const block = blocks.at(-1);
    if (block && (origin - block[0]!) * panel.periodDays < FIT_DAYS) block.push(origin);
    else blocks.push([origin]);
  }
  const tasks: Task<OriginRequest>[] = blocks.map((block) => ({
    kind: 'replay-forecast',
    key: `replay forecast ${model} ${block[0]}`,
    input: { origins: block, horizon, model },
  }));
  const parts = await executor.map<ReturnType<typeof forecastOrigins>>(tasks, { panel, plans }, (done) => {
    progress.update(`replay: forecasts by ${model}, ${done} of ${tasks.length} parts`, done / tasks.length);
  });
  return { origins, horizon, means: parts.flat() };
}

/** Periods from a forecast to the end of the longest window that is planned with it, a week later. */
function reachOf(products: readonly StockProduct[]): number {
  let reach = LEAST_PERIODS;
  for (const { locations } of products) {
    for (const { terms, supplier } of locations) {
      const server = locations[supplier]?.terms;
      const own = terms.leadDays + terms.reviewDays;
      reach = Math.max(reach, 7 + own + (server ? server.leadDays + server.reviewDays : 0));
    }
  }
  return Math.min(MOST_PERIODS, Math.ceil(reach));
}
