import { backtestCoverage } from '../models/restock/coverage.ts';
import { fitSpreads } from '../models/restock/fit-spread.ts';
import type { Job } from './job.ts';
import { blendSpreads } from './restock/blend-spreads.ts';
import { limitOrders } from './restock/limit-orders.ts';
import { planPairs, sayForced } from './restock/plan-pairs.ts';
import { readWindowErrors } from './restock/read-errors.ts';
import { readCurves, readPairs } from './restock/read-pairs.ts';
import { seriesWindows } from './restock/series-windows.ts';
import { serverSpreads } from './restock/server-spreads.ts';
import { serversOf } from './restock/servers.ts';
import { summarise } from './restock/summary.ts';
import { atOrderDays, readSuppliers } from './restock/suppliers.ts';
import { moveStock, writeTransfers } from './restock/transfers.ts';
import { regionDemandOf, writeOrders } from './restock/write-orders.ts';
import { writeTriggers } from './restock/write-triggers.ts';

/** Days that a surge is looked for in: the coming 30 against the last 30. */
const SURGE_DAYS = 30;

/** Work orders: what to order where, how much and by when, from the distribution of demand until the next chance. */
export const restockJob: Job = {
  name: 'restock',
  needs: ['load', 'forecast'],
  requires: [['sales', 'orders'], ['stock']],
  marts: ['mart_restock', 'mart_transfer'],
  async run({ warehouse, config, asOf, progress }) {
    const periodDays = config.frequency === 'weekly' ? 7 : 1;
    progress.update('reading stock, terms and forecasts');
    await warehouse.build(['int_restock_pair', 'int_restock_inbound', 'int_forecast']);
    const suppliers = await readSuppliers(warehouse);
    const pairs = atOrderDays(await readPairs(warehouse, config.restock, asOf), suppliers, asOf);
    const curves = await readCurves(warehouse, periodDays);
    const windows = seriesWindows(pairs, curves, periodDays);

    progress.update('how far forecasts were off');
    const errors = await readWindowErrors(warehouse, windows.periods);
    const spreads = fitSpreads(errors, windows.segment, windows.isCount);
    const coverage = backtestCoverage(errors, windows.segment, windows.target, windows.isCount);

    progress.update('work orders');
    const surge = { days: SURGE_DAYS, ratio: config.restock.surgeRatio, minQuantity: config.restock.surgeMinQuantity };
    const blended = await blendSpreads(warehouse, spreads, curves, windows);
    const servers = serversOf(pairs, curves);
    const together = await serverSpreads(warehouse, servers, curves, windows.isCount);
    const planned = planPairs(pairs, {
      asOf,
      periodDays,
      curves,
      spreads: blended,
      servers,
      serverSpreads: together,
      surge,
    });
    const transfers = moveStock(planned, config.restock);
    const regionDemand = regionDemandOf(planned);
    const limited = await limitOrders(planned, suppliers, config.restock, {
      asOf,
      currency: config.currency,
      rankOf: ({ pair }) => regionDemand.get(pair.region) ?? 0,
    });
    sayForced(planned, config.currency);
    await writeOrders(warehouse, planned, asOf);
    const moved = await writeTransfers(warehouse, planned, transfers);
    const triggers = await writeTriggers(warehouse, planned, config.restock, { asOf, currency: config.currency });
    await warehouse.build(['mart_restock', 'mart_transfer']);
    return summarise(planned, coverage, moved, limited, triggers);
  },
};
