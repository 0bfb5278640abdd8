import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, parseConfig } from '../data/contract/config.ts';
import { dayOf } from '../data/day.ts';
import type { Panel } from '../models/panel.ts';
import { readPanel } from '../pipelines/warehouse/panel.ts';
import { setRunVariables } from '../pipelines/warehouse/run-variables.ts';
import { Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { leadtime } from './run-cli.ts';

/** Loads the sources of a project as they were known on a morning, and reads the panel that models see. */
export async function loadedPanel(folder: string, asOf: string): Promise<{ config: Config; panel: Panel }> {
  leadtime('run', 'load', '--project', folder, '--as-of', asOf, '--quiet');
  const config = parseConfig(JSON.parse(readFileSync(join(folder, 'leadtime.config.json'), 'utf8')), folder);
  const warehouse = await Warehouse.open(join(folder, 'warehouse.duckdb'));
  await setRunVariables(warehouse, config, dayOf(asOf));
  const panel = await readPanel(warehouse, config, dayOf(asOf));
  warehouse.close();
  return { config, panel };
}
