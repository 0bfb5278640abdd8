import type { CensoredDemand } from '../../models/forecast/censored/unconstrained-demand.ts';
import { exact } from '../../models/forecast/hierarchy.ts';
import type { Panel } from '../../models/panel.ts';
import type { JobContext } from '../job.ts';

/** History used: two years, for a season; readers look back on one. */
const HISTORY_DAYS = 728;

/**
 * Estimates on a worker thread what was wanted of empty shelves, and leaves `out_hidden_demand`: one row per such period, with
 * demand that sums to the same bytes in any order.
 */
export async function writeHiddenDemand({ executor, warehouse }: JobContext, panel: Panel): Promise<void> {
  const start = Math.max(0, panel.periods - Math.round(HISTORY_DAYS / panel.periodDays));
  const task = { kind: 'hidden-demand', key: 'hidden demand', input: { origin: panel.periods, start } } as const;
  const [found] = await executor.map<CensoredDemand>([task], { panel });
  const { series, period, sold, demand } = found!;
  await warehouse.write(
    'out_hidden_demand',
    { series_idx: 'i32', period_idx: 'i32', sold: 'f32', demand: 'f32' },
    { series_idx: series, period_idx: period, sold, demand: demand.map(exact) },
  );
}
