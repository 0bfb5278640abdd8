import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { ConfigInput } from '../../../data/contract/config.ts';
import { contractOf, type TableName } from '../../../data/contract/tables.ts';
import { LeadtimeError } from '../../../errors.ts';
import { type FileHead, readFileHead } from './file-head.ts';
import { matchColumns } from './match-columns.ts';
import { type NewProject, pathForConfig, refuseExisting, writeProject } from './write-project.ts';

export interface FilesOptions {
  name: string;
  /** ISO 4217 code. */
  currency: string;
  /** Without it, weekly where the dates of the sales are whole weeks apart. */
  frequency?: 'daily' | 'weekly';
  horizon?: number;
  timeZone?: string;
  overwrite?: boolean;
}

/**
 * Makes a project from a person's own files: reads each header, matches its columns to the contract and writes the
 * renames into the config. Nothing is loaded yet.
 *
 * @param files one file per table
 * @returns the project, with notes on columns taken by a synonym, left out, or holding dates in another order
 * @throws LeadtimeError `FILE_NOT_FOUND`, `FILE_EMPTY`, `FILE_UNREADABLE`, `COLUMN_NOT_FOUND`, `PROJECT_EXISTS`,
 *   `CONFIG_INVALID`, `FILES_MISSING` where there is none
 */
export async function initFromFiles(
  files: Partial<Record<TableName, string>>,
  projectFolder: string,
  options: FilesOptions,
): Promise<NewProject> {
  const given = Object.entries(files) as [TableName, string][];
  if (given.length === 0) {
    throw new LeadtimeError('FILES_MISSING', 'No file was named.', 'Name at least one, as in --sales input/sales.csv.');
  }
  refuseExisting(projectFolder, options.overwrite ?? false);
  const sources: Record<string, unknown> = {};
  const notes: string[] = [];
  if (!files.sales && !files.orders)
    notes.push('Neither sales nor orders were named; forecasts need one: --sales FILE.');
  let frequency = options.frequency;
  for (const [table, file] of given) {
    if (!existsSync(file)) {
      throw new LeadtimeError('FILE_NOT_FOUND', `There is no file ${resolve(file)}.`, `Correct --${table}.`, {
        file,
        table,
      });
    }
    const head = await readFileHead(file);
    const { columns, missing, unmatched } = matchColumns(table, head.header);
    if (missing.length > 0) throw columnNotFound(table, file, missing, unmatched, head.header);
    const renames = Object.fromEntries(Object.entries(columns).filter(([column, name]) => column !== name));
    sources[table] = {
      path: pathForConfig(file, projectFolder),
      ...(head.delimiter !== ',' && { delimiter: head.delimiter }),
      ...(Object.keys(renames).length > 0 && { columns: renames }),
    };
    notes.push(...notesOn(table, file, renames, unmatched), ...dateNotes(table, file, columns, head));
    if (table === 'sales' && !frequency && isWeekly(valuesOf(head, columns.date!))) {
      frequency = 'weekly';
      notes.push('The dates of the sales are whole weeks apart: the config says weekly.');
    }
  }
  const config: ConfigInput = {
    name: options.name,
    currency: options.currency,
    ...(frequency && { frequency }),
    ...(options.horizon !== undefined && { horizon: options.horizon }),
    ...(options.timeZone !== undefined && { timeZone: options.timeZone }),
    sources: sources as ConfigInput['sources'],
  };
  return {
    folder: resolve(projectFolder),
    config,
    files: writeProject(projectFolder, config),
    notes,
    next: [`leadtime doctor --project ${projectFolder}`, `leadtime run --project ${projectFolder}`],
  };
}

function columnNotFound(
  table: TableName,
  file: string,
  missing: string[],
  unmatched: string[],
  header: string[],
): LeadtimeError {
  const about = missing.map((column) => `${column} (${contractOf(table).columns[column]!.about})`).join(', ');
  const quoted = (names: string[]): string[] => names.map((name) => `"${name}"`);
  const left = `${quoted(unmatched).join(' or ')} is it, rename it in the file, or say so under "columns" in the config`;
  const wanted = `${quoted(missing).join(' and ')} to the file, or give it in a SELECT: docs/bring-your-own-data.md.`;
  return new LeadtimeError(
    'COLUMN_NOT_FOUND',
    `${file}: nothing looks like ${about}; the file has ${quoted(header).join(', ')}.`,
    unmatched.length > 0 ? `Where ${left}; else add ${wanted}` : `Add ${wanted}`,
    { file, table, column: missing[0]! },
  );
}

function notesOn(table: TableName, file: string, renames: Record<string, string>, unmatched: string[]): string[] {
  const notes: string[] = [];
  const taken = Object.entries(renames).map(([column, name]) => `"${name}" as ${column}`);
  if (taken.length > 0) notes.push(`${basename(file)}: took ${taken.join(', ')}.`);
  if (unmatched.length === 0) return notes;
  const names = unmatched.map((name) => `"${name}"`).join(', ');
  const fate = contractOf(table).freeAttributes ? 'kept as free attributes' : `not a column of ${table}, left out`;
  notes.push(`${basename(file)}: ${names} ${fate}.`);
  return notes;
}

const valuesOf = (head: FileHead, column: string): string[] => {
  const at = head.header.indexOf(column);
  return head.rows.map((row) => row[at] ?? '').filter((value) => value !== '');
};

/** Says where a date column is not in ISO form, before the load puts every row into quarantine. */
function dateNotes(table: TableName, file: string, columns: Record<string, string>, head: FileHead): string[] {
  return Object.entries(columns).flatMap(([column, name]) => {
    const { type } = contractOf(table).columns[column]!;
    if (type !== 'date' && type !== 'timestamp') return [];
    const odd = valuesOf(head, name).find((value) => !/^\d{4}-\d{2}-\d{2}/.test(value));
    if (odd === undefined) return [];
    const advice = 'dates must read like 2026-03-31; turn them by a SELECT as docs/bring-your-own-data.md shows.';
    return [`${basename(file)}: "${name}" holds "${odd}": ${advice}`];
  });
}

/** Whether at least eight different days are all whole weeks apart. */
function isWeekly(dates: string[]): boolean {
  const days = [...new Set(dates)].map((date) => Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86_400_000);
  return days.length >= 8 && days.every((day) => (day - days[0]!) % 7 === 0);
}
