import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ConfigInput } from '../../../data/contract/config.ts';
import { LeadtimeError } from '../../../errors.ts';
import { sqlText } from '../../../pipelines/warehouse/sql-files.ts';
import { DATA_SET_NAMES, DATA_SETS, type DataSet, type DataSetName } from './data-sets.ts';
import { type NewProject, pathForConfig, refuseExisting, writeProject } from './write-project.ts';

export interface SourceOptions {
  /** Periods ahead, in place of the data set's own. */
  horizon?: number;
  currency?: string;
  overwrite?: boolean;
}

/**
 * Makes a project from a public data set: a config, and the SQL that maps the raw files to the contract.
 *
 * @param name one of `DATA_SET_NAMES`
 * @param from folder that holds the raw files, or the folder above it
 * @throws LeadtimeError `SOURCE_UNKNOWN`, `SOURCE_NOT_FOUND`, `PROJECT_EXISTS`, `CONFIG_INVALID`
 */
export async function initFromSource(
  name: string,
  from: string,
  projectFolder: string,
  options: SourceOptions = {},
): Promise<NewProject> {
  const dataSet = dataSetOf(name);
  refuseExisting(projectFolder, options.overwrite ?? false);
  const files = findFiles(name, dataSet, resolve(from));
  const sqlFiles = new Map<string, string>();
  const sources: Record<string, unknown> = {};
  for (const [table, { reads, sql, format }] of Object.entries(dataSet.tables)) {
    const path = Object.fromEntries(
      reads.map((relation) => [relation, pathForConfig(files[relation]!, projectFolder)]),
    );
    sources[table] = { path, ...(format && { format }), sql: `sql/${table}.sql` };
    sqlFiles.set(`sql/${table}.sql`, sqlText(`sources/${sql ?? `${name}/${table}`}`));
  }
  const config: ConfigInput = {
    name,
    ...dataSet.config,
    ...(options.horizon !== undefined && { horizon: options.horizon }),
    ...(options.currency !== undefined && { currency: options.currency }),
    sources: sources as ConfigInput['sources'],
  };
  return {
    folder: resolve(projectFolder),
    config,
    files: writeProject(projectFolder, config, sqlFiles),
    notes: [`${dataSet.about}. What each mapping does with the traps of the data: docs/sources.md.`],
    next: [`leadtime doctor --project ${projectFolder}`, `leadtime run --project ${projectFolder}`],
  };
}

function dataSetOf(name: string): DataSet {
  if (Object.hasOwn(DATA_SETS, name)) return DATA_SETS[name as DataSetName];
  throw new LeadtimeError(
    'SOURCE_UNKNOWN',
    `There is no data set "${name}".`,
    `Take one of ${DATA_SET_NAMES.join(', ')}; for your own files use --sales FILE and the like.`,
    { value: name },
  );
}

/** The file of each relation, in the folder or in the data set's usual folder below it. */
function findFiles(name: string, dataSet: DataSet, from: string): Record<string, string> {
  const folders = [from, join(from, dataSet.folder)];
  const missing: string[] = [];
  const found: Record<string, string> = {};
  for (const [relation, names] of Object.entries(dataSet.files)) {
    const file = folders.flatMap((folder) => names.map((each) => join(folder, each))).find((path) => existsSync(path));
    if (file) found[relation] = file;
    else missing.push(names.join(' or '));
  }
  if (missing.length === 0) return found;
  throw new LeadtimeError(
    'SOURCE_NOT_FOUND',
    `The data set ${name} lacks ${missing.join(', ')}; looked in ${folders.join(' and ')}.`,
    'Put the files there, or name their folder with --from DIR.',
    { file: from },
  );
}
