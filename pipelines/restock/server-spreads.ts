import { type DemandCurve, demandUntil } from '../../models/restock/demand-curve.ts';
import { serverDays } from '../../models/restock/echelon.ts';
import { fitSpreads, MIN_ENTRIES, type SummedSeries } from '../../models/restock/fit-spread.ts';
import type { Spread } from '../../models/restock/spread.ts';
import { volumeSegments } from '../../models/restock/volume-segments.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { readSumErrors } from './read-errors.ts';
import type { RestockPair } from './read-pairs.ts';
import type { Servers } from './servers.ts';

/**
 * How the demand of all that a warehouse serves together scatters, until its next delivery has reached the stores: by how far
 * backtests were off in sums over the stores, which rise and fall together. Nothing where there are too few windows to tell.
 *
 * @param isCount whether all demand comes in whole units
 */
export async function serverSpreads(
  warehouse: Warehouse,
  { storesOf }: Servers,
  curves: readonly DemandCurve[],
  isCount: boolean,
): Promise<ReadonlyMap<RestockPair, Spread>> {
  const servers = [...storesOf.keys()];
  const nodes = servers.map((server): SummedSeries => {
    const stores = storesOf.get(server)!;
    const days = serverDays(
      server.terms,
      stores.map(({ terms }) => terms),
    );
    const series = [...stores, server].map((pair) => pair.series).filter((s) => curves[s]);
    return { series, periods: Math.max(1, Math.round(days / curves[series[0]!]!.periodDays)) };
  });
  const errors = await readSumErrors(warehouse, nodes, curves.length);
  if (errors.series.length < MIN_ENTRIES) return new Map();
  const demand = nodes.map(({ series, periods }) =>
    series.reduce((sum, s) => sum + demandUntil(curves[s]!, periods * curves[s]!.periodDays), 0),
  );
  const spreads = fitSpreads(errors, volumeSegments(demand), isCount);
  return new Map(servers.map((server, n) => [server, spreads[n]!]));
}
