import type { Warehouse } from '../warehouse/warehouse.ts';
import { loadSelect, RefusedFile } from './load-select.ts';
import { type LoadedUnit, loadFile, ownTable, type PlannedUnit } from './load-unit.ts';
import { Refusal } from './refusal.ts';

/** Loads a unit; where a file is refused, so are all files of the unit, and nothing of it is left in the warehouse. */
export async function loadAny(warehouse: Warehouse, unit: PlannedUnit, workFolder: string): Promise<LoadedUnit> {
  try {
    return unit.select ? await loadSelect(warehouse, unit, workFolder) : await loadFile(warehouse, unit, workFolder);
  } catch (error) {
    const guilty = error instanceof RefusedFile ? error.index : 0;
    const refusal = error instanceof RefusedFile ? error.refusal : error;
    if (!(refusal instanceof Refusal)) throw error;
    for (const file of unit.files) refusal.message = refusal.message.replaceAll(file.absolute, file.path);
    await warehouse.run(`drop table if exists ${ownTable(unit)}`);
    const accounts = unit.files.map((file, i) => ({
      file,
      records: i === guilty ? refusal.records : 0,
      loaded: 0,
      quarantined: 0,
      refusal:
        i === guilty
          ? refusal
          : new Refusal(
              'REFUSED_WITH',
              `it is read together with ${unit.files[guilty]!.path}, which is refused`,
              refusal.fix,
            ),
    }));
    return { accounts, warnings: [] };
  }
}
