import type { CensoredDemand } from '../../models/forecast/censored/unconstrained-demand.ts';
import { exact } from '../../models/forecast/hierarchy.ts';
import type { Panel } from '../../models/panel.ts';
import type { JobContext } from '../job.ts';

/**
 * Estimates on a worker thread what was wanted of empty shelves, and leaves `out_hidden_demand`: one row per such period, with
 * demand that sums to the same bytes in any order.
 */
export async function writeHiddenDemand({ executor, warehouse }: JobContext, panel: Panel): Promise<void> {
  const task = { kind: 'hidden-demand', key: 'hidden demand', input: { origin: panel.periods } } as const;
  const [found] = await executor.map<CensoredDemand>([task], { panel });
  const { series, period, sold, demand } = found!;
  await warehouse.write(
    'out_hidden_demand',
    { series_idx: 'i32', period_idx: 'i32', sold: 'f32', demand: 'f32' },
    { series_idx: series, period_idx: period, sold, demand: demand.map(exact) },
  );
}
