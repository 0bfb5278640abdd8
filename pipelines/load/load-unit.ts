import type { TableName } from '../../data/contract/tables.ts';
import { quoteText } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { rejectConflicts } from './duplicates.ts';
import { matchColumns } from './header.ts';
import { openFile } from './open-file.ts';
import { badOrdinals, quarantineBroken, quarantineRows } from './quarantine.ts';
import type { OpenFile } from './readable-file.ts';
import { Refusal, reading } from './refusal.ts';
import type { LoadUnit, SourceFile } from './sources.ts';
import { fillStage, mappingOf } from './stage.ts';

/** A unit to load, and what is known of it. */
export interface PlannedUnit extends LoadUnit {
  /** Hash of the files' bytes and of all that decides how they are read. */
  key: string;
  fileId: number;
  bytes: number[];
  sha256: string[];
}

/** What became of one file. */
export interface FileAccount {
  file: SourceFile;
  records: number;
  loaded: number;
  quarantined: number;
  refusal?: Refusal;
  mapped?: { rows: number; loaded: number; quarantined: number };
}

export interface LoadWarning {
  table: TableName;
  path: string;
  column: string;
  code: string;
  rows: number;
  message: string;
}

export interface LoadedUnit {
  accounts: FileAccount[];
  warnings: LoadWarning[];
}

/** Files from this size on get a table of their own, so that their rows are written once. */
const OWN_TABLE_BYTES = 32 * 1024 * 1024;

/** Table of one unit alone. */
export const ownTable = (unit: PlannedUnit): string => `load_${unit.table}_${unit.fileId}`;

/** Table that small files share. */
export const sharedTable = (table: TableName): string => `load_${table}`;

export const countRows = async (warehouse: Warehouse, sql: string): Promise<number> =>
  (await warehouse.rows<{ n: number }>(`select count(*)::double as n from ${sql}`))[0]!.n;

export function checkCount(file: SourceFile, found: number, records: number): void {
  if (found === records) return;
  throw new Refusal(
    'RECORD_COUNT_MISMATCH',
    `${file.path} holds ${records} records by our own count, but ${found} could be read`,
    'Write the file again with every value in quotes; please report it if that does not help.',
    { records },
  );
}

/** Moves the good rows of a temporary stage to the table that small files share, with their line numbers. */
async function moveRows(
  warehouse: Warehouse,
  unit: PlannedUnit,
  stage: string,
  lines: OpenFile['lines'],
): Promise<void> {
  await warehouse.write(
    'load_jump',
    { first: 'i32', shift: 'i32' },
    {
      first: Int32Array.from(lines, ({ first }) => first),
      shift: Int32Array.from(lines, ({ shift }) => shift),
    },
  );
  const shape = `(select * exclude (_ok), null::integer as _file_id, null::bigint as _line from ${stage} limit 0)`;
  await warehouse.run(`create table if not exists ${sharedTable(unit.table)} as from ${shape}`);
  await warehouse.runFile('load/move_rows', { target: sharedTable(unit.table), stage, file_id: String(unit.fileId) });
}

/** @param firstLine line of row 0 of the own table; null: the table has a column `_line` */
export async function recordUnit(
  warehouse: Warehouse,
  unit: PlannedUnit,
  ownTable: string | null,
  firstLine: number | null,
): Promise<void> {
  await warehouse.run(`insert into load_unit values (${quoteText(unit.key)}, ${quoteText(unit.table)}, ${unit.fileId},
    ${ownTable === null ? 'null' : quoteText(ownTable)}, ${firstLine})`);
}

/** Loads one file that has the contract's columns. */
export async function loadFile(warehouse: Warehouse, unit: PlannedUnit, workFolder: string): Promise<LoadedUnit> {
  const open = await openFile(warehouse, unit.files[0]!, unit.delimiter, workFolder, 'f0');
  try {
    return await loadOpen(warehouse, unit, open);
  } catch (error) {
    if (error instanceof Refusal) error.records = open.records;
    throw error;
  }
}

async function loadOpen(warehouse: Warehouse, unit: PlannedUnit, open: OpenFile): Promise<LoadedUnit> {
  const { file } = open;
  const names = open.columns.map(({ name }) => name);
  const match = matchColumns(unit.table, names, unit.source.columns, {
    what: file.format === 'csv' ? 'header' : 'file',
    delimiter: unit.delimiter,
  });
  const mapping = mappingOf(unit.table, open.columns, match.positions, match.extra);
  const isOwn = unit.bytes[0]! >= OWN_TABLE_BYTES && open.lines.every(({ shift }) => shift === open.lines[0]!.shift);
  const stage = isOwn ? ownTable(unit) : 'load_stage';
  await warehouse.run(`drop table if exists ${stage}`);
  await reading(() => fillStage(warehouse, stage, mapping, open.relation, !isOwn));
  checkCount(file, await countRows(warehouse, stage), open.records);
  await rejectConflicts(warehouse, unit.table, stage);
  const brokenAt = new Set(open.broken.map(({ ordinal }) => ordinal));
  const bad = await badOrdinals(warehouse, stage);
  const breaking = bad.filter((ordinal) => !brokenAt.has(ordinal));
  const loaded = open.records - bad.length;
  const picked = breaking.length > 0 ? await open.pick(breaking) : undefined;
  checkCount(file, loaded + breaking.length + open.broken.length, open.records);
  const owner = { fileId: unit.fileId, table: unit.table, path: file.path, isMapped: false };
  await warehouse.transaction(async () => {
    await quarantineBroken(warehouse, owner, open.broken);
    if (picked) await quarantineRows(warehouse, owner, mapping, picked, picked.relation);
    if (!isOwn) await moveRows(warehouse, unit, stage, open.lines);
    await recordUnit(warehouse, unit, isOwn ? stage : null, open.lines[0]!.shift);
  });
  const ignored = mapping.attributes.length > 0 ? [] : match.extra.map((at) => names[at]!);
  return {
    accounts: [{ file, records: open.records, loaded, quarantined: breaking.length + open.broken.length }],
    warnings:
      ignored.length === 0
        ? []
        : [
            {
              table: unit.table,
              path: file.path,
              column: ignored.slice(0, 20).join(', '),
              code: 'UNKNOWN_COLUMN',
              rows: 0,
              message: `${ignored.length} column${ignored.length === 1 ? ' is' : 's are'} not in the contract and not loaded: ${ignored.slice(0, 20).join(', ')}`,
            },
          ],
  };
}
