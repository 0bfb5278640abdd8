import { dayOf, type EpochDay } from '../data/day.ts';
import type { Panel } from '../models/panel.ts';
import { openProject, type Project } from '../pipelines/project.ts';
import { readPanel } from '../pipelines/warehouse/panel.ts';
import { setRunVariables } from '../pipelines/warehouse/run-variables.ts';
import { Warehouse } from '../pipelines/warehouse/warehouse.ts';
import { leadtime } from './run-cli.ts';

/** Reads the panel that models see from what a project has loaded. */
export async function panelOfProject({ config, paths }: Project, asOf: EpochDay): Promise<Panel> {
  const warehouse = await Warehouse.open(paths.warehouse);
  try {
    await setRunVariables(warehouse, config, asOf);
    return await readPanel(warehouse, config, asOf);
  } finally {
    warehouse.close();
  }
}

/** Loads the sources of a project as they were known on a morning, and reads their panel. */
export async function loadedPanel(folder: string, asOf: string): Promise<Panel> {
  leadtime('run', 'load', '--project', folder, '--as-of', asOf, '--quiet');
  return panelOfProject(openProject(folder), dayOf(asOf));
}
