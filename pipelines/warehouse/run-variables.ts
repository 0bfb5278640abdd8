import type { Config } from '../../data/contract/config.ts';
import type { EpochDay } from '../../data/day.ts';
import type { Warehouse } from './warehouse.ts';

/** Hour up to which what is published on a day is known in that day's morning; the start of a working day. */
const MORNING_HOUR = 9;

/**
 * Sets what SQL models read with `getvariable`: `as_of` (DATE), `morning` (INTERVAL after midnight), `period_days` and
 * `horizon` (in periods).
 */
export async function setRunVariables(warehouse: Warehouse, config: Config, asOf: EpochDay): Promise<void> {
  await warehouse.setAsOf(asOf);
  await warehouse.run(`set variable morning = interval ${MORNING_HOUR} hours`);
  await warehouse.setVariable('period_days', config.frequency === 'weekly' ? 7 : 1);
  await warehouse.setVariable('horizon', config.horizon);
}
