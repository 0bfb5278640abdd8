import { LeadtimeError } from '../../errors.ts';
import { quoteName } from '../warehouse/columns.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { rejectConflicts } from './duplicates.ts';
import { matchColumns } from './header.ts';
import { checkCount, countRows, type LoadedUnit, ownTable, type PlannedUnit, recordUnit } from './load-unit.ts';
import { openFile } from './open-file.ts';
import { quarantineBroken, quarantineMapped } from './quarantine.ts';
import type { OpenFile } from './readable-file.ts';
import { Refusal, reading } from './refusal.ts';
import { fillMapped, mappingOf } from './stage.ts';

/** A relation under the name that the SELECT knows, of one or more files of the same columns. */
async function createRelation(
  warehouse: Warehouse,
  name: string,
  opened: OpenFile[],
  hasLines: boolean,
): Promise<void> {
  const parts = opened.map((open) => {
    const names = open.columns.map((column, i) => `c${i} as ${quoteName(column.name)}`).join(', ');
    const empty = open.columns.map((_, i) => `c${i} is null`).join(' and ');
    const from = open.broken.length > 0 ? `(from ${open.relation} where not (${empty}))` : open.relation;
    if (!hasLines) return `select ${names} from ${from}`;
    const cases = open.lines
      .map(({ first, shift }) => `when n >= ${first} then n + ${shift}`)
      .reverse()
      .join(' ');
    const numbered = `(select *, row_number() over () - 1 as n from ${open.relation})`;
    const good = open.broken.length > 0 ? `where not (${empty})` : '';
    return `select ${names}, case ${cases} end as _line from ${numbered} ${good}`;
  });
  await warehouse.run(`create or replace temp view ${quoteName(name)} as ${parts.join(' union all by name ')}`);
}

function checkNames(open: OpenFile): void {
  const seen = new Set<string>();
  for (const { name } of open.columns) {
    const plain = name.toLowerCase();
    if (seen.has(plain)) {
      throw new Refusal('DUPLICATE_COLUMN', `the header names "${name}" twice`, 'Give each column a name of its own.', {
        line: 1,
        records: open.records,
      });
    }
    seen.add(plain);
  }
}

async function selecting<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LeadtimeError) throw error;
    throw new LeadtimeError(
      'SQL_FAILED',
      `The SELECT in ${path} fails: ${(error as Error).message.split('\n').slice(0, 6).join(' ').trim()}`,
      `Correct ${path}; columns of CSV files are text, so cast them with try_cast.`,
      { file: path },
      { cause: error },
    );
  }
}

async function checkIsOneSelect(warehouse: Warehouse, path: string, sql: string): Promise<void> {
  const statements = await selecting(path, () => warehouse.connection.extractStatements(sql));
  if (statements.count === 1) return;
  throw new LeadtimeError(
    'SQL_FAILED',
    `${path} holds ${statements.count} statements; it must be one SELECT.`,
    'Use WITH for steps that come before.',
    { file: path },
  );
}

/** Loads the files that a SELECT maps to the contract: all of them or none. */
export async function loadSelect(warehouse: Warehouse, unit: PlannedUnit, workFolder: string): Promise<LoadedUnit> {
  const { path, sql } = unit.select!;
  await checkIsOneSelect(warehouse, path, sql);
  const hasLines = /\b_line\b/.test(sql);
  const opened: OpenFile[] = [];
  for (const [i, file] of unit.files.entries()) {
    const open = await openFile(warehouse, file, unit.delimiter, workFolder, `f${i}`).catch((error: unknown) => {
      throw error instanceof Refusal ? new RefusedFile(i, error) : error;
    });
    try {
      checkNames(open);
      const empty = open.columns.map((_, c) => `c${c} is null`).join(' and ');
      const readable = open.broken.length > 0 ? `(from ${open.relation} where not (${empty}))` : open.relation;
      checkCount(file, await reading(() => countRows(warehouse, readable)), open.records - open.broken.length);
    } catch (error) {
      throw error instanceof Refusal ? new RefusedFile(i, error) : error;
    }
    opened.push(open);
  }
  const relations = new Map<string, OpenFile[]>();
  for (const open of opened) {
    const name = open.file.relation!;
    relations.set(name, [...(relations.get(name) ?? []), open]);
  }
  for (const [name, files] of relations) await createRelation(warehouse, name, files, hasLines);

  await selecting(path, () => warehouse.run(`create or replace temp view load_select as\n${sql}`));
  const described = await warehouse.rows<{ column_name: string; column_type: string }>('describe load_select');
  const names = described.map(({ column_name: name }) => name);
  const contractNames = names.map((name) => (name === '_line' ? '' : name));
  const match = await selecting(path, async () => matchColumns(unit.table, contractNames, {}, { what: 'SELECT' }));
  const columns = described.map((column) => ({ name: column.column_name, type: column.column_type }));
  const line = names.indexOf('_line');
  const mapping = mappingOf(
    unit.table,
    columns,
    match.positions,
    match.extra.filter((at) => at !== line),
  );
  const renamed = names.map((name, i) => `${quoteName(name)} as c${i}`).join(', ');
  const stage = ownTable(unit);
  await warehouse.run(`drop table if exists ${stage}`);
  const lineSql = line < 0 ? 'null::bigint' : `c${line}::bigint`;
  const mapped = `(select ${renamed} from load_select)`;
  await selecting(path, () => fillMapped(warehouse, stage, mapping, columns, mapped, lineSql));
  await rejectConflicts(warehouse, unit.table, stage);
  const rows = await countRows(warehouse, stage);
  const quarantined = await countRows(warehouse, `(select 1 from ${stage} where not _ok)`);
  await warehouse.transaction(async () => {
    for (const open of opened) {
      const owner = { fileId: unit.fileId, table: unit.table, path: open.file.path, isMapped: false };
      await quarantineBroken(warehouse, owner, open.broken);
    }
    const owner = { fileId: unit.fileId, table: unit.table, path: unit.files[0]!.path, isMapped: true };
    if (quarantined > 0) await quarantineMapped(warehouse, owner, mapping, stage);
    await recordUnit(warehouse, unit, stage, null);
  });
  for (const name of relations.keys()) await warehouse.run(`drop view if exists temp.${quoteName(name)}`);
  return {
    accounts: opened.map((open, i) => ({
      file: open.file,
      records: open.records,
      loaded: open.records - open.broken.length,
      quarantined: open.broken.length,
      ...(i === 0 ? { mapped: { rows, loaded: rows - quarantined, quarantined } } : {}),
    })),
    warnings: [],
  };
}

/** Which file of a unit was refused. */
export class RefusedFile extends Error {
  readonly index: number;
  readonly refusal: Refusal;

  constructor(index: number, refusal: Refusal) {
    super(refusal.message);
    this.index = index;
    this.refusal = refusal;
  }
}
